import { card } from '../blocks/card.ts';
import type { StaleCard } from '../core/post.ts';
import type { Deps } from '../deps.ts';
import { type Failure, failureOf } from '../slack/failures.ts';
import { Budget } from './budget.ts';
import { Loop, type LoopState } from './loop.ts';
import { pause } from './pause.ts';

/** One card changes no faster than people can read it. */
const BETWEEN_UPDATES_MS = 1_000;
/** chat.update is tier 3, about 50 calls a minute and workspace: twenty at once, then thirty a minute. */
const LIMITS = { burst: 20, perMinute: 30 };
const LOOK_AGAIN_MS = 15_000;
/** What could not be shown in a way nobody foresaw waits this long, so that it does not stand before the others. */
const STUMBLED_PAUSE_MS = 60_000;

/**
 * Brings cards up to date with the database: at once, then at most once a second each, all of a workspace within
 * Slack's limit, the change that has waited longest first. However many votes there are, what stands there in the
 * end is the last state, since each card is drawn from the database when its turn comes. Updating one twice does
 * no harm, so whatever fails is repeated until it succeeds or Slack says that it never can.
 */
export class CardUpdates {
  readonly #deps: Deps;
  readonly #loop: Loop;
  readonly #onStuck: () => void;
  readonly #budgets = new Map<string, Budget>();

  /** @param onStuck called when an asker is to be told that a card can't be updated any more */
  constructor(deps: Deps, onStuck: () => void) {
    this.#deps = deps;
    this.#onStuck = onStuck;
    const { clock, logger } = deps;
    const trouble = 'the database does not let cards be updated';
    this.#loop = new Loop({ clock, logger, trouble, pass: (loop) => this.#pass(loop) });
  }

  kick(): void {
    this.#loop.kick();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  idle(): Promise<void> {
    return this.#loop.idle();
  }

  async #pass(loop: LoopState): Promise<number> {
    const { store, clock } = this.#deps;
    const spent = new Set<string>();
    for (;;) {
      const [next] = await store.cardUpdates.due(clock.now(), [...spent], 1);
      if (!next || loop.stopped) break;
      const budget = this.#budgetOf(next.tenant);
      if (budget.take(clock.now())) await this.#update(next, budget);
      else spent.add(next.tenant);
    }
    const due = await store.cardUpdates.nextDue();
    const waits = [...spent].map((tenant) => this.#budgetOf(tenant).wait(clock.now()));
    // A tenant without calls left has cards that are due: only its own wait counts then.
    if (due !== null && (due > clock.now() || waits.length === 0)) waits.push(due - clock.now());
    // With calls spent, what other tenants have due later is not known: look again soon.
    const longest = spent.size > 0 ? BETWEEN_UPDATES_MS : LOOK_AGAIN_MS;
    return Math.max(10, Math.min(...waits, longest));
  }

  #budgetOf(tenant: string): Budget {
    const known = this.#budgets.get(tenant) ?? new Budget(LIMITS, this.#deps.clock.now());
    this.#budgets.set(tenant, known);
    return known;
  }

  /** One attempt. Throws only where the database takes no word of it. */
  async #update(stale: StaleCard, budget: Budget): Promise<void> {
    const { store, clock, rubric, logger } = this.#deps;
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
      const client = this.#deps.clientFor(stale.tenant);
      await client.chat.update({ channel: post.channel, ts: post.ts, ...card(rubric, discussion) });
      await store.cardUpdates.shown(stale, clock.now(), clock.now() + BETWEEN_UPDATES_MS);
    } catch (error) {
      await this.#failed(stale, budget, failureOrNull(error), error);
      logger.warn({ decision: stale.decision, code: failureOrNull(error)?.code }, 'a card was not updated');
    }
  }

  async #failed(stale: StaleCard, budget: Budget, failure: Failure | null, error: unknown): Promise<void> {
    const { store, clock, logger } = this.#deps;
    const now = clock.now();
    if (failure === null) {
      await store.cardUpdates.later(stale, now + STUMBLED_PAUSE_MS);
      logger.error({ err: error, decision: stale.decision }, 'updating a card failed');
    } else if (failure.kind === 'refused') {
      await store.cardUpdates.stuck(stale, failure.code, now);
      this.#onStuck();
    } else {
      const atLeast = failure.kind === 'later' ? failure.afterMs : 0;
      if (failure.code === 'ratelimited') budget.noneBefore(now + atLeast, now);
      await store.cardUpdates.later(stale, now + pause(atLeast, stale.attempts + 1));
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
