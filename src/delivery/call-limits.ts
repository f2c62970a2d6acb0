import { type Post, type PostQueue, queueOf } from '../decision/post.ts';
import type { Clock } from '../runtime/clock.ts';
import { type CallRate, Pace } from './pace.ts';

/**
 * Rate limit of each line in a workspace. Even with its burst, no line exceeds Slack's limit in any minute: several
 * hundred messages, 50 calls to a method of tier 3, 100 to one of tier 4;
 * https://docs.slack.dev/apis/web-api/rate-limits
 */
const LINE_RATES: Readonly<Record<PostQueue, CallRate>> = {
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
const CHANNEL_RATE: CallRate = { burst: 4, msPerCall: 1_000 };

type PostPlace = Pick<Post, 'tenant' | 'kind' | 'state' | 'channel'>;

const lineIn = (post: PostPlace): string => `${post.tenant} ${queueOf(post)}`;
const channelIn = (post: PostPlace): string => `${lineIn(post)} ${post.channel}`;

/**
 * Keeps this process within Slack's rate limits. Keys are `TENANT LINE` and `TENANT LINE CHANNEL`, as in `posts.due`.
 */
export class CallLimits {
  readonly #clock: Clock;
  readonly #lines: Readonly<Record<PostQueue, Pace>>;
  readonly #channels: Pace;
  /** Lines that Slack rate-limited, each with the end of the wait in monotonic milliseconds. */
  readonly #refused = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
    const pace = (line: PostQueue): Pace => new Pace(clock, LINE_RATES[line]);
    this.#lines = {
      say: pace('say'),
      file: pace('file'),
      whisper: pace('whisper'),
      step: pace('step'),
      remove: pace('remove'),
    };
    this.#channels = new Pace(clock, CHANNEL_RATE);
  }

  /** Counts a call for this post. */
  take(post: PostPlace): void {
    this.#lines[queueOf(post)].take(lineIn(post));
    if (queueOf(post) === 'say') this.#channels.take(channelIn(post));
  }

  /** Stops the post's line in its whole workspace for `forMs`, because Slack rate-limited the call. */
  refused(post: PostPlace, forMs: number): void {
    const until = this.#clock.monotonic() + forMs;
    this.#refused.set(lineIn(post), Math.max(until, this.#refused.get(lineIn(post)) ?? 0));
  }

  /** Returns the lines and channels that must wait, each with the end of its wait in monotonic milliseconds. */
  resting(): ReadonlyMap<string, number> {
    const now = this.#clock.monotonic();
    const resting = new Map(this.#channels.resting());
    for (const pace of Object.values(this.#lines)) {
      for (const [line, until] of pace.resting()) resting.set(line, until);
    }
    for (const [line, until] of this.#refused) {
      if (until <= now) this.#refused.delete(line);
      else resting.set(line, Math.max(until, resting.get(line) ?? 0));
    }
    return resting;
  }
}
