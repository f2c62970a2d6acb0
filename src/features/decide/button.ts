// “Decide” on the card, and “Reopen” and “Delete” in its menu.
import { ACTIONS } from '../../blocks/ids.ts';
import { addMonths, dayIn, shiftToWorkday } from '../../decision/days.ts';
import {
  type CardPress,
  type MenuEntry,
  onCardButton,
  openDialog,
  refuseMissing,
  refuseUnlessAllowed,
  tellOutcome,
} from '../../interactions/card-button.ts';
import { REPLACED_SENTENCE, refuseWith } from '../../interactions/refusals.ts';
import type { ListenerDeps, Routes } from '../../interactions/routes.ts';
import { deleteModal } from './delete-dialog.ts';
import { decideModal } from './dialog.ts';

/** Months until the proposed day of the review: long enough for the team to have learned something. */
const REVISIT_AFTER_MONTHS = 6;

export function registerDecideButton(on: Routes, deps: ListenerDeps): void {
  onCardButton(on, deps, ACTIONS.decide, 'decide', async (press) => {
    const { args, decision, key } = press;
    if (decision.status !== 'open') {
      const why =
        decision.status === 'superseded'
          ? REPLACED_SENTENCE
          : 'This is already decided. To change it, pick “Reopen” in the card’s menu (•••).';
      return refuseWith(args, 'closed', why);
    }
    if (await refuseUnlessAllowed(deps, press, 'decide')) return;
    const discussion = await deps.store.discussions.get(key);
    if (!discussion) return refuseMissing(deps, press);
    const revisit = shiftToWorkday(addMonths(dayIn('UTC', deps.clock.now()), REVISIT_AFTER_MONTHS));
    await openDialog(press, decideModal(deps.rubric, discussion, { revisit }));
  });
}

export const reopenEntry: MenuEntry = { act: 'reopen', choose: reopen };

async function reopen(deps: ListenerDeps, press: CardPress): Promise<void> {
  const { args, key, person, ack } = press;
  if (await refuseUnlessAllowed(deps, press, 'reopen')) return;
  const changed = await deps.store.records.reopen(key, person, deps.clock.now());
  await ack();
  deps.cardUpdates.kick();
  deps.outbox.kick();
  await tellOutcome(deps, { args, key, changed }, 'Reopened. I’ll announce it in the thread.', {
    open: 'This is already open.',
    superseded: `${REPLACED_SENTENCE} Reopen that one instead.`,
  });
}

export const deleteEntry: MenuEntry = { act: 'delete', choose: askForConfirmation };

async function askForConfirmation(deps: ListenerDeps, press: CardPress): Promise<void> {
  if (await refuseUnlessAllowed(deps, press, 'delete')) return;
  const discussion = await deps.store.discussions.get(press.key);
  if (!discussion) return refuseMissing(deps, press);
  await openDialog(press, deleteModal(discussion));
}
