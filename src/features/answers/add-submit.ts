import type { Answers } from '../../advice/answers.ts';
import { VIEWS } from '../../blocks/ids.ts';
import { sentenceMessage } from '../../blocks/message.ts';
import { readSubmittedAnswers } from '../../blocks/questions.ts';
import { verdictWithStrength } from '../../blocks/wording.ts';
import { type Discussion, isHidden } from '../../decision/discussion.ts';
import { postEphemeral } from '../../delivery/card-thread.ts';
import { findMissingReason, tenantOf } from '../../interactions/permissions.ts';
import { findOrRefuse, refuse, refuseWith, UPDATED_SENTENCE } from '../../interactions/refusals.ts';
import type { ListenerDeps, Routes } from '../../interactions/routes.ts';
import type { DiscussionResult } from '../../store/store.ts';
import { refreshHomes } from '../overview/home-deliver.ts';
import { ADD_ANSWERS } from './add-dialog.ts';
import { saveEdit } from './edit-submit.ts';

const STALE = `${UPDATED_SENTENCE} Note your answers, close it and press “${ADD_ANSWERS}” again.`;

/** Errors by the store's result. The dialog stays open and keeps its values. */
const REFUSALS: Partial<Record<DiscussionResult['kind'], string>> = {
  none: 'Answer at least one question.',
  closed: 'This was decided in the meantime. Answers are closed.',
};

/**
 * Registers submissions of "Add my answers": stores the answers, updates the card, then replies privately. The asker's
 * count as an edit.
 */
export function registerAddAnswersSubmit(on: Routes, deps: ListenerDeps): void {
  const { rubric, store, clock } = deps;

  on.view(VIEWS.ownAnswers, async (args) => {
    const { ack, body, client, context, view } = args;
    const read = readSubmittedAnswers(rubric, view);
    if (read === null) return refuseWith(args, 'stale', STALE);
    const { decision: id, answers } = read;
    const key = { tenant: tenantOf(context).tenant, decision: id };
    const person = body.user.id;
    const found = await findOrRefuse(deps, 'add_answers', args, key);
    if (!found) return;
    if (person === found.asker) return saveEdit(deps, args, found, answers);

    const { kind } = await store.discussions.answer(key, person, answers, clock.now());
    if (kind === 'gone') return refuse(args, await findMissingReason(deps, key));
    const refusal = REFUSALS[kind];
    if (refusal !== undefined) return refuseWith(args, kind, refusal);
    context.outcome = kind;
    deps.cardUpdates.kick();
    await ack();

    const discussion = await store.discussions.get(key);
    if (!discussion) return;
    const { decision } = discussion;
    await postEphemeral(
      deps,
      client,
      decision,
      person,
      sentenceMessage(describeResult(kind, answers, discussion)),
    );
    if (kind === 'recorded') await refreshHomes(deps, client, decision, [person]);
  });
}

function describeResult(kind: DiscussionResult['kind'], answers: Answers, discussion: Discussion): string {
  if (kind === 'same') return 'These are already your answers.';
  const result =
    Object.keys(answers).length === 0
      ? 'I removed your answers.'
      : kind === 'confirmed'
        ? 'Your answers are no longer marked “before the edit”.'
        : 'I added your answers.';
  return `${result} ${describeEffect(discussion)}`;
}

function describeEffect({ decision, group }: Discussion): string {
  if (isHidden(decision)) return 'The card doesn’t show anyone’s answers before the decision.';
  return `The advice is now: ${verdictWithStrength((group ?? decision.round).advice, { leaning: true })}.`;
}
