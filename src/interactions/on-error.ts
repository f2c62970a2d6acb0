// Wraps every listener: logs its outcome and answers its errors.
import { loggableId } from '../runtime/logging.ts';
import { TokenLost } from '../slack/installation.ts';
import { type Payload, payloadOf } from './payload.ts';
import type { ListenerArgs, ListenerDeps } from './routes.ts';
import { acknowledge, tell } from './tell.ts';

/**
 * Logs one line for each interaction. On an unexpected error, tells the person a reference that finds that line.
 * Listeners therefore catch only errors that they can answer.
 *
 * A listener may set `context.outcome` to log an outcome other than "ok".
 */
export function withErrorHandling(
  deps: ListenerDeps,
  handle: (args: ListenerArgs, payload: Payload) => Promise<void>,
): (args: ListenerArgs) => Promise<void> {
  return async (args) => {
    const { clock, logger, metrics, newId } = deps;
    const started = clock.monotonic();
    const ref = newId().slice(0, 8);
    const payload = payloadOf(args.body);
    const { kind, id } = payload;
    const facts = { ref, kind, id: loggableId(id), team: args.context.teamId };
    try {
      await handle(args, payload);
      const outcome = String(args.context.outcome ?? 'ok');
      metrics.interaction(kind, outcome);
      logger.info({ ...facts, outcome, ms: Math.round(clock.monotonic() - started) }, 'interaction');
    } catch (error) {
      metrics.interaction(kind, 'failed');
      logger.error(
        { ...facts, outcome: 'failed', ms: Math.round(clock.monotonic() - started), err: error },
        'interaction',
      );
      const sentence = error instanceof TokenLost ? TOKEN_LOST : unexpectedErrorSentence(ref);
      // If the bot can't tell the person, it sends no ack, and Slack shows its own error.
      if (await tell(args, sentence)) await acknowledge(args);
    }
  };
}

/** Shown when Slack no longer renews the token. Neither a retry nor the operator could help. */
const TOKEN_LOST =
  'Slack no longer accepts the app’s token, so nothing changed. Ask an admin to install the app again.';

function unexpectedErrorSentence(ref: string): string {
  return `I ran into an error, so this may not have worked. If trying again fails too, give the people who run me this reference: ${ref}.`;
}
