import {
  type CardPress,
  openDialog,
  refuseMissing,
  refuseUnlessAllowed,
} from '../../interactions/card-button.ts';
import type { MenuEntry } from '../../interactions/card-menu.ts';
import type { ListenerDeps } from '../../interactions/deps.ts';
import { REPLACED_SENTENCE } from '../../interactions/refusals.ts';
import { tell } from '../../interactions/tell.ts';
import { editAnswersModal } from './edit-dialog.ts';

/** "Edit the answers" in a card's menu. */
export const editAnswersEntry: MenuEntry = { act: 'edit', choose: openEdit };

async function openEdit(deps: ListenerDeps, press: CardPress): Promise<void> {
  const { args, decision, key } = press;
  if (await refuseUnlessAllowed(deps, press, 'edit')) return;
  if (decision.status !== 'open') {
    args.context.outcome = 'closed';
    const how =
      decision.status === 'superseded' ? REPLACED_SENTENCE : 'To change the answers, reopen it first.';
    return void (await tell(args, `This is decided already. ${how}`));
  }
  const discussion = await deps.store.discussions.get(key);
  if (!discussion) return refuseMissing(deps, press);
  await openDialog(press, editAnswersModal(deps.rubric, discussion));
}
