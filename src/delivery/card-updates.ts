import type { Message } from '../blocks/message.ts';
import type { Discussion } from '../decision/discussion.ts';
import { MIN_UPDATE_INTERVAL_MS, type StaleCard } from '../decision/post.ts';
import { withTimeout } from '../runtime/clock.ts';
import { type Failure, failureOf } from '../slack/failures.ts';
import { CALL_TIMEOUT_MS } from '../slack/web-client.ts';
import { Breaker } from './breaker.ts';
import type { Deps } from './deps.ts';
import { Loop, type LoopState, TenantTasks } from './loop.ts';
import { retryDelayAfter } from './retry-delay.ts';

/**
 * Twenty updates at once, then thirty a minute. chat.update is tier 3, about 50 calls a minute in each workspace:
 * https://docs.slack.dev/reference/methods/chat.update
 */
const LIMITS = { burst: 20, msPerCall: 2_000 };
/** Distance from now to a tenant's stored `spent_until` that leaves one call, in milliseconds. */
export const ONE_CALL_LEFT_MS = (LIMITS.burst - 1) * LIMITS.msPerCall;
/** Duration of a claim on a card. A claim older than this belongs to an update that ended or a process that crashed. */
export const CARD_CLAIM_MS = 4 * CALL_TIMEOUT_MS;
const POLL_EVERY_MS = 15_000;
/** Slack usually responds sooner. After this long, the next workspace's update starts. */
const SLOW_AFTER_MS = 500;
/** Maximum number of concurrent updates. */
const CONCURRENCY = 64;
/** Retry delay after an unexpected error, so that this card doesn't keep others waiting. */
const UNEXPECTED_PAUSE_MS = 60_000;
/** Retry delay after a refusal that an admin or member can end, such as a missing scope. */
const REFUSED_PAUSE_MS = 10 * 60_000;
/** Slack's error codes for a card that can never be updated again. */
const PERMANENT_CODES = new Set([
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'channel_not_found',
  'is_archived',
  'is_inactive',
  'not_in_channel',
  'msg_too_long',
  'invalid_blocks',
]);

/** Time of a card's claim, by both clocks. */
interface ClaimTimes {
  readonly claimedAt: number;
  readonly begun: number;
}

/**
 * Updates stale cards in Slack: at once, then at most once a second each, within Slack's rate limit for each workspace.
 * The oldest change comes first. Each card is rendered from the database just before its update, so after any number of
 * votes it shows the latest state. Updating a card twice does no harm, so a failed update is retried until it succeeds
 * or Slack says that it never will.
 */
export class CardUpdates {
  readonly #deps: Deps;
  readonly #loop: Loop;
  readonly #draw: (discussion: Discussion) => Message;
  readonly #onStuck: () => void;
  readonly #breaker: Breaker;
  readonly #updates = new TenantTasks();

  /**
   * @param draw renders the card
   * @param onStuck called when a notice to the asker is due, because their card can't be updated any more
   * @param restMs minimum time between two passes, so that one pass handles many votes cast at the same moment
   */
  constructor(deps: Deps, draw: (discussion: Discussion) => Message, onStuck: () => void, restMs?: number) {
    this.#deps = deps;
    this.#draw = draw;
    this.#onStuck = onStuck;
    const { clock, logger } = deps;
    this.#breaker = new Breaker(clock);
    const trouble = 'the database failed while updating cards';
    this.#loop = new Loop({ clock, logger, trouble, restMs, pass: (loop) => this.#pass(loop) });
  }

  kick(): void {
    this.#loop.kick();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
    await this.#updates.idle();
  }

  async idle(): Promise<void> {
    do {
      await this.#loop.idle();
      await this.#updates.idle();
      // An update that ends may start another pass.
    } while (this.#loop.isRunning);
  }

  async #pass(loop: LoopState): Promise<number> {
    const { store, clock } = this.#deps;
    while (!loop.stopped && this.#updates.tenants.size < CONCURRENCY) {
      this.#updates.throwFailure();
      const now = clock.now();
      const next = await store.cardUpdates.claim(now, now + CARD_CLAIM_MS, LIMITS, this.#resting());
      if (!next) break;
      await withTimeout(clock, SLOW_AFTER_MS, this.#begin(next, now));
    }
    this.#updates.throwFailure();
    const due = await store.cardUpdates.nextDue(LIMITS, this.#resting());
    const resting = Math.min(...this.#breaker.resting().values()) - clock.monotonic();
    const dueIn = (due ?? Number.POSITIVE_INFINITY) - clock.now();
    return Math.max(10, Math.min(dueIn, resting, POLL_EVERY_MS));
  }

  /** Returns the tenants to skip: those that wait for their next probe, and those with an update in flight. */
  #resting(): readonly string[] {
    return [...this.#breaker.resting().keys(), ...this.#updates.tenants];
  }

  /** Resolves when the update has ended, even if it failed. */
  #begin(stale: StaleCard, claimedAt: number): Promise<void> {
    const { clock } = this.#deps;
    const begun = clock.monotonic();
    const over = (): void => {
      if (clock.monotonic() - begun >= SLOW_AFTER_MS) this.kick();
    };
    return this.#updates.run(stale.tenant, () => this.#update(stale, { claimedAt, begun }), over);
  }

  /** Tries once. Throws only if the database can't store the result. */
  async #update(stale: StaleCard, { claimedAt, begun }: ClaimTimes): Promise<void> {
    const { store, clock, logger } = this.#deps;
    try {
      const [discussion, post] = await Promise.all([
        store.discussions.get(stale),
        store.posts.get({ ...stale, kind: 'card' }),
      ]);
      if (!discussion || !post || post.ts === null) {
        // Nothing to update. If the card is posted or found later, it is rendered from the database then.
        await store.cardUpdates.markShown(stale, clock.now(), clock.now());
        return;
      }
      // If this process stood still for too long, another one may have claimed the card. Compare both clocks: the
      // monotonic clock stops while the machine sleeps, and the time of day may have been set back.
      const elapsed = Math.max(clock.now() - claimedAt, clock.monotonic() - begun);
      if (elapsed > CARD_CLAIM_MS - CALL_TIMEOUT_MS) return;
      const client = await this.#deps.clientFor(stale.tenant);
      await client.chat.update({ channel: post.channel, ts: post.ts, ...this.#draw(discussion) });
      await store.cardUpdates.markShown(stale, clock.now(), clock.now() + MIN_UPDATE_INTERVAL_MS);
      if (this.#breaker.worked(stale.tenant)) await store.cardUpdates.wake(stale.tenant, clock.now());
    } catch (error) {
      await this.#failed(stale, failureOrNull(error), error);
      logger.warn({ decision: stale.decision, code: failureOrNull(error)?.code }, 'a card was not updated');
    }
  }

  async #failed(stale: StaleCard, failure: Failure | null, error: unknown): Promise<void> {
    const { store, clock, logger } = this.#deps;
    const now = clock.now();
    if (failure === null) {
      await store.cardUpdates.postpone(stale, now + UNEXPECTED_PAUSE_MS);
      logger.error({ err: error, decision: stale.decision }, 'updating a card failed');
    } else if (failure.kind === 'refused' && !PERMANENT_CODES.has(failure.code)) {
      await store.cardUpdates.postpone(stale, now + REFUSED_PAUSE_MS);
    } else if (failure.kind === 'refused') {
      await store.cardUpdates.markStuck(stale, failure.code, now);
      this.#onStuck();
    } else {
      const wait = retryDelayAfter(failure, stale.attempts + 1);
      if (failure.code === 'ratelimited')
        await store.cardUpdates.blockUntil(stale.tenant, now + wait, LIMITS);
      else this.#breaker.failed(stale.tenant, stale.decision);
      await store.cardUpdates.postpone(stale, now + wait);
    }
  }
}

/** Returns null for an error that comes neither from Slack nor from the network. */
function failureOrNull(error: unknown): Failure | null {
  try {
    return failureOf(error);
  } catch {
    return null;
  }
}
