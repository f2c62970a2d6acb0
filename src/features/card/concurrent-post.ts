import type { PostKey } from '../../decision/post.ts';
import type { Deps } from '../../delivery/deps.ts';
import type { Clock } from '../../runtime/clock.ts';
import { CALL_TIMEOUT_MS } from '../../slack/web-client.ts';
import type { CardOutcome } from './deliver.ts';

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
