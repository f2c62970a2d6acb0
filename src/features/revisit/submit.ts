import { VIEWS } from '../../blocks/ids.ts';
import { readSubmittedAnswers } from '../../blocks/questions.ts';
import { plain } from '../../blocks/text.ts';
import type { DecisionStatus } from '../../decision/decision.ts';
import { visibleAdvice } from '../../decision/discussion.ts';
import { findMissingReason, findRefusal, tenantOf } from '../../interactions/permissions.ts';
import { REPLACED_SENTENCE, refuse, refuseWith, UPDATED_SENTENCE } from '../../interactions/refusals.ts';
import type { ListenerDeps, Routes } from '../../interactions/routes.ts';
import { toStoredCheckResult } from './deliver.ts';
import { checkResultMessage } from './message.ts';
import { checkDecision } from './revisit.ts';

const STALE = `${UPDATED_SENTENCE} Close it and press “Check it” again.`;
const NOT_DECIDED: Readonly<Partial<Record<DecisionStatus, string>>> = {
  open: 'This decision was reopened, so there’s nothing to check.',
  superseded: REPLACED_SENTENCE,
};

/** Registers submissions of a check. The dialog and the thread show the result. */
export function registerCheckSubmit(on: Routes, deps: ListenerDeps): void {
  const { rubric, store } = deps;
  on.view(VIEWS.revisit, async (args) => {
    const { ack, body, context, view } = args;
    const read = readSubmittedAnswers(rubric, view);
    if (read === null) return refuseWith(args, 'stale', STALE);
    const { decision: id, answers: again } = read;
    const key = { tenant: tenantOf(context).tenant, decision: id };
    const discussion = await store.discussions.get(key);
    const found = discussion?.decision ?? (await findMissingReason(deps, key));
    const person = body.user.id;
    const whyNot = await findRefusal(deps.clock, 'revisit', args, found);
    if (!discussion || whyNot !== null) return refuse(args, whyNot ?? 'gone', found);
    const { decision, record } = discussion;
    const notDecided = record === null ? NOT_DECIDED.open : NOT_DECIDED[decision.status];
    if (record === null || notDecided !== undefined) return refuseWith(args, 'closed', notDecided ?? '');
    const looked = checkDecision(rubric, visibleAdvice(discussion), again, record.outcome);
    context.outcome = looked.same ? 'stands' : 'changed';
    const message = checkResultMessage(discussion, record, looked, person);
    const tenant = key.tenant;
    const kept = { id: `looked_again ${view.id}`, tenant, body: toStoredCheckResult(id, message) };
    await store.inbox.putOnce(kept, deps.clock.now());
    await ack({
      response_action: 'update',
      view: {
        type: 'modal',
        title: plain('Does it still hold?'),
        close: plain('Close'),
        blocks: message.blocks,
      },
    });
    deps.inbox.kick();
  });
}
