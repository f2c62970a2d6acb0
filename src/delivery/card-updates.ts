import type { Message } from '../blocks/message.ts';
import type { Discussion } from '../decision/discussion.ts';
import { BETWEEN_UPDATES_MS, type StaleCard } from '../decision/post.ts';
import { within } from '../runtime/clock.ts';
import { type Failure, failureOf } from '../slack/failures.ts';
import { CALL_TIMEOUT_MS } from '../slack/web-client.ts';
import { Breaker } from './breaker.ts';
import type { Deps } from './deps.ts';
import { Loop, type LoopState } from './loop.ts';
import { pauseAfter } from './pause.ts';
import { SideBySide } from './side-by-side.ts';

/** chat.update is tier 3, about 50 calls a minute and workspace: twenty at once, then thirty a minute. */
const LIMITS = { burst: 20, msPerCall: 2_000 };
/** How far ahead the stored end of a tenant's calls is when only one more may be made, in milliseconds. */
export const ONE_CALL_LEFT_MS = (LIMITS.burst - 1) * LIMITS.msPerCall;
/** An update that was begun this long ago has ended, or its process has. */
export const CARD_CLAIM_MS = 4 * CALL_TIMEOUT_MS;
const LOOK_AGAIN_MS = 15_000;
/** Slack answers sooner; where it does not, the cards of other workspaces need not wait for that one. */
const SLOW_AFTER_MS = 500;
/** Updates that Slack takes its time for. */
const MOST_SLOW = 64;
/** What could not be shown in a way nobody foresaw waits this long, so that it does not stand before the others. */
const STUMBLED_PAUSE_MS = 60_000;
/** What Slack refuses for a reason that somebody can do away with, maybe tomorrow. */
const REFUSED_PAUSE_MS = 10 * 60_000;
/** Slack's words for a card that nobody will ever be able to change again, as it is. */
const NEVER_AGAIN = new Set([
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

/** When a card was claimed, by both clocks. */
interface Claimed {
  readonly claimedAt: number;
  readonly begun: number;
}

/**
 * Brings cards up to date with the database: at once, then at most once a second each, all of a workspace within
 * Slack's limit, the change that has waited longest first. However many votes there are, what stands there in the
 * end is the last state, since each card is drawn from the database when its turn comes. Updating one twice does
 * no harm, so whatever fails is repeated until it succeeds or Slack says that it never can.
 */
export class CardUpdates {
  readonly #deps: Deps;
  readonly #loop: Loop;
  readonly #draw: (discussion: Discussion) => Message;
  readonly #onStuck: () => void;
  readonly #breaker: Breaker;
  readonly #updates = new SideBySide();

  /**
   * @param draw returns the card as it is now
   * @param onStuck called when an asker is to be told that a card can't be updated any more
   * @param restMs how long to wait between two looks at what is due: where many vote at the same moment, one look
   *   serves them all
   */
  constructor(deps: Deps, draw: (discussion: Discussion) => Message, onStuck: () => void, restMs?: number) {
    this.#deps = deps;
    this.#draw = draw;
    this.#onStuck = onStuck;
    const { clock, logger } = deps;
    this.#breaker = new Breaker(clock);
    const trouble = 'the database does not let cards be updated';
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
      // What has ended makes it look again.
    } while (this.#loop.isRunning);
  }

  async #pass(loop: LoopState): Promise<number> {
    const { store, clock } = this.#deps;
    while (!loop.stopped && this.#updates.tenants.size < MOST_SLOW) {
      this.#updates.throwFailure();
      const now = clock.now();
      const next = await store.cardUpdates.claim(now, now + CARD_CLAIM_MS, LIMITS, this.#resting());
      if (!next) break;
      await within(clock, SLOW_AFTER_MS, this.#begin(next, now));
    }
    this.#updates.throwFailure();
    const due = await store.cardUpdates.nextDue(LIMITS, this.#resting());
    const resting = Math.min(...this.#breaker.resting().values()) - clock.monotonic();
    const dueIn = (due ?? Number.POSITIVE_INFINITY) - clock.now();
    return Math.max(10, Math.min(dueIn, resting, LOOK_AGAIN_MS));
  }

  /**
   * Tenants whose updates fail, so that only one now and then finds out whether they still do; and those with one that
   * Slack takes its time for: their next would hardly fare better.
   */
  #resting(): readonly string[] {
    return [...this.#breaker.resting().keys(), ...this.#updates.tenants];
  }

  /** Resolves when it is over, however it ended. */
  #begin(stale: StaleCard, claimedAt: number): Promise<void> {
    const { clock } = this.#deps;
    const begun = clock.monotonic();
    const over = (): void => {
      if (clock.monotonic() - begun >= SLOW_AFTER_MS) this.kick();
    };
    return this.#updates.run(stale.tenant, () => this.#update(stale, { claimedAt, begun }), over);
  }

  /** One attempt. Throws only where the database takes no word of it. */
  async #update(stale: StaleCard, { claimedAt, begun }: Claimed): Promise<void> {
    const { store, clock, logger } = this.#deps;
    try {
      const [discussion, post] = await Promise.all([
        store.discussions.get(stale),
        store.posts.get({ ...stale, kind: 'card' }),
      ]);
      if (!discussion || !post || post.ts === null) {
        // Nothing to update: where the card is found or posted later, it is drawn from the database then.
        await store.cardUpdates.shown(stale, clock.now(), clock.now());
        return;
      }
      // If this process stood still for too long, another one may have claimed the card. Compare both clocks: the
      // monotonic clock stops while the machine sleeps, and the time of day may have been set back.
      const elapsed = Math.max(clock.now() - claimedAt, clock.monotonic() - begun);
      if (elapsed > CARD_CLAIM_MS - CALL_TIMEOUT_MS) return;
      const client = await this.#deps.clientFor(stale.tenant);
      await client.chat.update({ channel: post.channel, ts: post.ts, ...this.#draw(discussion) });
      await store.cardUpdates.shown(stale, clock.now(), clock.now() + BETWEEN_UPDATES_MS);
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
      await store.cardUpdates.later(stale, now + STUMBLED_PAUSE_MS);
      logger.error({ err: error, decision: stale.decision }, 'updating a card failed');
    } else if (failure.kind === 'refused' && !NEVER_AGAIN.has(failure.code)) {
      await store.cardUpdates.later(stale, now + REFUSED_PAUSE_MS);
    } else if (failure.kind === 'refused') {
      await store.cardUpdates.stuck(stale, failure.code, now);
      this.#onStuck();
    } else {
      const wait = pauseAfter(failure, stale.attempts + 1);
      if (failure.code === 'ratelimited')
        await store.cardUpdates.noneBefore(stale.tenant, now + wait, LIMITS);
      else this.#breaker.failed(stale.tenant, stale.decision);
      await store.cardUpdates.later(stale, now + wait);
    }
  }
}

/** Null for what is neither Slack's doing nor the network's. */
function failureOrNull(error: unknown): Failure | null {
  try {
    return failureOf(error);
  } catch {
    return null;
  }
}
