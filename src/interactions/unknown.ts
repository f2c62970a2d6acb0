import { loggableId } from '../runtime/logging.ts';
import type { ListenerDeps } from './deps.ts';
import type { Payload } from './payload.ts';
import type { Args } from './routes.ts';
import { acknowledge, tell } from './tell.ts';

/**
 * Payloads that no listener is for: buttons of a version that is gone, forged ids. Without this Slack
 * would show the person a bare error after three seconds.
 */
export async function refuseUnknown(deps: ListenerDeps, args: Args, { kind, id }: Payload): Promise<void> {
  if (kind === 'event') return; // Acknowledged by Bolt; nobody waits for an answer.
  deps.logger.warn({ kind, id: loggableId(id) }, 'nothing here handles this');
  args.context.outcome = 'unknown';
  const sentence = `I don’t know this button or command any more; I was probably updated. Type ${deps.slashCommand} to start afresh.`;
  const answersItself = kind === 'view_submission';
  if (!answersItself) await acknowledge(args);
  const told = await tell(args, sentence);
  if (answersItself && !told) await acknowledge(args);
}
