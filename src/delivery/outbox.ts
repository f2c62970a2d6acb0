import { type Post, type PostKey, SET_ASIDE } from '../decision/post.ts';
import { failureOf } from '../slack/failures.ts';
import { CALL_TIMEOUT_MS } from '../slack/web-client.ts';
import { Breaker } from './breaker.ts';
import { CallLimits } from './call-limits.ts';
import type { Deliveries } from './deliver.ts';
import type { Deps } from './deps.ts';
import { type Heard, heardOf, NOTHING } from './heard.ts';
import { Loop, type LoopState } from './loop.ts';
import { pause } from './pause.ts';
import { removePosts } from './remove-posts.ts';
import { SideBySide } from './side-by-side.ts';

type Placed = Pick<Post, 'tenant' | 'decision' | 'kind' | 'state' | 'channel'>;

interface Said {
  readonly tenant: string;
  readonly channel: string;
  /** What it was, so that the same one failing twice is not taken for two. */
  readonly about: string;
}

/** A request that left this long ago has been answered or never will be. */
const ABANDONED_AFTER_MS = 4 * CALL_TIMEOUT_MS;
const LOOK_AGAIN_MS = 15_000;
/** How often it is looked for such, however often something else is due. */
const ADOPT_EVERY_MS = 5_000;
/** For so many workspaces at once: one whose calls take long keeps no other waiting. */
const LANES = 16;
/** A post that fails in a way nobody foresaw waits this long, so that it does not stand before the others. */
const STUMBLED_PAUSE_MS = 60_000;
/** A card that Slack has not taken so often may itself be why. */
const SUSPECT_FROM_ATTEMPTS = 3;

/**
 * Brings to Slack what the database says is wanted: cards whose first attempt failed or whose process
 * died, the reasoning in their threads, private words to askers. The database is the queue, so nothing
 * is lost when the process ends. One after the other for each workspace, side by side for several.
 *
 * The cards of a channel come in the order in which they were asked for (see `due`), so one that Slack does not take
 * holds up those behind it. Whether that is Slack's doing or the card's own is found out by trying the next one right
 * after it: if only that one is taken, the first is set aside. While nothing is taken, all keep their places, and a
 * breaker sees to it that only one is tried at a time.
 */
export class Outbox {
  readonly #deps: Deps;
  readonly #deliveries: Deliveries;
  readonly #loop: Loop;
  readonly #limits: CallLimits;
  readonly #breaker: Breaker;
  readonly #running = new SideBySide();
  /** Since the database took no word of a delivery, each pass waits for what it begins, to find out whether it does again. */
  #inTrouble = false;
  /** When abandoned posts are adopted next, in monotonic milliseconds. */
  #adoptAgainAt = 0;

  constructor(deps: Deps, deliveries: Deliveries) {
    this.#deps = deps;
    this.#deliveries = deliveries;
    const { clock, logger } = deps;
    this.#limits = new CallLimits(clock);
    this.#breaker = new Breaker(clock);
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
    await this.#running.idle();
  }

  /** Resolves when nothing is being done. */
  async idle(): Promise<void> {
    do {
      await this.#loop.idle();
      await this.#running.idle();
      // What has arrived makes it look again.
    } while (this.#loop.isRunning);
  }

  /** Begins what is due and in nobody's way; whatever ends makes it look again. */
  async #pass(loop: LoopState): Promise<number> {
    const { store, clock } = this.#deps;
    this.#throwFailure();
    if (clock.monotonic() >= this.#adoptAgainAt) {
      await this.#adopt(clock.now() - ABANDONED_AFTER_MS);
      this.#adoptAgainAt = clock.monotonic() + ADOPT_EVERY_MS;
    }
    const resting = new Map([...this.#limits.resting(), ...this.#breaker.resting()]);
    const others = () => [...this.#running.tenants, ...resting.keys()];
    const { lanes, more } = this.#breaker.lanes(LANES);
    const free = lanes - this.#running.tenants.size;
    const due = free > 0 ? await store.posts.due(clock.now(), free, others()) : [];
    for (const post of due) if (!loop.stopped) this.#begin(post);
    if (this.#inTrouble) {
      await this.#running.idle();
      this.#throwFailure();
      this.#inTrouble = false;
    }
    // Whatever ends makes it look again.
    const next = lanes > 0 && free <= due.length ? null : await store.posts.nextDue(clock.now(), others());
    const monotonic = clock.monotonic();
    const dueIn = (next ?? Number.POSITIVE_INFINITY) - clock.now();
    const soonest = Math.max(dueIn, lanes > 0 ? 0 : more - monotonic);
    const wait = Math.min(soonest, ...[...resting.values()].map((until) => until - monotonic));
    return Math.min(LOOK_AGAIN_MS, Math.max(50, wait));
  }

  #throwFailure(): void {
    if (this.#running.hasFailed) this.#inTrouble = true;
    this.#running.throwFailure();
  }

  #begin(post: Post): void {
    this.#limits.take(post);
    void this.#running.run(
      post.tenant,
      () => this.#bring(post),
      () => this.kick(),
    );
  }

  /** Throws only where the database takes no word of it: the post would be due again at once, and for ever. */
  async #bring(post: Post): Promise<void> {
    const { store, clock, logger } = this.#deps;
    const isNewCard = post.kind === 'card' && post.state === 'wanted';
    if (isNewCard && this.#breaker.isOpen(post.tenant) && !(await this.#answers(post))) return;
    const heard = await this.#deliver(post);
    const mayBeWhy =
      heard === 'stumbled' || (heard.kind === 'trouble' && post.attempts + 1 >= SUSPECT_FROM_ATTEMPTS);
    const holdsUpOthers = isNewCard && post.error !== SET_ASIDE;
    if (!mayBeWhy || !holdsUpOthers) return;
    const behind = await store.posts.behind(post, clock.now());
    if (!behind) return;
    this.#limits.take(behind);
    const next = await this.#deliver(behind);
    if (next === 'stumbled' || next.kind !== 'answer') return;
    await store.posts.setAside(
      post,
      clock.now() + (heard === 'stumbled' ? STUMBLED_PAUSE_MS : pause(0, post.attempts + 1)),
    );
    logger.warn({ decision: post.decision }, 'a card that alone fails was set aside');
  }

  /**
   * Does Slack answer again? Asked before a card is risked: one that leaves and gets no answer may be there, so that a
   * person has to say whether it is.
   */
  async #answers(post: Post): Promise<boolean> {
    try {
      const client = await this.#deps.clientFor(post.tenant);
      await client.auth.test();
    } catch (error) {
      const heard = heardIn(error);
      await this.#hear(post, heard);
      return heard.kind !== 'trouble';
    }
    return true;
  }

  /** One attempt. Resolves to what it says about Slack; `stumbled` where it failed in a way nobody foresaw. */
  async #deliver(post: Post): Promise<Heard | 'stumbled'> {
    const { store, clock, logger } = this.#deps;
    const key: PostKey = { tenant: post.tenant, decision: post.decision, kind: post.kind };
    try {
      const heard = await this.#attempt(post, key);
      await this.#hear(post, heard);
      return heard;
    } catch (error) {
      // One that fails in a way nobody foresaw must not keep the others from being posted. Where it had
      // left already it stays `sent` and is adopted later.
      await store.posts.postpone(key, clock.now() + STUMBLED_PAUSE_MS);
      logger.error({ err: error, decision: post.decision, kind: post.kind }, 'posting failed');
      return 'stumbled';
    }
  }

  async #attempt(post: Post, key: PostKey): Promise<Heard> {
    const client = await this.#deps.clientFor(post.tenant);
    if (post.state === 'unwanted') return removePosts(this.#deps, client, key);
    return this.#deliveries[post.kind](this.#deps, client, key);
  }

  async #hear(post: Placed, heard: Heard): Promise<void> {
    if (heard.kind === 'answer' && this.#breaker.worked(post.tenant)) {
      await this.#deps.store.posts.wake(post.tenant, this.#deps.clock.now());
    }
    if (heard.kind !== 'trouble') return;
    const { failure } = heard;
    // Too many calls are no failure of Slack's: it says itself when it takes the next one.
    if (failure.code !== 'ratelimited') this.#breaker.failed(post.tenant, post.decision);
    else if (failure.kind === 'later') this.#limits.refused(post, failure.afterMs);
  }

  /** While it does, nobody else need try: what is wanted is posted when it works again. */
  isFailing(tenant: string): boolean {
    return this.#breaker.isOpen(tenant);
  }

  /** Somebody else has tried to say something in a channel: it counts like what is said from here. */
  async said({ tenant, channel, about }: Said, heard: Heard): Promise<void> {
    const post = { tenant, channel, decision: about, kind: 'card', state: 'sent' } as const;
    if (heard.kind !== 'nothing') this.#limits.take(post);
    await this.#hear(post, heard);
    this.kick();
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

/** `nothing` for what is neither Slack's doing nor the network's: the attempt itself will find out. */
function heardIn(error: unknown): Heard {
  try {
    return heardOf(failureOf(error));
  } catch {
    return NOTHING;
  }
}
