import type { Json } from './json.ts';

/** Calls per minute that Slack guarantees. This server allows no more. */
const PER_MINUTE = { tier3: 50, tier4: 100, posting: 300, link: 300 } as const;
type Tier = keyof typeof PER_MINUTE;

/**
 * Tier of each method, from https://docs.slack.dev/apis/web-api/rate-limits. Other methods have no limit here.
 * `apps.connections.open` is left out on purpose: it is tier 1 on paper, but Slack lets an app reconnect after every
 * disconnection.
 */
const TIERS: Readonly<Record<string, Tier>> = {
  // Slack allows "hundreds per minute" in a workspace. Apps reach the limit per channel first.
  'chat.postMessage': 'posting',
  // Slack publishes no figure.
  'chat.getPermalink': 'link',
  'chat.update': 'tier3',
  'chat.delete': 'tier3',
  'chat.postEphemeral': 'tier4',
  'conversations.join': 'tier3',
  'conversations.open': 'tier3',
  'files.getUploadURLExternal': 'tier4',
  'files.completeUploadExternal': 'tier4',
  'files.info': 'tier4',
  'functions.completeSuccess': 'tier3',
  'functions.completeError': 'tier3',
  'oauth.v2.access': 'tier4',
  'users.info': 'tier4',
  'views.open': 'tier4',
  'views.push': 'tier4',
  'views.update': 'tier4',
  'views.publish': 'tier4',
};

const MINUTE_MS = 60_000;
/** Slack allows one message per second in each channel, with short bursts. */
const CHANNEL_BURST = 5;
const CHANNEL_EVERY_MS = 1_000;

/** Owner of a call. Slack counts calls per method, workspace and app. */
export interface Caller {
  readonly team: string;
  readonly app: string;
}

interface Bucket {
  left: number;
  at: number;
}

/** Applies Slack's rate limits. A refused call doesn't count. */
export class RateLimits {
  readonly #now: () => number;
  readonly #calls = new Map<string, number[]>();
  readonly #channels = new Map<string, Bucket>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Counts a call. If the app is over the limit, returns how long it must wait instead. */
  take(method: string, args: Json, { team, app }: Caller): { readonly retryAfterSeconds: number } | null {
    const now = this.#now();
    const tier = Object.hasOwn(TIERS, method) ? TIERS[method] : undefined;
    if (tier === undefined) return null;
    const place = `${team} ${app} ${method}`;
    const recent = (this.#calls.get(place) ?? []).filter((at) => at > now - MINUTE_MS);
    const free = recent.length - PER_MINUTE[tier];
    const oldest = free < 0 ? undefined : recent[free];
    if (oldest !== undefined) return waiting(oldest + MINUTE_MS - now);
    const bucket = tier === 'posting' ? this.#bucket(`${place} ${args.channel}`, now) : undefined;
    if (bucket !== undefined) {
      if (bucket.left < 1) return waiting((1 - bucket.left) * CHANNEL_EVERY_MS);
      bucket.left -= 1;
    }
    this.#calls.set(place, [...recent, now]);
    return null;
  }

  /** Returns the channel's token bucket, refilled for the elapsed time. */
  #bucket(channel: string, now: number): Bucket {
    const old = this.#channels.get(channel) ?? { left: CHANNEL_BURST, at: now };
    const left = Math.min(CHANNEL_BURST, old.left + (now - old.at) / CHANNEL_EVERY_MS);
    const bucket = { left, at: now };
    this.#channels.set(channel, bucket);
    return bucket;
  }
}

/** Retry-After is in whole seconds, at least 1. */
const waiting = (ms: number) => ({ retryAfterSeconds: Math.max(1, Math.ceil(ms / 1000)) });
