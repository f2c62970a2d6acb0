import { z } from 'zod';
import { FIELDS, VIEWS } from '../../blocks/ids.ts';
import { decodeVoteView } from '../../blocks/metadata.ts';
import { cleanInput } from '../../blocks/text.ts';
import { LONGEST_REASON } from '../../decision/ballot.ts';
import { findMissingReason, refusalForAnyDecision, tenantOf } from '../../interactions/permissions.ts';
import { refuse, UPDATED_SENTENCE } from '../../interactions/refusals.ts';
import type { ListenerDeps, Routes } from '../../interactions/routes.ts';
import { submissionErrorResponse } from '../../interactions/tell.ts';
import type { DiscussionResult } from '../../store/store.ts';

const values = z.object({
  [FIELDS.reason.block]: z.object({
    [FIELDS.reason.action]: z.object({ value: z.string().nullish() }),
  }),
});

/** Registers submissions of the dialog for the reason of a vote. */
export function registerReasonSubmit(on: Routes, deps: ListenerDeps): void {
  on.view(VIEWS.voteReason, async (args) => {
    const { ack, body, context, view } = args;
    const correct = (sentence: string): Promise<void> =>
      ack(submissionErrorResponse(body, { [FIELDS.reason.block]: sentence }));
    const about = decodeVoteView(view.private_metadata);
    if (about === null) {
      context.outcome = 'stale';
      return correct(`${UPDATED_SENTENCE} Copy your reason, close it and press “Add a reason” again.`);
    }
    const whyNot = refusalForAnyDecision('give_reason', args);
    if (whyNot !== null) return refuse(args, whyNot);
    const reason = cleanInput(values.safeParse(view.state.values).data?.reason?.text?.value ?? '');
    if ([...reason].length > LONGEST_REASON) {
      context.outcome = 'invalid';
      return correct(`Use at most ${LONGEST_REASON} characters.`);
    }
    const key = { tenant: tenantOf(context).tenant, decision: about.decision };
    const { choice } = about;
    const result = await deps.store.discussions.giveReason(
      key,
      body.user.id,
      choice,
      reason,
      deps.clock.now(),
    );
    context.outcome = result.kind;
    if (result.kind === 'gone') return refuse(args, await findMissingReason(deps, key));
    const refusal = REFUSALS[result.kind];
    if (refusal !== undefined) return correct(refusal);
    deps.cardUpdates.kick();
    await ack();
  });
}

const REFUSALS: Partial<Record<DiscussionResult['kind'], string>> = {
  none: 'You no longer have a vote. Copy your reason, vote again and add it.',
  changed: 'You changed your vote in the meantime. Copy your reason and add it to the new vote.',
  closed: 'This was decided in the meantime. Votes are closed.',
};
