import { ACTIONS } from '../../blocks/ids.ts';
import { revisitModal, SNOOZE_MONTHS } from '../../blocks/reminder.ts';
import { dayIn, hourOf, monthsLater, workday } from '../../core/days.ts';
import type { ListenerDeps } from '../deps.ts';
import type { Routes } from '../routes.ts';
import { tell } from '../tell.ts';
import { timeZoneOf } from '../time-zone.ts';
import { REMIND_AT_HOUR } from '../views/decide.ts';
import { mayDecide } from '../who-decides.ts';
import { onCardButton, openDialog, type Press } from './card-button.ts';
import { notYours, REPLACED } from './decide.ts';
import { DECISION_GONE } from './decision-of.ts';

const NOT_DECIDED = 'This was reopened, so there is nothing to look at again. The card says how it stands.';

/** The buttons of the reminder: check whether the decision still holds, or be reminded later. */
export function revisit(on: Routes, deps: ListenerDeps): void {
  const forDeciders = (action: string, work: (press: Press) => Promise<void>): void =>
    onCardButton(on, deps, action, async (press) => {
      const { args, decision, person } = press;
      if (decision.status !== 'decided') {
        args.context.outcome = 'closed';
        return void (await tell(args, decision.status === 'superseded' ? REPLACED : NOT_DECIDED));
      }
      if (!(await mayDecide(deps.clock, args.client, decision, person))) {
        args.context.outcome = 'not_decider';
        return void (await tell(args, notYours(decision)));
      }
      await work(press);
    });

  forDeciders(ACTIONS.revisitCheck, async (press) => {
    const discussion = await deps.store.discussions.get(press.key);
    if (!discussion) return void (await tell(press.args, DECISION_GONE));
    await openDialog(press, revisitModal(deps.rubric, discussion));
  });

  forDeciders(ACTIONS.snooze, async ({ args, key, person, ack }) => {
    const zone = await timeZoneOf(deps.clock, args.client, person);
    const now = deps.clock.now();
    const day = workday(monthsLater(dayIn(zone, now), SNOOZE_MONTHS));
    const changed = await deps.store.records.snooze(key, day, hourOf(day, REMIND_AT_HOUR, zone), now);
    await ack();
    args.context.outcome = changed;
    deps.cardUpdates.kick();
    const said =
      changed === 'done' ? `I will remind you again on ${day}. The card says so, too.` : NOT_DECIDED;
    await tell(args, said);
  });
}
