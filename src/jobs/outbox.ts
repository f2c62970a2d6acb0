import type { Post, PostKey } from '../core/post.ts';
import type { Deps } from '../deps.ts';
import { CALL_TIMEOUT_MS } from '../slack/client.ts';
import { postCard } from './post-card.ts';
import { postReasoning } from './post-reasoning.ts';
import { tellAsker } from './tell-asker.ts';

/** A request that left this long ago has been answered or never will be. */
const ABANDONED_AFTER_MS = 4 * CALL_TIMEOUT_MS;
const LOOK_AGAIN_MS = 15_000;
const BATCH = 20;

/**
 * Brings to Slack what the database says is wanted: cards whose first attempt failed or whose process
 * died, the reasoning in their threads, private words to askers. The database is the queue, so nothing
 * is lost when the process ends.
 */
export class Outbox {
  readonly #deps: Deps;
  #pass: Promise<void> | null = null;
  #again = false;
  #stopped = false;
  #cancelTimer: () => void = () => {};

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Call once, before anything is taken from Slack: what an earlier process had on its way is nobody's now. */
  async adoptOrphans(): Promise<void> {
    await this.#adopt(this.#deps.clock.now() + 1);
  }

  /** Something may be due: look now. Never throws, never waits. */
  kick(): void {
    if (this.#stopped) return;
    if (this.#pass) {
      this.#again = true;
      return;
    }
    this.#cancelTimer();
    this.#pass = this.#run().finally(() => {
      this.#pass = null;
    });
  }

  /** Lets the pass that is running end, and starts no other. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer();
    await this.#pass;
  }

  /** Resolves when nothing is being done. */
  async idle(): Promise<void> {
    while (this.#pass) await this.#pass;
  }

  async #run(): Promise<void> {
    const { store, clock, logger } = this.#deps;
    let pauseMs = LOOK_AGAIN_MS;
    try {
      do {
        this.#again = false;
        await this.#adopt(clock.now() - ABANDONED_AFTER_MS);
        const due = await store.posts.due(clock.now(), BATCH);
        for (const post of due) {
          if (this.#stopped) return;
          await this.#deliver(post);
        }
        this.#again ||= due.length > 0;
      } while (this.#again && !this.#stopped);
      const next = await store.posts.nextDue();
      if (next !== null) pauseMs = Math.min(LOOK_AGAIN_MS, Math.max(50, next - clock.now()));
    } catch (error) {
      logger.error({ err: error }, 'looking for unposted messages failed');
    }
    if (!this.#stopped) this.#cancelTimer = clock.after(pauseMs, () => this.kick());
  }

  async #deliver(post: Post): Promise<void> {
    const client = this.#deps.clientFor(post.tenant);
    const key: PostKey = { tenant: post.tenant, decision: post.decision, kind: post.kind };
    try {
      if (post.kind === 'reasoning') return await postReasoning(this.#deps, client, key);
      if (post.kind === 'notice') return await tellAsker(this.#deps, client, key);
      const outcome = await postCard(this.#deps, client, key);
      if (outcome.kind === 'refused' || outcome.kind === 'unknown') await this.tellLater(key);
    } catch (error) {
      // One that fails in a way nobody foresaw must not keep the others from being posted. It stays
      // `sent` and is adopted later.
      this.#deps.logger.error({ err: error, decision: post.decision, kind: post.kind }, 'posting failed');
    }
  }

  /** Wants a private word to the asker about this card. */
  async tellLater(card: PostKey): Promise<void> {
    const now = this.#deps.clock.now();
    await this.#deps.store.posts.want({ ...card, kind: 'notice' }, now, now);
    this.kick();
  }

  /**
   * Posts whose process died, or whose answer was lost, before this moment. A card might be there
   * already, so the asker is asked; anything else may be repeated.
   */
  async #adopt(before: number): Promise<void> {
    const { store, clock, logger } = this.#deps;
    for (const post of await store.posts.abandoned(before)) {
      logger.warn({ decision: post.decision, kind: post.kind }, 'found a post without an answer');
      if (post.kind === 'card') {
        await store.posts.unknown(post);
        await store.posts.want({ ...post, kind: 'notice' }, clock.now(), clock.now());
      } else {
        await store.posts.want(post, clock.now(), clock.now());
      }
    }
  }
}
