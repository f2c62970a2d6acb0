import type { PostKey } from '../../decision/post.ts';
import type { Deps } from '../../delivery/deps.ts';
import type { Clock } from '../../runtime/clock.ts';
import { CALL_TIMEOUT_MS } from '../../slack/web-client.ts';
import type { CardOutcome } from './deliver.ts';

const LOOK_EVERY_MS = 100;
/** Long enough for whoever is posting it to hear from Slack, or for its call to time out; a process that is to end waits, too. */
const LOOK_FOR_MS = CALL_TIMEOUT_MS;

/**
 * What becomes of a card that somebody else is posting, maybe in another process: only the database knows.
 * `taken` where that one died over it, or where the card is not wanted any more.
 */
export async function postedElsewhere(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  card: PostKey,
): Promise<CardOutcome> {
  const until = clock.monotonic() + LOOK_FOR_MS;
  while (clock.monotonic() < until) {
    const post = await store.posts.get(card);
    switch (post?.state) {
      case 'sent':
        await pauseFor(clock, LOOK_EVERY_MS);
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
