import type { Message } from '../../blocks/message.ts';
import { askWhetherPosted, cardRefused, cardStuck } from '../../blocks/notice.ts';
import { type Decision, ERASED } from '../../decision/decision.ts';
import type { Post, PostKey } from '../../decision/post.ts';
import type { Deps, WebClient } from '../../delivery/deps.ts';
import { ANSWERED, type Heard, heardOf, NOTHING } from '../../delivery/heard.ts';
import { MAX_ATTEMPTS, pause, retryDelayAfter } from '../../delivery/pause.ts';
import { type Failure, failureOf, sentenceFor } from '../../slack/failures.ts';
import { refreshHomes } from '../overview/home-deliver.ts';

/** Slack's reply addresses work for 30 minutes. */
const REPLY_URL_LIFETIME_MS = 29 * 60 * 1000;
const REPLY_TIMEOUT_MS = 5_000;
/** Where Slack refuses it. */
const GIVE_UP_AFTER_ATTEMPTS = 12;

/**
 * Tells the asker privately about a card that is not posted or may not be. May be repeated where nobody
 * knows whether it arrived; the card's menu in `history` says the same to those who never saw it.
 */
export async function tellAsker(deps: Deps, client: WebClient, key: PostKey): Promise<Heard> {
  const { store, clock, logger } = deps;
  const claimed = await store.posts.claim(key, clock.now());
  if (!claimed) return NOTHING;
  const [decision, card] = await Promise.all([
    store.decisions.get(key.tenant, key.decision),
    store.posts.get({ ...key, kind: 'card' }),
  ]);
  const stuck = await store.cardUpdates.getStuckCode(key);
  const message =
    decision && card && decision.asker !== ERASED && (await wordsFor(deps, decision, card, stuck));
  if (!message) {
    await store.posts.drop(key);
    return NOTHING;
  }
  const failure = await byEphemeral(client, decision, message);
  const heard = failure === null ? ANSWERED : heardOf(failure);
  const told = failure === null || (await byReplyUrl(deps, card, message));
  // Where nobody can be told anything in the channel, as in an archived one, their Home says it.
  if (stuck !== null && claimed.attempts === 1) await refreshHomes(deps, client, decision, [decision.asker]);
  const now = clock.now();
  if (told) {
    await store.posts.markPosted(key, null, now);
  } else if (heard.kind === 'trouble' && claimed.attempts < MAX_ATTEMPTS) {
    await store.posts.want(key, now, now + retryDelayAfter(heard.failure, claimed.attempts));
  } else if (claimed.attempts >= GIVE_UP_AFTER_ATTEMPTS) {
    await store.posts.markRefused(key, 'unreachable', now);
    logger.warn({ decision: key.decision }, 'the asker could not be told about an unposted card');
  } else {
    await store.posts.want(key, now, now + pause(0, claimed.attempts));
  }
  return heard;
}

/** What the card's state asks for; null when there is nothing to tell any more. */
async function wordsFor(
  deps: Deps,
  decision: Decision,
  card: Post,
  stuck: string | null,
): Promise<Message | null> {
  if (card.state === 'unknown') return askWhetherPosted(decision);
  if (card.state === 'refused') {
    const bot = await deps.botName(decision.tenant);
    return cardRefused(decision, sentenceFor(card.error ?? '', bot));
  }
  if (stuck !== null) return cardStuck(decision, stuck, card.permalink);
  return null;
}

/** @returns why not, where Slack has not taken it */
async function byEphemeral(client: WebClient, decision: Decision, message: Message): Promise<Failure | null> {
  try {
    await client.chat.postEphemeral({ channel: decision.channel, user: decision.asker, ...message });
    return null;
  } catch (error) {
    return failureOf(error); // rethrows what is not Slack's or the network's doing
  }
}

/** Works where the bot is no member, while the dialog's reply address lives. */
async function byReplyUrl(deps: Deps, card: Post, message: Message): Promise<boolean> {
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
