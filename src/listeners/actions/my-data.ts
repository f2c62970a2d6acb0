import { ACTIONS } from '../../blocks/ids.ts';
import { forgottenMessage, personDataMessage } from '../../blocks/privacy.ts';
import type { ListenerDeps } from '../deps.ts';
import type { Routes } from '../routes.ts';
import { answerPrivately } from '../tell.ts';
import { tenantOf } from '../tenant.ts';

/** The buttons under `/django-or-flask privacy`: what is stored about me, and its end. */
export function myData(on: Routes, deps: ListenerDeps): void {
  const { rubric, store, clock } = deps;

  on.action(ACTIONS.myData, async (args) => {
    const { ack, body, context } = args;
    await ack();
    const found = await store.people.dataOf(tenantOf(context).tenant, body.user.id);
    await answerPrivately(args, personDataMessage(rubric, found), 'below');
  });

  on.action(ACTIONS.forgetMe, async (args) => {
    const { ack, body, context } = args;
    const { tenant } = tenantOf(context);
    // Many decisions may take longer than Slack waits. Then Slack says that it failed; the end of it is told here.
    const forgotten = await store.people.forget(tenant, body.user.id, clock.now());
    await ack();
    deps.cardUpdates.kick();
    context.outcome = 'forgotten';
    await answerPrivately(args, forgottenMessage(forgotten), 'in its place');
  });
}
