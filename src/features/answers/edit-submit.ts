import { advise } from '../../advice/advise.ts';
import { VIEWS } from '../../blocks/ids.ts';
import { readSubmittedAnswers } from '../../blocks/questions.ts';
import type { ListenerDeps } from '../../interactions/deps.ts';
import { findDecision, findMissingReason, tenantOf } from '../../interactions/find-decision.ts';
import { findRefusal } from '../../interactions/permissions.ts';
import { refuse } from '../../interactions/refusals.ts';
import type { Routes } from '../../interactions/routes.ts';
import { tell } from '../../interactions/tell.ts';
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
    const say = async (outcome: string, sentence: string): Promise<void> => {
      context.outcome = outcome;
      await tell(args, sentence);
    };
    const read = readSubmittedAnswers(rubric, view);
    if (read === null) return say('stale', STALE);
    const { decision: id, answers } = read;
    const key = { tenant: tenantOf(context).tenant, decision: id };
    const found = await findDecision(deps, key);
    const whyNot = await findRefusal(clock, 'edit', args, found);
    if (whyNot !== null || typeof found === 'string') return refuse(args, whyNot ?? 'gone', found);
    const round = { answers, advice: advise(rubric, answers), by: body.user.id, at: clock.now() };
    const { kind } = await store.discussions.edit(key, round);
    if (kind === 'gone') return refuse(args, await findMissingReason(deps, key));
    const refusal = REFUSALS[kind];
    if (refusal !== undefined) return say(kind, refusal);
    context.outcome = kind;
    await ack();
    deps.cardUpdates.kick();
    deps.outbox.kick();
    await refreshHomes(deps, client, found);
  });
}
