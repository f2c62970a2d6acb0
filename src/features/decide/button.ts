import { ACTIONS } from '../../blocks/ids.ts';
import { addMonths, dayIn, shiftToWorkday } from '../../decision/days.ts';
import {
  onCardButton,
  openDialog,
  refuseMissing,
  refuseUnlessAllowed,
} from '../../interactions/card-button.ts';
import type { ListenerDeps } from '../../interactions/deps.ts';
import { REPLACED_SENTENCE } from '../../interactions/refusals.ts';
import type { Routes } from '../../interactions/routes.ts';
import { tell } from '../../interactions/tell.ts';
import { decideModal } from './dialog.ts';

/** Months until the proposed day of the review: long enough for the team to have learned something. */
const REVISIT_AFTER_MONTHS = 6;

/** Registers "Decide" on the card, for deciders. */
export function registerDecideButton(on: Routes, deps: ListenerDeps): void {
  onCardButton(on, deps, ACTIONS.decide, 'decide', async (press) => {
    const { args, decision, key } = press;
    if (decision.status !== 'open') {
      args.context.outcome = 'closed';
      return void (await tell(
        args,
        decision.status === 'superseded'
          ? REPLACED_SENTENCE
          : 'This is decided already. To change it, pick “Reopen” in the menu of the card.',
      ));
    }
    if (await refuseUnlessAllowed(deps, press, 'decide')) return;
    const discussion = await deps.store.discussions.get(key);
    if (!discussion) return refuseMissing(deps, press);
    const revisit = shiftToWorkday(addMonths(dayIn('UTC', deps.clock.now()), REVISIT_AFTER_MONTHS));
    await openDialog(press, decideModal(deps.rubric, discussion, { revisit }));
  });
}
