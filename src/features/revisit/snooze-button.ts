import { ACTIONS } from '../../blocks/ids.ts';
import { addMonths, dayIn, shiftToWorkday, timeAtHour } from '../../decision/days.ts';
import { REMIND_AT_HOUR } from '../../decision/record.ts';
import { refuseMissing } from '../../interactions/card-button.ts';
import type { ListenerDeps } from '../../interactions/deps.ts';
import type { Routes } from '../../interactions/routes.ts';
import { tell } from '../../interactions/tell.ts';
import { fetchTimeZone } from '../../interactions/time-zone.ts';
import { onDecidedButton, tellNotDecided } from './decided-button.ts';
import { SNOOZE_MONTHS } from './message.ts';

/** Registers "Remind me in three months" in the reminder, which moves the review. */
export function registerSnoozeButton(on: Routes, deps: ListenerDeps): void {
  onDecidedButton(on, deps, ACTIONS.snooze, 'snooze', async (press) => {
    const { args, key, person, ack } = press;
    const zone = await fetchTimeZone(deps.clock, args.client, person);
    const now = deps.clock.now();
    const day = shiftToWorkday(addMonths(dayIn(zone, now), SNOOZE_MONTHS));
    const changed = await deps.store.records.snooze(key, day, timeAtHour(day, REMIND_AT_HOUR, zone), now);
    await ack();
    args.context.outcome = changed;
    deps.cardUpdates.kick();
    if (changed === 'done')
      return void (await tell(args, `I’ll remind you again on ${day}. The card shows the date.`));
    const found = await deps.store.decisions.get(key.tenant, key.decision);
    await (found ? tellNotDecided(press, found.status) : refuseMissing(deps, press));
  });
}
