import { advise } from '../../advice/advise.ts';
import { VIEWS } from '../../blocks/ids.ts';
import { readSubmittedAnswers } from '../../blocks/questions.ts';
import { findMissingReason, tenantOf } from '../../interactions/permissions.ts';
import { findOrRefuse, refuse, refuseWith } from '../../interactions/refusals.ts';
import type { ListenerDeps, Routes } from '../../interactions/routes.ts';
import type { DiscussionResult } from '../../store/store.ts';
import { refreshHomes } from '../overview/home-deliver.ts';

const STALE =
  'This dialog is of another version of me, so I can’t read it. Note what you chose, close it and pick “Edit the answers” again.';

const REFUSALS: Partial<Record<DiscussionResult['kind'], string>> = {
  same: 'Nothing is different yet. Change an answer, or press “Cancel”.',
  closed: 'It was decided in the meantime. To change the answers, reopen it first.',
};

/** Registers submissions of "Edit the answers": stores a new round with new advice. */
export function registerEditAnswersSubmit(on: Routes, deps: ListenerDeps): void {
  const { rubric, store, clock } = deps;
  on.view(VIEWS.editAnswers, async (args) => {
    const { ack, body, client, context, view } = args;
    const read = readSubmittedAnswers(rubric, view);
    if (read === null) return refuseWith(args, 'stale', STALE);
    const { decision: id, answers } = read;
    const key = { tenant: tenantOf(context).tenant, decision: id };
    const decision = await findOrRefuse(deps, 'edit', args, key);
    if (!decision) return;
    const round = { answers, advice: advise(rubric, answers), by: body.user.id, at: clock.now() };
    const { kind } = await store.discussions.edit(key, round);
    if (kind === 'gone') return refuse(args, await findMissingReason(deps, key));
    const refusal = REFUSALS[kind];
    if (refusal !== undefined) return refuseWith(args, kind, refusal);
    context.outcome = kind;
    await ack();
    deps.cardUpdates.kick();
    deps.outbox.kick();
    await refreshHomes(deps, client, decision);
  });
}
