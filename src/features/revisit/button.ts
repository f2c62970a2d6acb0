// The reminder's buttons.
import { ACTIONS } from '../../blocks/ids.ts';
import { formatDate } from '../../blocks/text.ts';
import type { GuardedAction } from '../../decision/access.ts';
import { addMonths, dayIn, shiftToWorkday, timeAtHour } from '../../decision/days.ts';
import type { DecisionStatus } from '../../decision/decision.ts';
import { REMIND_AT_HOUR } from '../../decision/record.ts';
import {
  onCardButton,
  openDialog,
  type Press,
  refuseMissing,
  refuseUnlessAllowed,
} from '../../interactions/card-button.ts';
import { REPLACED_SENTENCE, refuseWith } from '../../interactions/refusals.ts';
import type { ListenerDeps, Routes } from '../../interactions/routes.ts';
import { tell } from '../../interactions/tell.ts';
import { fetchTimeZone } from '../../interactions/time-zone.ts';
import { revisitModal } from './dialog.ts';
import { SNOOZE_MONTHS } from './message.ts';

const NOT_DECIDED = 'This decision was reopened, so there’s nothing to check.';

/** Registers a button of the reminder, which works only for deciders and until the decision is reopened or replaced. */
function onDecidedButton(
  on: Routes,
  deps: ListenerDeps,
  action: string,
  act: GuardedAction,
  work: (press: Press) => Promise<void>,
): void {
  onCardButton(on, deps, action, act, async (press) => {
    if (press.decision.status !== 'decided') return tellNotDecided(press, press.decision.status);
    if (await refuseUnlessAllowed(deps, press, act)) return;
    await work(press);
  });
}

/** Tells the person that the decision was reopened or replaced. */
async function tellNotDecided({ args }: Press, status: DecisionStatus): Promise<void> {
  await refuseWith(args, 'closed', status === 'superseded' ? REPLACED_SENTENCE : NOT_DECIDED);
}

/** Registers "Check it" in the reminder. */
export function registerCheckButton(on: Routes, deps: ListenerDeps): void {
  onDecidedButton(on, deps, ACTIONS.revisitCheck, 'revisit', async (press) => {
    const discussion = await deps.store.discussions.get(press.key);
    if (!discussion) return refuseMissing(deps, press);
    await openDialog(press, revisitModal(deps.rubric, discussion));
  });
}

/** Registers "Snooze 3 months" in the reminder, which moves the review. */
export function registerSnoozeButton(on: Routes, deps: ListenerDeps): void {
  onDecidedButton(on, deps, ACTIONS.snooze, 'snooze', async (press) => {
    const { args, key, person, ack } = press;
    const zone = await fetchTimeZone(deps.clock, args.client, person);
    const now = deps.clock.now();
    const day = shiftToWorkday(addMonths(dayIn(zone, now), SNOOZE_MONTHS));
    const at = timeAtHour(day, REMIND_AT_HOUR, zone);
    const changed = await deps.store.records.snooze(key, day, at, now);
    await ack();
    args.context.outcome = changed;
    deps.cardUpdates.kick();
    if (changed === 'done')
      return void (await tell(args, `I’ll remind you again on ${formatDate(at, '{date_short}')}.`));
    const found = await deps.store.decisions.get(key.tenant, key.decision);
    await (found ? tellNotDecided(press, found.status) : refuseMissing(deps, press));
  });
}
