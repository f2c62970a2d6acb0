// Messages in a card's thread, private messages beside it, and the card's permalink.
import type { Message } from '../blocks/message.ts';
import { type Decision, ERASED } from '../decision/decision.ts';
import type { Discussion } from '../decision/discussion.ts';
import type { Post, PostKey } from '../decision/post.ts';
import { deliveryFailureOf, type Failure, failureOf } from '../slack/failures.ts';
import { type CallOutcome, NOT_CALLED, outcomeOfFailure, RESPONDED } from './deliver.ts';
import type { Deps, WebClient } from './deps.ts';
import { MAX_ATTEMPTS, retryDelayAfter } from './retry-delay.ts';

/** The thread that a card's replies go to. */
export interface Thread {
  readonly channel: string;
  readonly ts: string;
}

/**
 * Tries once to post something to a card's thread. If Slack's response is lost, the post is retried: a duplicate reply
 * is better than a missing one.
 *
 * @param work posts and resolves to Slack's id of the message or file; null if there is nothing to post any more
 * @param afterwards called after the success is on disk
 * @param whenRefused called after the final refusal is on disk
 */
export async function deliverInThread(
  deps: Deps,
  key: PostKey,
  work: (discussion: Discussion, thread: Thread) => Promise<string | null>,
  afterwards: (discussion: Discussion) => Promise<void> = async () => {},
  whenRefused: (discussion: Discussion, code: string) => Promise<void> = async () => {},
): Promise<CallOutcome> {
  const { store, clock, logger } = deps;
  const claimed = await store.posts.claim(key, clock.now());
  if (!claimed) return NOT_CALLED;
  const [discussion, card] = await Promise.all([
    store.discussions.get(key),
    store.posts.get({ ...key, kind: 'card' }),
  ]);
  if (!discussion || !card?.ts) {
    await store.posts.drop(key);
    return NOT_CALLED;
  }
  try {
    const thread = { channel: card.channel, ts: discussion.decision.thread ?? card.ts };
    const ts = await work(discussion, thread);
    if (ts === null) {
      await store.posts.drop(key);
      return NOT_CALLED;
    }
    await store.posts.markPosted(key, ts, clock.now());
    await afterwards(discussion);
    return RESPONDED;
  } catch (error) {
    const failure = deliveryFailureOf(error);
    logger.warn({ decision: key.decision, kind: key.kind, code: failure.code }, 'a reply was not posted');
    if (await recordFailure(deps, key, claimed, failure)) await whenRefused(discussion, failure.code);
    return outcomeOfFailure(failure);
  }
}

/**
 * Stores a failed attempt: schedules a retry, or gives up if Slack refused the post or it had its last attempt.
 *
 * @returns true if the post was given up
 */
export async function recordFailure(
  { store, clock }: Deps,
  key: PostKey,
  { attempts }: Post,
  failure: Failure,
): Promise<boolean> {
  const now = clock.now();
  const over = failure.kind === 'refused' || attempts >= MAX_ATTEMPTS;
  if (over) {
    await store.posts.markRefused(key, failure.code, now);
  } else {
    await store.posts.want(key, now, now + retryDelayAfter(failure, attempts));
  }
  return over;
}

/** Posts a message to a thread; with `broadcast`, to its channel as well. @returns the message's ts */
export async function postReply(
  client: WebClient,
  { channel, ts }: Thread,
  message: Message,
  { broadcast = false }: { readonly broadcast?: boolean } = {},
): Promise<string | null> {
  const reply = { channel, thread_ts: ts, ...message, unfurl_links: false, unfurl_media: false };
  const posted = await client.chat.postMessage(broadcast ? { ...reply, reply_broadcast: true } : reply);
  return posted.ts ?? null;
}

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
    logger.warn({ decision: id, code: failureOf(error).code }, 'a private reply was not posted');
  }
}

/** Returns a posted card's permalink, and stores it the first time; null if Slack doesn't send one. */
export async function fetchPermalink(
  { store, logger }: Deps,
  client: WebClient,
  { tenant, decision }: Pick<PostKey, 'tenant' | 'decision'>,
): Promise<string | null> {
  const key: PostKey = { tenant, decision, kind: 'card' };
  const card = await store.posts.get(key);
  if (!card?.ts || card.permalink !== null) return card?.permalink ?? null;
  try {
    const { permalink } = await client.chat.getPermalink({ channel: card.channel, message_ts: card.ts });
    if (permalink === undefined) return null;
    await store.posts.savePermalink(key, permalink);
    return permalink;
  } catch (error) {
    logger.info({ decision, code: failureOf(error).code }, 'no permalink');
    return null;
  }
}
