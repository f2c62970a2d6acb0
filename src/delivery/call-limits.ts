// Rate limits for calls that post,.
import { type Post, type PostQueue, queueOf } from '../decision/post.ts';
import type { Clock } from '../runtime/clock.ts';
import type { RateLimit } from '../store/store.ts';

/**
 * Rate limit of each queue in a workspace. Even with its burst, no queue exceeds Slack's limit in any minute: several
 * hundred messages, 50 calls to a method of tier 3, 100 to one of tier 4;
 * https://docs.slack.dev/apis/web-api/rate-limits
 */
const QUEUE_RATES: Readonly<Record<PostQueue, RateLimit>> = {
  say: { burst: 20, msPerCall: 250 },
  file: { burst: 20, msPerCall: 1_000 },
  whisper: { burst: 20, msPerCall: 1_000 },
  step: { burst: 20, msPerCall: 2_000 },
  remove: { burst: 20, msPerCall: 2_000 },
};
/**
 * Slack's limit for a channel is one message a second, with short bursts. The burst here is smaller than Slack's,
 * because calls sent a second apart may arrive closer together.
 */
const CHANNEL_RATE: RateLimit = { burst: 4, msPerCall: 1_000 };

type PostPlace = Pick<Post, 'tenant' | 'kind' | 'state' | 'channel'>;

const queueKey = (post: PostPlace): string => `${post.tenant} ${queueOf(post)}`;
const channelKey = (post: PostPlace): string => `${queueKey(post)} ${post.channel}`;

/**
 * Keeps this process within Slack's rate limits. The keys are `TENANT QUEUE` and `TENANT QUEUE CHANNEL`, as in `posts.due`.
 */
export class CallLimits {
  readonly #clock: Clock;
  readonly #queues: Readonly<Record<PostQueue, RateLimiter>>;
  readonly #channels: RateLimiter;
  /** Queues that Slack rate-limited, each with the end of the wait in monotonic milliseconds. */
  readonly #refused = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
    const limiter = (queue: PostQueue): RateLimiter => new RateLimiter(clock, QUEUE_RATES[queue]);
    this.#queues = {
      say: limiter('say'),
      file: limiter('file'),
      whisper: limiter('whisper'),
      step: limiter('step'),
      remove: limiter('remove'),
    };
    this.#channels = new RateLimiter(clock, CHANNEL_RATE);
  }

  /** Counts a call for this post. */
  take(post: PostPlace): void {
    this.#queues[queueOf(post)].take(queueKey(post));
    if (queueOf(post) === 'say') this.#channels.take(channelKey(post));
  }

  /** Stops the post's queue in its whole workspace for `forMs`, because Slack rate-limited the call. */
  refused(post: PostPlace, forMs: number): void {
    const until = this.#clock.monotonic() + forMs;
    this.#refused.set(queueKey(post), Math.max(until, this.#refused.get(queueKey(post)) ?? 0));
  }

  /** Returns the queues and channels that must wait, each with the end of its wait in monotonic milliseconds. */
  resting(): ReadonlyMap<string, number> {
    const now = this.#clock.monotonic();
    const resting = new Map(this.#channels.resting());
    for (const limiter of Object.values(this.#queues)) {
      for (const [queue, until] of limiter.resting()) resting.set(queue, until);
    }
    for (const [queue, until] of this.#refused) {
      if (until <= now) this.#refused.delete(queue);
      else resting.set(queue, Math.max(until, resting.get(queue) ?? 0));
    }
    return resting;
  }
}

/** A rate limiter with a separate budget for each key. */
class RateLimiter {
  readonly #clock: Clock;
  readonly #limits: RateLimit;
  /**
   * Monotonic time at which each key has its full burst again. Each call moves it by `msPerCall`; it may be up to
   * `burst` calls ahead of the clock.
   */
  readonly #spentUntil = new Map<string, number>();

  constructor(clock: Clock, limits: RateLimit) {
    this.#clock = clock;
    this.#limits = limits;
  }

  take(key: string): void {
    const spent = Math.max(this.#spentUntil.get(key) ?? 0, this.#clock.monotonic());
    this.#spentUntil.set(key, spent + this.#limits.msPerCall);
  }

  /** Returns the keys without a call left, each with the monotonic time of its next call. */
  resting(): ReadonlyMap<string, number> {
    const now = this.#clock.monotonic();
    const ahead = (this.#limits.burst - 1) * this.#limits.msPerCall;
    const resting = new Map<string, number>();
    for (const [key, spentUntil] of this.#spentUntil) {
      if (spentUntil <= now) this.#spentUntil.delete(key);
      else if (spentUntil - ahead > now) resting.set(key, spentUntil - ahead);
    }
    return resting;
  }
}
