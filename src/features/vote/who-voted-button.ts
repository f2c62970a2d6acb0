import { ACTIONS } from '../../blocks/ids.ts';
import { onCardButton, openDialog, refuseMissing } from '../../interactions/card-button.ts';
import type { ListenerDeps } from '../../interactions/deps.ts';
import type { Routes } from '../../interactions/routes.ts';
import { whoVotedModal } from './who-voted-dialog.ts';

/** Registers "Who voted" on the card. */
export function registerWhoVotedButton(on: Routes, deps: ListenerDeps): void {
  onCardButton(on, deps, ACTIONS.whoVoted, 'who_voted', async (press) => {
    const discussion = await deps.store.discussions.get(press.key);
    if (!discussion) return refuseMissing(deps, press);
    await openDialog(press, whoVotedModal(discussion));
  });
}
