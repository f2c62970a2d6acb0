import { RateLimits } from '../../packages/local-slack/state/rate-limits.ts';
import type { TestBot } from './bot.ts';
import type { Answer, Call } from './slack.ts';

/** Ways in which the whole Web API fails. */
export const OUTAGES = [
  'refused connections',
  'HTTP 503',
  'no answer',
  'HTTP 429',
  'internal_error',
  'service_unavailable',
  'fatal_error',
] as const;
export type Outage = (typeof OUTAGES)[number];

/** In these Slack may have done what it was asked for, for all that anybody knows. */
export const UNCLEAR: ReadonlySet<Outage> = new Set([
  'HTTP 503',
  'no answer',
  'internal_error',
  'fatal_error',
]);

const HANGS_FOR_MS = 8_000;

export interface Taken extends Call {
  readonly at: number;
}

/** The recorded Slack with an hour, limits on its calls, and outages. Reply addresses are not part of the Web API and work. */
export class FailingSlack {
  outage: Outage | null = null;
  /** Web API calls that it has taken, with when. */
  readonly taken: Taken[] = [];
  /** Calls that failed since the outage began. */
  failed: Taken[] = [];
  /** Calls too many, outside of outages. */
  readonly tooMany: Taken[] = [];
  readonly #bot: TestBot;
  readonly #limits: RateLimits;

  constructor(bot: TestBot) {
    this.#bot = bot;
    this.#limits = new RateLimits(() => bot.clock.now());
    bot.slack.answering = (call) => this.#answer(call);
  }

  /** Names of projects whose cards were posted in a channel, in order. */
  cards(channel: string): string[] {
    return this.taken.flatMap(({ method, args }) => {
      if (method !== 'chat.postMessage' || args.channel !== channel || 'thread_ts' in args) return [];
      const [project] = /Project \w+/.exec(String(args.text)) ?? [];
      return project === undefined ? [] : [project];
    });
  }

  of(method: string): Taken[] {
    return this.taken.filter((call) => call.method === method);
  }

  #answer(call: Call): Answer | null {
    if (call.method.startsWith('https://')) return null;
    const at = this.#bot.clock.now();
    if (this.outage !== null) {
      this.failed.push({ ...call, at });
      return this.#failure(this.outage);
    }
    const wait = this.#limits.take(call.method, JSON.parse(JSON.stringify(call.args)), {
      team: 'T1',
      app: 'A1',
    });
    if (wait) {
      this.tooMany.push({ ...call, at });
      return { status: 429, retryAfter: wait.retryAfterSeconds };
    }
    this.taken.push({ ...call, at });
    if (call.method === 'files.getUploadURLExternal') {
      return { answer: { upload_url: 'https://files.slack.test/upload', file_id: `F${this.taken.length}` } };
    }
    return null;
  }

  #failure(outage: Outage): Answer {
    switch (outage) {
      case 'refused connections':
        return { network: 'ECONNREFUSED' };
      case 'HTTP 503':
        return { status: 503 };
      case 'HTTP 429':
        return { status: 429, retryAfter: 10 };
      case 'no answer':
        // As long as a call waits for its answer. Nothing else stands still meanwhile.
        this.#bot.clock.advance(HANGS_FOR_MS);
        return { network: 'ETIMEDOUT' };
      default:
        return { error: outage };
    }
  }
}

/** Passes so much time, in steps in which everything that is due is done. */
export async function pass(bot: TestBot, ms: number, step: number): Promise<void> {
  const end = bot.clock.now() + ms;
  while (bot.clock.now() < end) {
    bot.clock.advance(step);
    await bot.bot.idle();
  }
}

/** Passes time until nothing waits any more; resolves to how long it took. */
export async function drain(bot: TestBot, atMostMs: number, step = 1_000): Promise<number> {
  const begun = bot.clock.now();
  while (bot.clock.now() - begun < atMostMs) {
    const waiting =
      (await bot.store.posts.countDue(bot.clock.now() + 3_600_000)) +
      (await bot.store.cardUpdates.countStale());
    if (waiting === 0) break;
    await pass(bot, step, step);
  }
  return bot.clock.now() - begun;
}
