import type { Post, PostKey } from '../core/post.ts';
import type { Deps } from '../deps.ts';
import { CALL_TIMEOUT_MS } from '../slack/client.ts';
import { pause } from './pause.ts';
import { postCard } from './post-card.ts';
import { postReasoning } from './post-reasoning.ts';
import { tellAsker } from './tell-asker.ts';

/** A request that left this long ago has been answered or never will be. */
const ABANDONED_AFTER_MS = 4 * CALL_TIMEOUT_MS;
const LOOK_AGAIN_MS = 15_000;
const BATCH = 20;
/** A post that fails in a way nobody foresaw waits this long, so that it does not stand before the others. */
const STUMBLED_PAUSE_MS = 60_000;

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
  /** Passes in a row that the database broke off. */
  #brokenOff = 0;
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
      this.#brokenOff = 0;
    } catch (error) {
      // A full disk or a lost connection: whatever else is due would fail alike.
      this.#brokenOff += 1;
      pauseMs = pause(0, this.#brokenOff);
      logger.error({ err: error, pauseMs }, 'the database does not let messages be posted');
    }
    if (!this.#stopped) this.#cancelTimer = clock.after(pauseMs, () => this.kick());
  }

  /**
   * One attempt. Throws only where the database takes no word of it: the post would be due again at once,
   * and for ever.
   */
  async #deliver(post: Post): Promise<void> {
    const { store, clock, logger } = this.#deps;
    const key: PostKey = { tenant: post.tenant, decision: post.decision, kind: post.kind };
    try {
      const client = this.#deps.clientFor(post.tenant);
      if (post.kind === 'reasoning') return await postReasoning(this.#deps, client, key);
      if (post.kind === 'notice') return await tellAsker(this.#deps, client, key);
      const outcome = await postCard(this.#deps, client, key);
      if (outcome.kind === 'refused') await this.tellNow(key);
    } catch (error) {
      // One that fails in a way nobody foresaw must not keep the others from being posted. Where it had
      // left already it stays `sent` and is adopted later.
      await store.posts.postpone(key, clock.now() + STUMBLED_PAUSE_MS);
      logger.error({ err: error, decision: post.decision, kind: post.kind }, 'posting failed');
    }
  }

  /** Tells the asker about this card without leaving time to a dialog: there is none that could do it. */
  async tellNow(card: PostKey): Promise<void> {
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
        await store.posts.unknown(post, clock.now());
      } else {
        await store.posts.want(post, clock.now(), clock.now());
      }
    }
  }
}
