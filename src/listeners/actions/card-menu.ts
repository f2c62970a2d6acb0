import type { App, BlockAction, OverflowAction } from '@slack/bolt';
import { ACTIONS, CARD_MENU } from '../../blocks/ids.ts';
import { reasonsModal } from '../../blocks/reasoning.ts';
import { shownGroup } from '../../core/discussion.ts';
import { failureOf } from '../../slack/failures.ts';
import type { ListenerDeps } from '../deps.ts';
import { tell } from '../tell.ts';
import { adoptCard } from './adopt-card.ts';
import { DECISION_GONE, decisionOf } from './decision-of.ts';

/** The menu on a card. */
export function cardMenu(app: App, deps: ListenerDeps): void {
  app.action<BlockAction<OverflowAction>>(ACTIONS.cardMenu, async (args) => {
    const { ack, action, body, client, context } = args;
    await ack();
    const choice = action.selected_option?.value;
    if (choice === CARD_MENU.article) return; // A link: the browser has opened it.
    const decision = await decisionOf(deps, body, context);
    if (!decision) {
      context.outcome = 'gone';
      await tell(args, DECISION_GONE);
      return;
    }
    if (choice !== CARD_MENU.reasons) {
      context.outcome = 'unknown';
      deps.logger.warn('unknown choice in the menu of a card');
      await tell(args, 'I don’t know this menu entry any more; I was probably updated.');
      return;
    }
    try {
      const discussion = await deps.store.discussions.get({ tenant: decision.tenant, decision: decision.id });
      const view = reasonsModal(deps.rubric, decision, discussion && shownGroup(discussion));
      await client.views.open({ trigger_id: body.trigger_id, view });
    } catch (error) {
      context.outcome = failureOf(error).code;
      await tell(
        args,
        'Slack did not open the dialog. Please try again; the same reasoning is in the card’s thread.',
      );
    }
    await adoptCard(deps, decision, body);
  });
}
