import { ACTIONS } from '../../blocks/ids.ts';
import type { ListenerDeps } from '../../interactions/deps.ts';
import { tenantOf } from '../../interactions/find-decision.ts';
import type { Routes } from '../../interactions/routes.ts';
import { tell } from '../../interactions/tell.ts';
import { dialogFailureSentence, failureOf } from '../../slack/failures.ts';
import { forgetModal } from './forget-dialog.ts';

/** Registers "Delete my data" in the reply to `/django-or-flask privacy`. */
export function registerForgetButton(on: Routes, { store }: ListenerDeps): void {
  on.action(ACTIONS.forgetMe, async (args) => {
    const { ack, body, client, context } = args;
    await ack();
    const found = await store.people.dataOf(tenantOf(context).tenant, body.user.id);
    try {
      await client.views.open({ trigger_id: body.trigger_id, view: forgetModal(found) });
    } catch (error) {
      const { code } = failureOf(error);
      context.outcome = code;
      await tell(args, dialogFailureSentence(code, 'Please press the button again.'));
    }
  });
}
