// The buttons in the reply to `/django-or-flask privacy`.
import { ACTIONS } from '../../blocks/ids.ts';
import { tenantOf } from '../../interactions/permissions.ts';
import { openOrRefuse } from '../../interactions/refusals.ts';
import type { ListenerDeps, Routes } from '../../interactions/routes.ts';
import { answerPrivately } from '../../interactions/tell.ts';
import { forgetModal } from './forget-dialog.ts';
import { personDataMessage } from './message.ts';

/** Registers "Show my data". */
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
    const { ack, body, context } = args;
    await ack();
    const found = await store.people.dataOf(tenantOf(context).tenant, body.user.id);
    await openOrRefuse(args, forgetModal(found), 'Press the button again.');
  });
}
