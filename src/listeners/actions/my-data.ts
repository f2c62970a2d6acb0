import { ACTIONS } from '../../blocks/ids.ts';
import { forgottenMessage, personDataMessage } from '../../blocks/privacy.ts';
import type { ListenerDeps } from '../deps.ts';
import type { Routes } from '../routes.ts';
import { tenantOf } from '../tenant.ts';

/** The buttons under `/django-or-flask privacy`: what is stored about me, and its end. */
export function myData(on: Routes, deps: ListenerDeps): void {
  const { rubric, store, clock } = deps;

  on.action(ACTIONS.myData, async ({ ack, body, context, respond }) => {
    await ack();
    const found = await store.people.dataOf(tenantOf(context).tenant, body.user.id);
    await respond({
      response_type: 'ephemeral',
      replace_original: false,
      ...personDataMessage(rubric, found),
    });
  });

  on.action(ACTIONS.forgetMe, async ({ ack, body, context, respond }) => {
    const { tenant } = tenantOf(context);
    // Many decisions may take longer than Slack waits. Then Slack says that it failed; the end of it is told here.
    const forgotten = await store.people.forget(tenant, body.user.id, clock.now());
    await ack();
    deps.cardUpdates.kick();
    context.outcome = 'forgotten';
    await respond({ response_type: 'ephemeral', replace_original: true, ...forgottenMessage(forgotten) });
  });
}
