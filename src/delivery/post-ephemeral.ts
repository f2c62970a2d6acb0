import type { Message } from '../blocks/message.ts';
import { type Decision, ERASED } from '../decision/decision.ts';
import { failureOf } from '../slack/failures.ts';
import type { Deps, WebClient } from './deps.ts';

/**
 * Posts a message that only one person sees, in the channel or thread of a decision's card. Used after a dialog,
 * because its payload has no response URL. The change that the message confirms is on disk, so a failure is only
 * logged.
 */
export async function postEphemeral(
  { logger }: Pick<Deps, 'logger'>,
  client: WebClient,
  { id, channel, thread }: Decision,
  person: string,
  message: Message,
): Promise<void> {
  if (person === ERASED) return;
  try {
    const place = { channel, ...(thread === null ? {} : { thread_ts: thread }) };
    await client.chat.postEphemeral({ ...place, user: person, ...message });
  } catch (error) {
    logger.warn({ decision: id, code: failureOf(error).code }, 'a private word did not arrive');
  }
}
