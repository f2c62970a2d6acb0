import { ACTIONS } from '../../blocks/ids.ts';
import { decideModal } from '../../blocks/record.ts';
import { mentions } from '../../blocks/text.ts';
import { dayIn, monthsLater, workday } from '../../core/days.ts';
import type { Decision } from '../../core/decision.ts';
import type { ListenerDeps } from '../deps.ts';
import type { Routes } from '../routes.ts';
import { tell } from '../tell.ts';
import { mayDecide } from '../who-decides.ts';
import { onCardButton, openDialog } from './card-button.ts';
import { DECISION_GONE } from './decision-of.ts';

/** Proposed for looking at it again: long enough to have learned something. */
const REVISIT_AFTER_MONTHS = 6;

export const notYours = ({ deciders, status }: Decision): string =>
  `Only ${mentions(deciders)} can do this.${status === 'open' ? ' You can vote, and say why.' : ''}`;

/** The same on a field of a dialog, where Slack shows no names. */
export const notYoursHere = ({ status }: Decision): string =>
  status === 'open'
    ? 'Only those whom the card names under “Decides” can do this. You can vote, and say why.'
    : 'Only those who decided this can do it. The card names them.';

/** Said where a newer decision stands in the place of this one. */
export const REPLACED = 'A newer decision has replaced this one; the card links it.';

/** "Decide": the dialog, for those who may. */
export function decide(on: Routes, deps: ListenerDeps): void {
  onCardButton(on, deps, ACTIONS.decide, async (press) => {
    const { args, decision, key, person } = press;
    if (decision.status !== 'open') {
      args.context.outcome = 'closed';
      return void (await tell(
        args,
        decision.status === 'superseded'
          ? REPLACED
          : 'This is decided already. To change it, pick “Reopen” in the menu of the card.',
      ));
    }
    if (!(await mayDecide(deps.clock, args.client, decision, person))) {
      args.context.outcome = 'not_decider';
      return void (await tell(args, notYours(decision)));
    }
    const discussion = await deps.store.discussions.get(key);
    if (!discussion) return void (await tell(args, DECISION_GONE));
    const revisit = workday(monthsLater(dayIn('UTC', deps.clock.now()), REVISIT_AFTER_MONTHS));
    await openDialog(press, decideModal(deps.rubric, discussion, { revisit }));
  });
}
