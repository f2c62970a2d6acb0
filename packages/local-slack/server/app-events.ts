import type { FunctionExecutedEvent } from '@slack/types';
import type { Execution, Parameter } from '../state/executions.ts';
import type { Workspace } from '../state/workspace.ts';

/** Builds events about the app itself. */

/** Lists user ids, as Slack does, never the tokens themselves. */
export const tokensRevoked = ({ bot }: Workspace) => ({
  type: 'tokens_revoked',
  tokens: { oauth: [], bot: [bot.userId] },
});

const parameters = (list: readonly Parameter[] = []) =>
  list.map(({ name, type, isRequired = false }) => ({ name, type, title: name, is_required: isRequired }));

/** Builds the event that runs one of the app's workflow steps. `token` is for this run. */
export function functionExecuted(run: Execution, token: string, workspace: Workspace) {
  const { step } = run;
  const seconds = Math.floor(workspace.now() / 1000);
  return {
    type: 'function_executed',
    function: {
      id: workspace.newId('Fn'),
      callback_id: step.callbackId,
      title: step.callbackId,
      type: 'app',
      input_parameters: parameters(step.inputParameters),
      output_parameters: parameters(step.outputParameters),
      app_id: workspace.bot.appId,
      date_created: seconds,
      date_updated: seconds,
      date_deleted: 0,
    },
    inputs: step.inputs,
    function_execution_id: run.id,
    workflow_execution_id: workspace.newId('Wx'),
    event_ts: workspace.newTs(),
    bot_access_token: token,
  } satisfies FunctionExecutedEvent;
}
