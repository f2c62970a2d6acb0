import type { Message } from '../blocks/message.ts';
import { type Decision, ERASED } from '../decision/decision.ts';
import { failureOf } from '../slack/failures.ts';
import type { Deps, WebClient } from './deps.ts';

/**
 * Says something to one person beside a decision's card: a submitted dialog brings no address to reply to. What
 * it is about has happened by then, so where Slack does not take it, that is only logged.
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
