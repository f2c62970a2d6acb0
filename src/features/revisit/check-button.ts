import { ACTIONS } from '../../blocks/ids.ts';
import { openDialog, refuseMissing } from '../../interactions/card-button.ts';
import type { ListenerDeps } from '../../interactions/deps.ts';
import type { Routes } from '../../interactions/routes.ts';
import { onDecidedButton } from './decided-button.ts';
import { revisitModal } from './dialog.ts';

/** Registers "Check it" in the reminder. */
export function registerCheckButton(on: Routes, deps: ListenerDeps): void {
  onDecidedButton(on, deps, ACTIONS.revisitCheck, 'revisit', async (press) => {
    const discussion = await deps.store.discussions.get(press.key);
    if (!discussion) return refuseMissing(deps, press);
    await openDialog(press, revisitModal(deps.rubric, discussion));
  });
}
