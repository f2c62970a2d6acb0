import { ACTIONS } from '../../blocks/ids.ts';
import type { ListenerDeps } from '../../interactions/deps.ts';
import { tenantOf } from '../../interactions/find-decision.ts';
import { refusalForAnyDecision } from '../../interactions/permissions.ts';
import { refusalOutcome, refusalSentence } from '../../interactions/refusals.ts';
import type { Routes } from '../../interactions/routes.ts';
import { dialogFailureSentence, failureOf } from '../../slack/failures.ts';
import { publishHome } from '../overview/home-deliver.ts';
import { intakeModal } from './dialog.ts';

/** Registers "Ask about a project" on the Home tab. The asker picks the channel in the dialog. */
export function registerHomeButton(on: Routes, deps: ListenerDeps): void {
  on.action(ACTIONS.homeStart, async (args) => {
    const { ack, body, client, context } = args;
    await ack();
    // Slack has no private replies on the Home tab, so the tab itself shows errors.
    const say = (sentence: string): Promise<void> =>
      publishHome(deps, client, tenantOf(context).tenant, body.user.id, sentence);
    const refusal = refusalForAnyDecision('start', args);
    if (refusal !== null) {
      context.outcome = refusalOutcome(refusal);
      return say(refusalSentence(refusal));
    }
    const draft = { page: 'first', project: '', answers: {}, deciders: [body.user.id] } as const;
    try {
      await client.views.open({ trigger_id: body.trigger_id, view: intakeModal(deps.rubric, draft) });
    } catch (error) {
      const { code } = failureOf(error);
      context.outcome = code;
      await say(dialogFailureSentence(code, 'Please press the button again.'));
    }
  });
}
