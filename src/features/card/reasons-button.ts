import { visibleGroup } from '../../decision/discussion.ts';
import { type CardPress, openDialog } from '../../interactions/card-button.ts';
import type { MenuEntry } from '../../interactions/card-menu.ts';
import type { ListenerDeps } from '../../interactions/deps.ts';
import { reasonsModal } from './reasons-dialog.ts';

/** "Show all reasons" in a card's menu. */
export const reasonsEntry: MenuEntry = { act: 'reasons', choose: openReasons };

async function openReasons({ rubric, store }: ListenerDeps, press: CardPress): Promise<void> {
  const discussion = await store.discussions.get(press.key);
  await openDialog(press, reasonsModal(rubric, press.decision, discussion && visibleGroup(discussion)));
}
