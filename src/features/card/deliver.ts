import type { Decision } from '../../decision/decision.ts';
import { type Discussion, newDiscussion } from '../../decision/discussion.ts';
import { type PostKey, SET_ASIDE } from '../../decision/post.ts';
import { type CallOutcome, NOT_CALLED, outcomeOfFailure, RESPONDED } from '../../delivery/deliver.ts';
import type { Deps, WebClient } from '../../delivery/deps.ts';
import { retryDelay, retryDelayAfter } from '../../delivery/retry-delay.ts';
import type { Clock } from '../../runtime/clock.ts';
import { type Failure, failureOf } from '../../slack/failures.ts';
import { CALL_TIMEOUT_MS } from '../../slack/web-client.ts';
import { cardMessage } from './message.ts';

/** The result of an attempt to post a card. The database has the same state. */
export type CardOutcome =
  | { readonly kind: 'posted'; readonly ts: string }
  | { readonly kind: 'refused'; readonly code: string }
  /** Slack certainly didn't post the card. The outbox retries. */
  | { readonly kind: 'later'; readonly failure?: Failure }
  /** Slack may have posted the card. The bot asks the asker. */
  | { readonly kind: 'unknown'; readonly failure?: Failure }
  /** Another request or process is posting the card, or the card is no longer wanted. */
  | { readonly kind: 'taken' };

/** Returns Slack's part in the result: a response, a failure, or no call at all. */
export function callOutcomeOf(outcome: CardOutcome): CallOutcome {
  switch (outcome.kind) {
    case 'posted':
      return RESPONDED;
    case 'refused':
      return outcome.code === GAVE_UP ? NOT_CALLED : RESPONDED;
    case 'later':
    case 'unknown':
      return outcome.failure ? outcomeOfFailure(outcome.failure) : NOT_CALLED;
    case 'taken':
      return NOT_CALLED;
  }
}

const GAVE_UP = 'gave_up';
/** Age at which the bot gives up a card. Later, it would surprise people more than help them. */
const GIVE_UP_AFTER_MS = 24 * 60 * 60 * 1000;

/** Posts a card from the outbox. If Slack refuses it, the bot tells the asker. */
export async function deliverCard(deps: Deps, client: WebClient, key: PostKey): Promise<CallOutcome> {
  const outcome = await postCard(deps, client, key);
  if (outcome.kind === 'refused') await requestNotice(deps, key);
  return callOutcomeOf(outcome);
}

/** Makes the outbox tell the asker about their card now, because no open dialog can. */
export async function requestNotice({ store, clock }: Deps, card: PostKey): Promise<void> {
  await store.posts.tellAsker(card, clock.now());
}

/**
 * Posts the card at most once: it is `sent` on disk before the request leaves. After that, only a definite response from
 * Slack or the asker's answer allows another attempt.
 */
export async function postCard(deps: Deps, client: WebClient, key: PostKey): Promise<CardOutcome> {
  return joinAndRetry(deps, client, key, await attempt(deps, client, key));
}

/**
 * Posts a card that `decisions.submit` has already claimed, also at most once. A new decision has no votes or other
 * answers, so this reads it again only if it replaces another.
 */
export async function postNewCard(deps: Deps, client: WebClient, decision: Decision): Promise<CardOutcome> {
  const key: PostKey = { tenant: decision.tenant, decision: decision.id, kind: 'card' };
  const discussion =
    decision.supersedes === null ? newDiscussion(decision) : await deps.store.discussions.get(key);
  return joinAndRetry(deps, client, key, await send(deps, client, key, discussion));
}

/** Joins a public channel that the bot isn't in, and posts again. Mentions and files then work there too. */
async function joinAndRetry(
  deps: Deps,
  client: WebClient,
  key: PostKey,
  first: CardOutcome,
): Promise<CardOutcome> {
  if (first.kind !== 'refused' || first.code !== 'not_in_channel') return first;
  const joined = await join(deps, client, key);
  return joined === null ? attempt(deps, client, key) : fail(deps, key, joined);
}

async function attempt(deps: Deps, client: WebClient, key: PostKey): Promise<CardOutcome> {
  const { store, clock } = deps;
  const claimed = await store.posts.claim(key, clock.now());
  if (!claimed) return { kind: 'taken' };
  // The bot may have been down for days: then the asker decides whether the card should still appear.
  if (clock.now() - claimed.wantedAt > GIVE_UP_AFTER_MS) {
    return fail(deps, key, { kind: 'refused', code: GAVE_UP });
  }
  return send(deps, client, key, await store.discussions.get(key));
}

async function send(
  deps: Deps,
  client: WebClient,
  key: PostKey,
  discussion: Discussion | null,
): Promise<CardOutcome> {
  const { store, clock, rubric } = deps;
  if (!discussion) throw new Error('a post without its decision');
  const { decision } = discussion;
  try {
    const posted = await client.chat.postMessage({
      channel: decision.channel,
      ...(decision.thread === null ? {} : { thread_ts: decision.thread }),
      ...cardMessage(rubric, discussion),
      unfurl_links: false,
      unfurl_media: false,
    });
    if (posted.ts === undefined) return await fail(deps, key, { kind: 'unclear', code: 'malformed_answer' });
    await store.posts.markPosted(key, posted.ts, clock.now());
    return { kind: 'posted', ts: posted.ts };
  } catch (error) {
    return fail(deps, key, failureOf(error));
  }
}

/** Joins the card's channel. Returns null if that worked. */
async function join(deps: Deps, client: WebClient, key: PostKey): Promise<Failure | null> {
  // Slack certainly didn't post the card, so if this process crashes while joining, another may post it.
  await deps.store.posts.want(key, deps.clock.now(), deps.clock.now());
  const post = await deps.store.posts.get(key);
  if (!post) throw new Error('a post vanished');
  try {
    await client.conversations.join({ channel: post.channel });
    return null;
  } catch (error) {
    const failure = failureOf(error);
    // Joining may have worked or not. The card itself wasn't sent, so a retry is safe.
    return failure.kind === 'unclear' ? { kind: 'later', code: failure.code, afterMs: 5_000 } : failure;
  }
}

async function fail(deps: Deps, key: PostKey, failure: Failure): Promise<CardOutcome> {
  const { store, clock, logger } = deps;
  const context = { decision: key.decision, code: failure.code };
  switch (failure.kind) {
    case 'refused':
      await store.posts.markRefused(key, failure.code, clock.now());
      logger.warn(context, 'card refused');
      return { kind: 'refused', code: failure.code };
    case 'unclear':
      await store.posts.markUnknown(key, clock.now());
      logger.warn(context, 'no answer from Slack to a card');
      return { kind: 'unknown', failure };
    case 'later': {
      const post = await store.posts.get(key);
      const now = clock.now();
      // No other card waits for one that was set aside, so its retries may be further apart.
      const attempts = post?.attempts ?? 1;
      const wait =
        post?.error === SET_ASIDE
          ? Math.max(failure.afterMs, retryDelay(attempts))
          : retryDelayAfter(failure, attempts);
      await store.posts.want(key, now, now + wait);
      logger.info(context, 'card will be tried again');
      return { kind: 'later', failure };
    }
  }
}

const POLL_INTERVAL_MS = 100;
/** As long as the other request's call to Slack can take. A graceful stop waits for this polling. */
const POLL_TIMEOUT_MS = CALL_TIMEOUT_MS;

/**
 * Waits for another request, perhaps in another process, to post a card, and returns its result. Polls the database.
 * Returns `taken` if that process crashed or the card is no longer wanted.
 */
export async function waitForConcurrentPost(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  card: PostKey,
): Promise<CardOutcome> {
  const until = clock.monotonic() + POLL_TIMEOUT_MS;
  while (clock.monotonic() < until) {
    const post = await store.posts.get(card);
    switch (post?.state) {
      case 'sent':
        await pauseFor(clock, POLL_INTERVAL_MS);
        break;
      case 'posted':
        return post.ts === null ? { kind: 'taken' } : { kind: 'posted', ts: post.ts };
      case 'refused':
        return { kind: 'refused', code: post.error ?? '' };
      case 'wanted':
        return { kind: 'later' };
      case 'unknown':
        return { kind: 'unknown' };
      default:
        return { kind: 'taken' };
    }
  }
  return { kind: 'taken' };
}

function pauseFor(clock: Clock, ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  clock.after(ms, resolve);
  return promise;
}
