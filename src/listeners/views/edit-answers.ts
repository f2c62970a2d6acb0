import { VIEWS } from '../../blocks/ids.ts';
import { readAnswers } from '../../blocks/questions.ts';
import { advise } from '../../core/advise.ts';
import { refreshHomes } from '../../jobs/refresh-homes.ts';
import type { Said } from '../../store/store.ts';
import type { ListenerDeps } from '../deps.ts';
import { whyNotWith } from '../may.ts';
import { outcomeOf, refusalInWords } from '../refusals.ts';
import type { Routes } from '../routes.ts';
import { tell } from '../tell.ts';
import { tenantOf } from '../tenant.ts';

const STALE =
  'This dialog is of another version of me, so I can’t read it. Note what you chose, close it and pick “Edit the answers” again.';

const GONE = 'This decision was deleted in the meantime.';

const REFUSALS: Partial<Record<Said['kind'], string>> = {
  same: 'Nothing is different yet. Change an answer, or press “Cancel”.',
  closed: 'It was decided in the meantime. To change the answers, reopen it first.',
  gone: GONE,
};

/** The asker has changed their answers: a new round, with new advice. */
export function editAnswersSubmitted(on: Routes, deps: ListenerDeps): void {
  const { rubric, store, clock } = deps;
  on.view(VIEWS.editAnswers, async (args) => {
    const { ack, body, client, context, view } = args;
    const refuse = async (outcome: string, sentence: string): Promise<void> => {
      context.outcome = outcome;
      await tell(args, sentence);
    };
    const read = readAnswers(rubric, view);
    if (read === null) return refuse('stale', STALE);
    const { decision: id, answers } = read;
    const { tenant } = tenantOf(context);
    const decision = await store.decisions.get(tenant, id);
    const whyNot = await whyNotWith(clock, 'edit', args, decision);
    if (!decision || whyNot === 'gone') return refuse('gone', GONE);
    if (whyNot !== null) return refuse(outcomeOf(whyNot), refusalInWords(whyNot, decision, 'dialog'));
    const round = { answers, advice: advise(rubric, answers), by: body.user.id, at: clock.now() };
    const { kind } = await store.discussions.edit({ tenant, decision: id }, round);
    const refusal = REFUSALS[kind];
    if (refusal !== undefined) return refuse(kind, refusal);
    context.outcome = kind;
    await ack();
    deps.cardUpdates.kick();
    deps.outbox.kick();
    await refreshHomes(deps, client, decision);
  });
}
