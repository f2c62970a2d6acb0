import { ACTIONS } from '../../blocks/ids.ts';
import { forgottenMessage, personDataMessage } from '../../blocks/privacy.ts';
import { within } from '../../clock.ts';
import type { ListenerDeps } from '../deps.ts';
import type { Routes } from '../routes.ts';
import { answerPrivately } from '../tell.ts';
import { tenantOf } from '../tenant.ts';

/** Slack waits three seconds for the answer to a button. */
const FORGET_WITHIN_MS = 2_000;

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
    const forgetting = store.people.forget(tenant, body.user.id, clock.now());
    // Many decisions may take longer than Slack waits; whatever is left over goes when the button is pressed again.
    await within(clock, FORGET_WITHIN_MS, forgetting);
    await ack();
    const forgotten = await forgetting;
    deps.cardUpdates.kick();
    context.outcome = 'forgotten';
    await answerPrivately(args, forgottenMessage(forgotten), 'in its place');
  });
}
