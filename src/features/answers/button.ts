// “Add my answers” on the card, and “Edit answers” in its menu.
import { ACTIONS } from '../../blocks/ids.ts';
import {
  type CardPress,
  type MenuEntry,
  onCardButton,
  openDialog,
  refuseMissing,
  refuseUnlessAllowed,
} from '../../interactions/card-button.ts';
import { REPLACED_SENTENCE, refuseWith } from '../../interactions/refusals.ts';
import type { ListenerDeps, Routes } from '../../interactions/routes.ts';
import { ownAnswersModal } from './add-dialog.ts';
import { editAnswersModal } from './edit-dialog.ts';

const CLOSED = 'This is decided, so answers are closed. The card shows the outcome.';

/** Registers "Add my answers". The asker's are on the card already, so they get the dialog to edit them. */
export function registerAddAnswersButton(on: Routes, deps: ListenerDeps): void {
  onCardButton(on, deps, ACTIONS.addAnswers, 'add_answers', async (press) => {
    const { args, key, person } = press;
    const discussion = await deps.store.discussions.get(key);
    if (!discussion) return refuseMissing(deps, press);
    const { decision } = discussion;
    if (decision.status !== 'open') return refuseWith(args, 'closed', CLOSED);
    if (await refuseUnlessAllowed(deps, press, 'add_answers')) return;
    const view =
      person === decision.asker
        ? editAnswersModal(deps.rubric, discussion)
        : ownAnswersModal(deps.rubric, discussion, person);
    await openDialog(press, view);
  });
}

export const editAnswersEntry: MenuEntry = { act: 'edit', choose: openEdit };

async function openEdit(deps: ListenerDeps, press: CardPress): Promise<void> {
  const { args, decision, key } = press;
  if (await refuseUnlessAllowed(deps, press, 'edit')) return;
  if (decision.status !== 'open') {
    const how = decision.status === 'superseded' ? REPLACED_SENTENCE : 'Reopen it to change the answers.';
    return refuseWith(args, 'closed', `This is decided. ${how}`);
  }
  const discussion = await deps.store.discussions.get(key);
  if (!discussion) return refuseMissing(deps, press);
  await openDialog(press, editAnswersModal(deps.rubric, discussion));
}
