import type { Message } from '../../blocks/message.ts';
import { type Decision, ERASED } from '../../decision/decision.ts';
import type { Post, PostKey } from '../../decision/post.ts';
import { type CallOutcome, NOT_CALLED, outcomeOfFailure, RESPONDED } from '../../delivery/deliver.ts';
import type { Deps, WebClient } from '../../delivery/deps.ts';
import { MAX_ATTEMPTS, retryDelay, retryDelayAfter } from '../../delivery/retry-delay.ts';
import { cardFailureSentence, type Failure, failureOf } from '../../slack/failures.ts';
import { refreshHomes } from '../overview/home-deliver.ts';
import { askIfPostedMessage, cardRefusedMessage, cardStuckMessage } from './notice-message.ts';

/** Response URLs work for 30 minutes. */
const REPLY_URL_LIFETIME_MS = 29 * 60 * 1000;
const REPLY_TIMEOUT_MS = 5_000;
/** Most attempts to tell the asker if Slack refuses each one. */
const GIVE_UP_AFTER_ATTEMPTS = 12;

/**
 * Tells the asker privately that the card isn't posted, may not be, or can't be updated. Without a response from Slack
 * the notice is sent again, so the asker may see it twice. `history` also shows the asker the card's state.
 */
export async function deliverNotice(deps: Deps, client: WebClient, key: PostKey): Promise<CallOutcome> {
  const { store, clock, logger } = deps;
  const claimed = await store.posts.claim(key, clock.now());
  if (!claimed) return NOT_CALLED;
  const [decision, card] = await Promise.all([
    store.decisions.get(key.tenant, key.decision),
    store.posts.get({ ...key, kind: 'card' }),
  ]);
  const stuck = await store.cardUpdates.getStuckCode(key);
  const message =
    decision && card && decision.asker !== ERASED && (await messageFor(deps, decision, card, stuck));
  if (!message) {
    await store.posts.drop(key);
    return NOT_CALLED;
  }
  const failure = await sendEphemeral(client, decision, message);
  const outcome = failure === null ? RESPONDED : outcomeOfFailure(failure);
  const told = failure === null || (await sendToReplyUrl(deps, card, message));
  // In an archived channel the asker may get no message, so their Home tab says it too.
  if (stuck !== null && claimed.attempts === 1) await refreshHomes(deps, client, decision, [decision.asker]);
  const now = clock.now();
  if (told) {
    await store.posts.markPosted(key, null, now);
  } else if (outcome.kind === 'unavailable' && claimed.attempts < MAX_ATTEMPTS) {
    await store.posts.want(key, now, now + retryDelayAfter(outcome.failure, claimed.attempts));
  } else if (claimed.attempts >= GIVE_UP_AFTER_ATTEMPTS) {
    await store.posts.markRefused(key, 'unreachable', now);
    logger.warn({ decision: key.decision }, 'the asker could not be told about an unposted card');
  } else {
    await store.posts.want(key, now, now + retryDelay(claimed.attempts));
  }
  return outcome;
}

/** Returns the message for the card's state. Null if there is nothing left to tell. */
async function messageFor(
  deps: Deps,
  decision: Decision,
  card: Post,
  stuck: string | null,
): Promise<Message | null> {
  if (card.state === 'unknown') return askIfPostedMessage(decision);
  if (card.state === 'refused') {
    const bot = await deps.botName(decision.tenant);
    return cardRefusedMessage(decision, cardFailureSentence(card.error ?? '', bot));
  }
  if (stuck !== null) return cardStuckMessage(decision, stuck, card.permalink);
  return null;
}

/** Posts the message so that only the asker sees it. Returns null if that worked. */
async function sendEphemeral(
  client: WebClient,
  decision: Decision,
  message: Message,
): Promise<Failure | null> {
  try {
    await client.chat.postEphemeral({ channel: decision.channel, user: decision.asker, ...message });
    return null;
  } catch (error) {
    return failureOf(error); // rethrows errors that aren't Slack's or the network's
  }
}

/** Sends the message to the dialog's response URL, which works even if the bot isn't in the channel. */
async function sendToReplyUrl(deps: Deps, card: Post, message: Message): Promise<boolean> {
  if (card.replyUrl === null || deps.clock.now() - card.wantedAt > REPLY_URL_LIFETIME_MS) return false;
  try {
    const response = await deps.fetch(card.replyUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ response_type: 'ephemeral', ...message }),
      signal: AbortSignal.timeout(REPLY_TIMEOUT_MS),
    });
    return response.ok;
  } catch {
    return false;
  }
}
