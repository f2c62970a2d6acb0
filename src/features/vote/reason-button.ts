import { ACTIONS } from '../../blocks/ids.ts';
import { onCardButton, openDialog, refuseMissing } from '../../interactions/card-button.ts';
import type { ListenerDeps } from '../../interactions/deps.ts';
import type { Routes } from '../../interactions/routes.ts';
import { tell } from '../../interactions/tell.ts';
import { VOTING_CLOSED } from './button.ts';
import { reasonModal } from './reason-dialog.ts';

/** Registers "Add a reason" in the private reply to a vote. */
export function registerReasonButton(on: Routes, deps: ListenerDeps): void {
  onCardButton(on, deps, ACTIONS.addReason, 'give_reason', async (press) => {
    const discussion = await deps.store.discussions.get(press.key);
    if (!discussion) return refuseMissing(deps, press);
    if (discussion.decision.status !== 'open') return void (await tell(press.args, VOTING_CLOSED));
    await openDialog(press, reasonModal(discussion, press.person));
  });
}
