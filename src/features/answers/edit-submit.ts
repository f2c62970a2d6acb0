import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { advise } from '../../advice/advise.ts';
import type { Answers } from '../../advice/answers.ts';
import { VIEWS } from '../../blocks/ids.ts';
import { readSubmittedAnswers } from '../../blocks/questions.ts';
import type { Decision } from '../../decision/decision.ts';
import { findMissingReason, tenantOf } from '../../interactions/permissions.ts';
import { findOrRefuse, refuse, refuseWith, UPDATED_SENTENCE } from '../../interactions/refusals.ts';
import type { ListenerDeps, Routes } from '../../interactions/routes.ts';
import type { DiscussionResult } from '../../store/store.ts';
import { refreshHomes } from '../overview/home-deliver.ts';
import { EDIT_ANSWERS } from './edit-dialog.ts';

const STALE = `${UPDATED_SENTENCE} Note your answers, close it and pick “${EDIT_ANSWERS}” again.`;

const REFUSALS: Partial<Record<DiscussionResult['kind'], string>> = {
  same: 'Nothing has changed yet. Change an answer or cancel.',
  closed: 'This was decided in the meantime. Reopen it to change the answers.',
};

/** Registers submissions of "Edit answers": stores a new round with new advice. */
export function registerEditAnswersSubmit(on: Routes, deps: ListenerDeps): void {
  on.view(VIEWS.editAnswers, async (args) => {
    const read = readSubmittedAnswers(deps.rubric, args.view);
    if (read === null) return refuseWith(args, 'stale', STALE);
    const { decision: id, answers } = read;
    const key = { tenant: tenantOf(args.context).tenant, decision: id };
    const decision = await findOrRefuse(deps, 'edit', args, key);
    if (decision) await saveEdit(deps, args, decision, answers);
  });
}

/** Stores a new round of the asker's answers, and closes the dialog. The person must be allowed to edit. */
export async function saveEdit(
  deps: ListenerDeps,
  args: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs,
  decision: Decision,
  answers: Answers,
): Promise<void> {
  const { rubric, store, clock } = deps;
  const { ack, body, client, context } = args;
  const key = { tenant: decision.tenant, decision: decision.id };
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
}
