import { type Post, type PostKey, SET_ASIDE } from '../decision/post.ts';
import { failureOf } from '../slack/failures.ts';
import { CALL_TIMEOUT_MS } from '../slack/web-client.ts';
import { Breaker } from './breaker.ts';
import { CallLimits } from './call-limits.ts';
import { type CallOutcome, type Deliveries, NOT_CALLED, outcomeOfFailure } from './deliver.ts';
import type { Deps } from './deps.ts';
import { Loop, type LoopState, TenantTasks } from './loop.ts';
import { removePosts } from './remove-posts.ts';
import { retryDelay } from './retry-delay.ts';

type CalledFor = Pick<Post, 'tenant' | 'decision' | 'kind' | 'state' | 'channel'>;

/** A message that a caller posted without the outbox. */
interface DirectPost {
  readonly tenant: string;
  readonly channel: string;
  /** Id that all attempts to post this message share, so that two failures of one message count once. */
  readonly about: string;
}

/** A request sent this long ago has its response or will never get one. */
const ABANDONED_AFTER_MS = 4 * CALL_TIMEOUT_MS;
const POLL_EVERY_MS = 15_000;
/** Minimum time between two searches for abandoned posts. */
const ADOPT_EVERY_MS = 5_000;
/** Workspaces served concurrently, so that slow calls of one keep no other waiting. */
const CONCURRENCY = 16;
/** Retry delay after an unexpected error, so that this post doesn't keep others waiting. */
const UNEXPECTED_PAUSE_MS = 60_000;
/** After this many failed attempts, the card itself may be the cause. */
const SUSPECT_FROM_ATTEMPTS = 3;

/**
 * Delivers posts: cards whose first attempt failed or whose process crashed, replies in their threads, private messages
 * to askers. The database is the queue, so nothing is lost when the process ends. Each workspace has one delivery at a
 * time; up to 16 workspaces are served at once.
 *
 * A channel's cards are posted in the order in which people asked for them (see `due`), so a failing card holds up
 * those behind it. To find out whether Slack or the card is the cause, the outbox tries the next card right after it.
 * If only that one succeeds, the first is set aside. While all cards fail, they keep their order, and a breaker lets
 * only one be tried at a time.
 */
export class Outbox {
  readonly #deps: Deps;
  readonly #deliveries: Deliveries;
  readonly #loop: Loop;
  readonly #limits: CallLimits;
  readonly #breaker: Breaker;
  readonly #running = new TenantTasks();
  /** True after the database failed to store a result. The next pass then waits for its deliveries to succeed. */
  #inTrouble = false;
  /** Time of the next search for abandoned posts, in monotonic milliseconds. */
  #adoptAgainAt = 0;

  constructor(deps: Deps, deliveries: Deliveries) {
    this.#deps = deps;
    this.#deliveries = deliveries;
    const { clock, logger } = deps;
    this.#limits = new CallLimits(clock);
    this.#breaker = new Breaker(clock);
    const trouble = 'the database failed while posting messages';
    this.#loop = new Loop({ clock, logger, trouble, pass: (loop) => this.#pass(loop) });
  }

  /**
   * Adopts the posts that an earlier process had sent without storing a result. Call once, before the first payload.
   * Does nothing if other processes use the database: the posts may be theirs, so the usual timeout applies.
   */
  async adoptOrphans(): Promise<void> {
    if (this.#deps.store.alone) await this.#adopt(this.#deps.clock.now() + 1);
  }

  /** Starts a pass, because something may be due. Never throws, never waits. */
  kick(): void {
    this.#loop.kick();
  }

  /** Waits for deliveries in flight, and starts no other. */
  async stop(): Promise<void> {
    await this.#loop.stop();
    await this.#running.idle();
  }

  /** Resolves when no pass or delivery is running. */
  async idle(): Promise<void> {
    do {
      await this.#loop.idle();
      await this.#running.idle();
      // A delivery that ends starts another pass.
    } while (this.#loop.isRunning);
  }

  /** Starts the due deliveries that need not wait. */
  async #pass(loop: LoopState): Promise<number> {
    const { store, clock } = this.#deps;
    this.#throwFailure();
    if (clock.monotonic() >= this.#adoptAgainAt) {
      await this.#adopt(clock.now() - ABANDONED_AFTER_MS);
      this.#adoptAgainAt = clock.monotonic() + ADOPT_EVERY_MS;
    }
    const resting = new Map([...this.#limits.resting(), ...this.#breaker.resting()]);
    const others = () => [...this.#running.tenants, ...resting.keys()];
    const { limit, growsAt } = this.#breaker.concurrency(CONCURRENCY);
    const free = limit - this.#running.tenants.size;
    const due = free > 0 ? await store.posts.due(clock.now(), free, others()) : [];
    for (const post of due) if (!loop.stopped) this.#begin(post);
    if (this.#inTrouble) {
      await this.#running.idle();
      this.#throwFailure();
      this.#inTrouble = false;
    }
    // At the concurrency limit, the delivery that ends first starts the next pass.
    const next = limit > 0 && free <= due.length ? null : await store.posts.nextDue(clock.now(), others());
    const monotonic = clock.monotonic();
    const dueIn = (next ?? Number.POSITIVE_INFINITY) - clock.now();
    const soonest = Math.max(dueIn, limit > 0 ? 0 : growsAt - monotonic);
    const wait = Math.min(soonest, ...[...resting.values()].map((until) => until - monotonic));
    return Math.min(POLL_EVERY_MS, Math.max(50, wait));
  }

  #throwFailure(): void {
    if (this.#running.hasFailed) this.#inTrouble = true;
    this.#running.throwFailure();
  }

  #begin(post: Post): void {
    this.#limits.take(post);
    void this.#running.run(
      post.tenant,
      () => this.#deliverInTurn(post),
      () => this.kick(),
    );
  }

  /** Delivers a post. Throws only if the database can't store the result, so that the loop waits before it retries. */
  async #deliverInTurn(post: Post): Promise<void> {
    const { store, clock, logger } = this.#deps;
    const isNewCard = post.kind === 'card' && post.state === 'wanted';
    if (isNewCard && this.#breaker.isOpen(post.tenant) && !(await this.#slackResponds(post))) return;
    const outcome = await this.#deliver(post);
    const mayBeTheCause =
      outcome === 'error' || (outcome.kind === 'unavailable' && post.attempts + 1 >= SUSPECT_FROM_ATTEMPTS);
    const holdsUpOthers = isNewCard && post.error !== SET_ASIDE;
    if (!mayBeTheCause || !holdsUpOthers) return;
    const behind = await store.posts.behind(post, clock.now());
    if (!behind) return;
    this.#limits.take(behind);
    const next = await this.#deliver(behind);
    if (next === 'error' || next.kind !== 'responded') return;
    await store.posts.setAside(
      post,
      clock.now() + (outcome === 'error' ? UNEXPECTED_PAUSE_MS : retryDelay(post.attempts + 1)),
    );
    logger.warn({ decision: post.decision }, 'set a failing card aside');
  }

  /**
   * True if Slack responds to auth.test. Called before a card is sent during an outage: after a card without a
   * response, a person has to say whether it was posted.
   */
  async #slackResponds(post: Post): Promise<boolean> {
    try {
      const client = await this.#deps.clientFor(post.tenant);
      await client.auth.test();
    } catch (error) {
      const outcome = outcomeOfError(error);
      await this.#recordOutcome(post, outcome);
      return outcome.kind !== 'unavailable';
    }
    return true;
  }

  /** Tries once. Resolves to how Slack responded; `error` after an unexpected error. */
  async #deliver(post: Post): Promise<CallOutcome | 'error'> {
    const { store, clock, logger } = this.#deps;
    const key: PostKey = { tenant: post.tenant, decision: post.decision, kind: post.kind };
    try {
      const outcome = await this.#attempt(post, key);
      await this.#recordOutcome(post, outcome);
      return outcome;
    } catch (error) {
      // An unexpected error must not keep other posts waiting. A post that was already sent stays `sent` and is
      // adopted later.
      await store.posts.postpone(key, clock.now() + UNEXPECTED_PAUSE_MS);
      logger.error({ err: error, decision: post.decision, kind: post.kind }, 'posting failed');
      return 'error';
    }
  }

  async #attempt(post: Post, key: PostKey): Promise<CallOutcome> {
    const client = await this.#deps.clientFor(post.tenant);
    if (post.state === 'unwanted') return removePosts(this.#deps, client, key);
    return this.#deliveries[post.kind](this.#deps, client, key);
  }

  async #recordOutcome(post: CalledFor, outcome: CallOutcome): Promise<void> {
    if (outcome.kind === 'responded' && this.#breaker.worked(post.tenant)) {
      await this.#deps.store.posts.wake(post.tenant, this.#deps.clock.now());
    }
    if (outcome.kind !== 'unavailable') return;
    const { failure } = outcome;
    // A rate limit isn't an outage: Slack's response says when the next call is allowed.
    if (failure.code !== 'ratelimited') this.#breaker.failed(post.tenant, post.decision);
    else if (failure.kind === 'later') this.#limits.refused(post, failure.afterMs);
  }

  /** True while this tenant's calls fail. Callers need not try then: the outbox delivers once Slack works again. */
  isFailing(tenant: string): boolean {
    return this.#breaker.isOpen(tenant);
  }

  /** Counts an attempt that a caller made itself, for the rate limits and the breaker. */
  async recordCall({ tenant, channel, about }: DirectPost, outcome: CallOutcome): Promise<void> {
    const post = { tenant, channel, decision: about, kind: 'card', state: 'sent' } as const;
    if (outcome.kind !== 'not_called') this.#limits.take(post);
    await this.#recordOutcome(post, outcome);
    this.kick();
  }

  /**
   * Takes over posts whose process crashed or whose response was lost before this time. A card may have been posted, so
   * its asker gets a question. Every other post is retried.
   */
  async #adopt(before: number): Promise<void> {
    const { store, clock, logger } = this.#deps;
    for (const post of await store.posts.abandoned(before)) {
      // Another process may have adopted and sent it by now.
      if (!(await store.posts.adopt(post, before, clock.now()))) continue;
      logger.warn({ decision: post.decision, kind: post.kind }, 'found a post without a response');
    }
  }
}

/**
 * Returns `not_called` for an error that comes neither from Slack nor from the network: the delivery will throw it too.
 */
function outcomeOfError(error: unknown): CallOutcome {
  try {
    return outcomeOfFailure(failureOf(error));
  } catch {
    return NOT_CALLED;
  }
}
