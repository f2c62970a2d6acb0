import type { Decision } from '../../decision/decision.ts';
import { type Discussion, unspoken } from '../../decision/discussion.ts';
import { type PostKey, SET_ASIDE } from '../../decision/post.ts';
import type { Deps, WebClient } from '../../delivery/deps.ts';
import { ANSWERED, type Heard, heardOf, NOTHING } from '../../delivery/heard.ts';
import { pause, retryDelayAfter } from '../../delivery/pause.ts';
import { type Failure, failureOf } from '../../slack/failures.ts';
import { card } from './message.ts';

/** How an attempt to post a card ended. The database says the same. */
export type CardOutcome =
  | { readonly kind: 'posted'; readonly ts: string }
  | { readonly kind: 'refused'; readonly code: string }
  /** Slack surely has not taken it; it is tried again later. */
  | { readonly kind: 'later'; readonly failure?: Failure }
  /** It may or may not be there: the asker is asked. */
  | { readonly kind: 'unknown'; readonly failure?: Failure }
  /** Somebody else is posting it, or it is not wanted any more. */
  | { readonly kind: 'taken' };

/** What such an outcome says about Slack. */
export function heardFrom(outcome: CardOutcome): Heard {
  switch (outcome.kind) {
    case 'posted':
      return ANSWERED;
    case 'refused':
      return outcome.code === GAVE_UP ? NOTHING : ANSWERED;
    case 'later':
    case 'unknown':
      return outcome.failure ? heardOf(outcome.failure) : NOTHING;
    case 'taken':
      return NOTHING;
  }
}

const GAVE_UP = 'gave_up';
/** After this long a card would surprise people more than help them. */
const GIVE_UP_AFTER_MS = 24 * 60 * 60 * 1000;

/** Posts a card from the outbox. If Slack refuses it, the asker is told. */
export async function deliverCard(deps: Deps, client: WebClient, key: PostKey): Promise<Heard> {
  const outcome = await postCard(deps, client, key);
  if (outcome.kind === 'refused') await deps.store.posts.tellAsker(key, deps.clock.now());
  return heardFrom(outcome);
}

/**
 * Posts the card once. It is marked as sent, on disk, before the request leaves; only an answer from
 * Slack or a person's word takes that mark away.
 */
export async function postCard(deps: Deps, client: WebClient, key: PostKey): Promise<CardOutcome> {
  return orJoin(deps, client, key, await attempt(deps, client, key));
}

/** The same for a card that was claimed as its decision was written: nobody has said anything about it yet. */
export async function postNewCard(deps: Deps, client: WebClient, decision: Decision): Promise<CardOutcome> {
  const key: PostKey = { tenant: decision.tenant, decision: decision.id, kind: 'card' };
  const discussion =
    decision.supersedes === null ? unspoken(decision) : await deps.store.discussions.get(key);
  return orJoin(deps, client, key, await send(deps, client, key, discussion));
}

/** A public channel that the bot isn't in: it joins, so that mentions and files work there too. */
async function orJoin(deps: Deps, client: WebClient, key: PostKey, first: CardOutcome): Promise<CardOutcome> {
  if (first.kind !== 'refused' || first.code !== 'not_in_channel') return first;
  const joined = await join(deps, client, key);
  return joined === null ? attempt(deps, client, key) : fail(deps, key, joined);
}

async function attempt(deps: Deps, client: WebClient, key: PostKey): Promise<CardOutcome> {
  const { store, clock } = deps;
  const claimed = await store.posts.claim(key, clock.now());
  if (!claimed) return { kind: 'taken' };
  // Also after an outage of ours: whoever asked days ago decides whether it should still appear.
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
      ...card(rubric, discussion),
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

/** Null when the bot is now in the channel. */
async function join(deps: Deps, client: WebClient, key: PostKey): Promise<Failure | null> {
  // Refused is certain, so a process that dies while joining may post after it.
  await deps.store.posts.want(key, deps.clock.now(), deps.clock.now());
  const post = await deps.store.posts.get(key);
  if (!post) throw new Error('a post vanished');
  try {
    await client.conversations.join({ channel: post.channel });
    return null;
  } catch (error) {
    const failure = failureOf(error);
    // Whatever happened to joining, the card itself has not left.
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
      // Nothing waits for one that was set aside, so it need not be in a hurry.
      const attempts = post?.attempts ?? 1;
      const wait =
        post?.error === SET_ASIDE ? pause(failure.afterMs, attempts) : retryDelayAfter(failure, attempts);
      await store.posts.want(key, now, now + wait);
      logger.info(context, 'card will be tried again');
      return { kind: 'later', failure };
    }
  }
}
