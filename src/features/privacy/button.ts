import { ACTIONS } from '../../blocks/ids.ts';
import type { ListenerDeps } from '../../interactions/deps.ts';
import { tenantOf } from '../../interactions/find-decision.ts';
import type { Routes } from '../../interactions/routes.ts';
import { answerPrivately } from '../../interactions/tell.ts';
import { personDataMessage } from './message.ts';

/** Registers "What is stored about me" in the reply to `/django-or-flask privacy`. */
export function registerMyDataButton(on: Routes, { rubric, store }: ListenerDeps): void {
  on.action(ACTIONS.myData, async (args) => {
    const { ack, body, context } = args;
    await ack();
    const found = await store.people.dataOf(tenantOf(context).tenant, body.user.id);
    await answerPrivately(args, personDataMessage(rubric, found), 'below');
  });
}
