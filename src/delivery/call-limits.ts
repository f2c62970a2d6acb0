import { lineOf, type Post, type PostLine } from '../decision/post.ts';
import type { Clock } from '../runtime/clock.ts';
import { type CallRate, Pace } from './pace.ts';

/**
 * How often the calls of each line may be made in a workspace. Of messages Slack takes several hundred a minute; the
 * other lines are of tiers 3 (50 a minute) and 4 (100 a minute), and none of them comes to more in any minute:
 * https://docs.slack.dev/apis/web-api/rate-limits
 */
const OF_LINE: Readonly<Record<PostLine, CallRate>> = {
  say: { burst: 20, msPerCall: 250 },
  file: { burst: 20, msPerCall: 1_000 },
  whisper: { burst: 20, msPerCall: 1_000 },
  step: { burst: 20, msPerCall: 2_000 },
  remove: { burst: 20, msPerCall: 2_000 },
};
/**
 * One message a second for each channel, after a few at once. Fewer than Slack puts up with: calls that leave a second
 * apart do not arrive exactly so.
 */
const OF_CHANNEL: CallRate = { burst: 4, msPerCall: 1_000 };

type Placed = Pick<Post, 'tenant' | 'kind' | 'state' | 'channel'>;

const lineIn = (post: Placed): string => `${post.tenant} ${lineOf(post)}`;
const channelIn = (post: Placed): string => `${lineIn(post)} ${post.channel}`;

/**
 * Which posts have to wait so that Slack's limits are kept, in this process: as the store's `except` takes it, a
 * tenant's posts of one line, maybe in one channel.
 */
export class CallLimits {
  readonly #clock: Clock;
  readonly #lines: Readonly<Record<PostLine, Pace>>;
  readonly #channels: Pace;
  /** Lines of which Slack has said that they have no call left, each with until when. */
  readonly #refused = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
    const pace = (line: PostLine): Pace => new Pace(clock, OF_LINE[line]);
    this.#lines = {
      say: pace('say'),
      file: pace('file'),
      whisper: pace('whisper'),
      step: pace('step'),
      remove: pace('remove'),
    };
    this.#channels = new Pace(clock, OF_CHANNEL);
  }

  /** A call is made for it. */
  take(post: Placed): void {
    this.#lines[lineOf(post)].take(lineIn(post));
    if (lineOf(post) === 'say') this.#channels.take(channelIn(post));
  }

  /** Slack takes no such call in the whole workspace for so long. */
  refused(post: Placed, forMs: number): void {
    const until = this.#clock.monotonic() + forMs;
    this.#refused.set(lineIn(post), Math.max(until, this.#refused.get(lineIn(post)) ?? 0));
  }

  /** What has to wait, each with until when. */
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
