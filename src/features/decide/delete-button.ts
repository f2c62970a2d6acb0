import {
  type CardPress,
  openDialog,
  refuseMissing,
  refuseUnlessAllowed,
} from '../../interactions/card-button.ts';
import type { MenuEntry } from '../../interactions/card-menu.ts';
import type { ListenerDeps } from '../../interactions/deps.ts';
import { deleteModal } from './delete-dialog.ts';

/** "Delete" in a card's menu. */
export const deleteEntry: MenuEntry = {
  act: 'delete',
  choose: askForConfirmation,
};

async function askForConfirmation(deps: ListenerDeps, press: CardPress): Promise<void> {
  if (await refuseUnlessAllowed(deps, press, 'delete')) return;
  const discussion = await deps.store.discussions.get(press.key);
  if (!discussion) return refuseMissing(deps, press);
  await openDialog(press, deleteModal(discussion));
}
