import type { Post, PostKey } from '../core/post.ts';
import type { Deps } from '../deps.ts';
import { InFlight } from '../in-flight.ts';
import { CALL_TIMEOUT_MS } from '../slack/client.ts';
import { announce } from './announce.ts';
import { completeStep } from './complete-step.ts';
import { Loop, type LoopState } from './loop.ts';
import { Pace } from './pace.ts';
import { postCard } from './post-card.ts';
import { postReasoning } from './post-reasoning.ts';
import { remind } from './remind.ts';
import { remindOfDeadline } from './remind-of-deadline.ts';
import { removePosts } from './remove-posts.ts';
import { RichOrPlain } from './rich-or-plain.ts';
import { tellAsker } from './tell-asker.ts';
import { tellEdited } from './tell-edited.ts';
import { uploadRecord } from './upload-record.ts';

/** A request that left this long ago has been answered or never will be. */
const ABANDONED_AFTER_MS = 4 * CALL_TIMEOUT_MS;
const LOOK_AGAIN_MS = 15_000;
/** How often it is looked for such, however often something else is due. */
const ADOPT_EVERY_MS = 5_000;
/** For so many workspaces at once: one whose calls take long keeps no other waiting. */
const LANES = 16;
/** Slack takes several hundred messages a minute from a workspace; https://docs.slack.dev/apis/web-api/rate-limits */
const LIMITS = { burst: 20, msPerCall: 250 };
/** A post that fails in a way nobody foresaw waits this long, so that it does not stand before the others. */
const STUMBLED_PAUSE_MS = 60_000;

/**
 * Brings to Slack what the database says is wanted: cards whose first attempt failed or whose process
 * died, the reasoning in their threads, private words to askers. The database is the queue, so nothing
 * is lost when the process ends. One after the other for each workspace, side by side for several.
 */
export class Outbox {
  readonly #deps: Deps;
  readonly #loop: Loop;
  readonly #forms = new RichOrPlain();
  readonly #pace: Pace;
  /** Workspaces that something is being brought to. */
  readonly #busy = new Set<string>();
  readonly #deliveries = new InFlight();
  /** The database took no word of a delivery. */
  #failure: { readonly cause: unknown } | null = null;
  /** Since it did not, each pass waits for what it begins, to find out whether it does again. */
  #inTrouble = false;
  #adoptAgainAt = 0;

  constructor(deps: Deps) {
    this.#deps = deps;
    const { clock, logger } = deps;
    this.#pace = new Pace(clock, LIMITS);
    const trouble = 'the database does not let messages be posted';
    this.#loop = new Loop({ clock, logger, trouble, pass: (loop) => this.#pass(loop) });
  }

  /**
   * Call once, before anything is taken from Slack: what an earlier process had on its way is nobody's now. Where
   * other processes are at work, too, it may be theirs, and only time can tell.
   */
  async adoptOrphans(): Promise<void> {
    if (this.#deps.store.alone) await this.#adopt(this.#deps.clock.now() + 1);
  }

  /** Something may be due: look now. Never throws, never waits. */
  kick(): void {
    this.#loop.kick();
  }

  /** Lets what is on its way arrive, and begins nothing else. */
  async stop(): Promise<void> {
    await this.#loop.stop();
    await this.#deliveries.idle();
  }

  /** Resolves when nothing is being done. */
  async idle(): Promise<void> {
    do {
      await this.#loop.idle();
      await this.#deliveries.idle();
      // What has arrived makes it look again.
    } while (this.#loop.isRunning);
  }

  /** Begins what is due and in nobody's way; whatever ends makes it look again. */
  async #pass(loop: LoopState): Promise<number> {
    const { store, clock } = this.#deps;
    this.#throwFailure();
    if (clock.now() >= this.#adoptAgainAt) {
      await this.#adopt(clock.now() - ABANDONED_AFTER_MS);
      this.#adoptAgainAt = clock.now() + ADOPT_EVERY_MS;
    }
    const resting = this.#pace.resting();
    const others = () => [...this.#busy, ...resting.keys()];
    const free = LANES - this.#busy.size;
    const due = free > 0 ? await store.posts.due(clock.now(), free, others()) : [];
    for (const post of due) if (!loop.stopped) this.#begin(post);
    if (this.#inTrouble) {
      await this.#deliveries.idle();
      this.#throwFailure();
      this.#inTrouble = false;
    }
    const next = await store.posts.nextDue(others());
    const until = Math.min(next ?? Number.POSITIVE_INFINITY, ...resting.values());
    return Math.min(LOOK_AGAIN_MS, Math.max(50, until - clock.now()));
  }

  #throwFailure(): void {
    if (!this.#failure) return;
    const { cause } = this.#failure;
    this.#failure = null;
    this.#inTrouble = true;
    throw cause;
  }

  #begin(post: Post): void {
    this.#busy.add(post.tenant);
    this.#pace.take(post.tenant);
    void this.#deliveries.run(async () => {
      try {
        await this.#deliver(post);
      } catch (cause) {
        this.#failure = { cause };
      } finally {
        this.#busy.delete(post.tenant);
        this.kick();
      }
    });
  }

  /**
   * One attempt. Throws only where the database takes no word of it: the post would be due again at once,
   * and for ever.
   */
  async #deliver(post: Post): Promise<void> {
    const { store, clock, logger } = this.#deps;
    const key: PostKey = { tenant: post.tenant, decision: post.decision, kind: post.kind };
    try {
      const client = await this.#deps.clientFor(post.tenant);
      if (post.state === 'unwanted') return await removePosts(this.#deps, client, key);
      if (post.kind === 'announcement') return await announce(this.#deps, client, key);
      if (post.kind === 'file') return await uploadRecord(this.#deps, client, key);
      if (post.kind === 'deadline_soon') return await remindOfDeadline(this.#deps, client, key, 'soon');
      if (post.kind === 'deadline') return await remindOfDeadline(this.#deps, client, key, 'reached');
      if (post.kind === 'edited') return await tellEdited(this.#deps, client, key);
      if (post.kind === 'revisit') return await remind(this.#deps, client, key);
      if (post.kind === 'reasoning') return await postReasoning(this.#deps, client, key, this.#forms);
      if (post.kind === 'completion') return await completeStep(this.#deps, client, key);
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
    await this.#deps.store.posts.tellAsker(card, now);
    this.kick();
  }

  /**
   * Posts whose process died, or whose answer was lost, before this moment. A card might be there
   * already, so the asker is asked; anything else may be repeated.
   */
  async #adopt(before: number): Promise<void> {
    const { store, clock, logger } = this.#deps;
    for (const post of await store.posts.abandoned(before)) {
      // Another process may have found it, too, and have it on its way again by now.
      if (!(await store.posts.adopt(post, before, clock.now()))) continue;
      logger.warn({ decision: post.decision, kind: post.kind }, 'found a post without an answer');
    }
  }
}
