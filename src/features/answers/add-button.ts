import { ACTIONS } from '../../blocks/ids.ts';
import {
  onCardButton,
  openDialog,
  refuseMissing,
  refuseUnlessAllowed,
} from '../../interactions/card-button.ts';
import type { ListenerDeps } from '../../interactions/deps.ts';
import type { Routes } from '../../interactions/routes.ts';
import { tell } from '../../interactions/tell.ts';
import { ownAnswersModal } from './add-dialog.ts';

const CLOSED = 'It is decided already, so no answers can be added any more. The card says what was decided.';

/** Registers "Add my answers" on the card, for people other than the asker. */
export function registerAddAnswersButton(on: Routes, deps: ListenerDeps): void {
  onCardButton(on, deps, ACTIONS.addAnswers, 'add_answers', async (press) => {
    const { args, key, person } = press;
    const discussion = await deps.store.discussions.get(key);
    if (!discussion) return refuseMissing(deps, press);
    const { decision } = discussion;
    if (decision.status !== 'open') {
      args.context.outcome = 'closed';
      return void (await tell(args, CLOSED));
    }
    if (await refuseUnlessAllowed(deps, press, 'add_answers')) return;
    await openDialog(press, ownAnswersModal(deps.rubric, discussion, person));
  });
}
