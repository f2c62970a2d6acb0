import { ACTIONS } from '../../blocks/ids.ts';
import { ownAnswersModal } from '../../blocks/own-answers.ts';
import type { ListenerDeps } from '../deps.ts';
import type { Routes } from '../routes.ts';
import { tell } from '../tell.ts';
import { onCardButton, openDialog } from './card-button.ts';
import { DECISION_GONE } from './decision-of.ts';

/** Said to whoever asked: they have no others than those that the card began with. */
export const ASKER_ANSWERED =
  'You asked, so your answers are on the card already and count with the others’. To change them, pick “Edit the answers” in its menu (•••).';

const CLOSED = 'It is decided already, so no answers can be added any more. The card says what was decided.';

/** "Add my answers": the same questions for somebody else than the asker. */
export function addAnswers(on: Routes, deps: ListenerDeps): void {
  onCardButton(on, deps, ACTIONS.addAnswers, async (press) => {
    const { args, key, person } = press;
    const discussion = await deps.store.discussions.get(key);
    if (!discussion) return void (await tell(args, DECISION_GONE));
    const { decision } = discussion;
    if (decision.status !== 'open') {
      args.context.outcome = 'closed';
      return void (await tell(args, CLOSED));
    }
    if (decision.asker === person) {
      args.context.outcome = 'asker';
      return void (await tell(args, ASKER_ANSWERED));
    }
    await openDialog(press, ownAnswersModal(deps.rubric, discussion, person));
  });
}
