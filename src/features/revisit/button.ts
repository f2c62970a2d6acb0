import { ACTIONS } from '../../blocks/ids.ts';
import type { Act } from '../../decision/access.ts';
import { dayIn, hourOf, monthsLater, workday } from '../../decision/days.ts';
import type { Status } from '../../decision/decision.ts';
import { isRefused, missing, onCardButton, openDialog, type Press } from '../../interactions/card-button.ts';
import type { ListenerDeps } from '../../interactions/deps.ts';
import { REPLACED } from '../../interactions/refusals.ts';
import type { Routes } from '../../interactions/routes.ts';
import { tell } from '../../interactions/tell.ts';
import { timeZoneOf } from '../../interactions/time-zone.ts';
import { REMIND_AT_HOUR } from '../decide/submit.ts';
import { revisitModal } from './dialog.ts';
import { SNOOZE_MONTHS } from './message.ts';

const NOT_DECIDED = 'This decision was reopened, so there is nothing to check.';

/** The buttons of the reminder: check whether the decision still holds, or be reminded later. */
export function revisit(on: Routes, deps: ListenerDeps): void {
  const forDeciders = (action: string, act: Act, work: (press: Press) => Promise<void>): void =>
    onCardButton(on, deps, action, act, async (press) => {
      if (press.decision.status !== 'decided') return notDecided(press, press.decision.status);
      if (await isRefused(deps, press, act)) return;
      await work(press);
    });

  forDeciders(ACTIONS.revisitCheck, 'revisit', async (press) => {
    const discussion = await deps.store.discussions.get(press.key);
    if (!discussion) return missing(deps, press);
    await openDialog(press, revisitModal(deps.rubric, discussion));
  });

  forDeciders(ACTIONS.snooze, 'snooze', async (press) => {
    const { args, key, person, ack } = press;
    const zone = await timeZoneOf(deps.clock, args.client, person);
    const now = deps.clock.now();
    const day = workday(monthsLater(dayIn(zone, now), SNOOZE_MONTHS));
    const changed = await deps.store.records.snooze(key, day, hourOf(day, REMIND_AT_HOUR, zone), now);
    await ack();
    args.context.outcome = changed;
    deps.cardUpdates.kick();
    if (changed === 'done')
      return void (await tell(args, `I’ll remind you again on ${day}. The card shows the date.`));
    const found = await deps.store.decisions.get(key.tenant, key.decision);
    await (found ? notDecided(press, found.status) : missing(deps, press));
  });
}

async function notDecided({ args }: Press, status: Status): Promise<void> {
  args.context.outcome = 'closed';
  await tell(args, status === 'superseded' ? REPLACED : NOT_DECIDED);
}
