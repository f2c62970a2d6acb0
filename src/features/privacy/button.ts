import { ACTIONS } from '../../blocks/ids.ts';
import type { ListenerDeps } from '../../interactions/deps.ts';
import { tenantOf } from '../../interactions/find-decision.ts';
import type { Routes } from '../../interactions/routes.ts';
import { answerPrivately, tell } from '../../interactions/tell.ts';
import { failureOf, whyNoDialog } from '../../slack/failures.ts';
import { forgetModal } from './forget-dialog.ts';
import { personDataMessage } from './message.ts';

/** The buttons under `/django-or-flask privacy`: what is stored about the person, and the dialog that deletes it. */
export function myData(on: Routes, deps: ListenerDeps): void {
  const { rubric, store } = deps;

  on.action(ACTIONS.myData, async (args) => {
    const { ack, body, context } = args;
    await ack();
    const found = await store.people.dataOf(tenantOf(context).tenant, body.user.id);
    await answerPrivately(args, personDataMessage(rubric, found), 'below');
  });

  on.action(ACTIONS.forgetMe, async (args) => {
    const { ack, body, client, context } = args;
    await ack();
    const found = await store.people.dataOf(tenantOf(context).tenant, body.user.id);
    try {
      await client.views.open({ trigger_id: body.trigger_id, view: forgetModal(found) });
    } catch (error) {
      const { code } = failureOf(error);
      context.outcome = code;
      await tell(args, whyNoDialog(code, 'Please press the button again.'));
    }
  });
}
