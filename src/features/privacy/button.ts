// The buttons in the reply to `/django-or-flask privacy`.
import { ACTIONS } from '../../blocks/ids.ts';
import { tenantOf } from '../../interactions/permissions.ts';
import { refuseWith } from '../../interactions/refusals.ts';
import type { ListenerDeps, Routes } from '../../interactions/routes.ts';
import { answerPrivately } from '../../interactions/tell.ts';
import { dialogFailureSentence, failureOf } from '../../slack/failures.ts';
import { forgetModal } from './forget-dialog.ts';
import { personDataMessage } from './message.ts';

/** Registers "What is stored about me". */
export function registerMyDataButton(on: Routes, { rubric, store }: ListenerDeps): void {
  on.action(ACTIONS.myData, async (args) => {
    const { ack, body, context } = args;
    await ack();
    const found = await store.people.dataOf(tenantOf(context).tenant, body.user.id);
    await answerPrivately(args, personDataMessage(rubric, found), 'below');
  });
}

/** Registers "Delete my data". */
export function registerForgetButton(on: Routes, { store }: ListenerDeps): void {
  on.action(ACTIONS.forgetMe, async (args) => {
    const { ack, body, client, context } = args;
    await ack();
    const found = await store.people.dataOf(tenantOf(context).tenant, body.user.id);
    try {
      await client.views.open({ trigger_id: body.trigger_id, view: forgetModal(found) });
    } catch (error) {
      const { code } = failureOf(error);
      await refuseWith(args, code, dialogFailureSentence(code, 'Please press the button again.'));
    }
  });
}
