import type { Clock } from '../runtime/clock.ts';

export interface FairTurnsOptions {
  readonly clock: Clock;
  /** How many begin in one turn of the event loop; the next turn looks at what has arrived since. */
  readonly perTurn?: number;
  /** How many of one party may be running at a time. */
  readonly atOnce?: number;
  /** What has waited so long, in milliseconds, need not begin any more. */
  readonly waitAtMostMs?: number;
}

/** Somebody's work may begin. */
export interface Turn {
  /** It is over, as far as others have to wait for it; harmless when called again. */
  end(): void;
}

interface Waiting {
  readonly until: number;
  readonly resolve: (turn: Turn | null) => void;
}

/**
 * One process serves many workspaces, and its event loop takes what comes in the order in which it came: whoever sends
 * more than it can do would let all others wait. So each turn of the loop begins only so much, one of each party in
 * rotation. Where there is no more than that to do, nothing waits and nothing is ever too late.
 */
export class FairTurns {
  readonly #options: Required<FairTurnsOptions>;
  /** By party, in the order in which they are served. */
  readonly #waiting = new Map<string, Waiting[]>();
  readonly #running = new Map<string, number>();
  /** In this turn of the event loop. */
  #begun = 0;
  #turnEnds = false;
  #timer = false;

  constructor({ clock, perTurn = 8, atOnce = 128, waitAtMostMs = 2_000 }: FairTurnsOptions) {
    this.#options = { clock, perTurn, atOnce, waitAtMostMs };
  }

  /** Resolves when this party may begin something: at once, unless others are in front; to null when that took too long. */
  enter(party: string): Turn | Promise<Turn | null> {
    const { clock, perTurn, waitAtMostMs } = this.#options;
    const queue = this.#waiting.get(party);
    if (queue === undefined && this.#waiting.size === 0 && this.#begun < perTurn && this.#isFree(party)) {
      return this.#begin(party);
    }
    const { promise, resolve } = Promise.withResolvers<Turn | null>();
    const waiting = { until: clock.monotonic() + waitAtMostMs, resolve };
    if (queue) queue.push(waiting);
    else this.#waiting.set(party, [waiting]);
    this.#watchTheTime();
    this.#endTurn();
    return promise;
  }

  #isFree(party: string): boolean {
    return (this.#running.get(party) ?? 0) < this.#options.atOnce;
  }

  #begin(party: string): Turn {
    this.#begun += 1;
    this.#running.set(party, (this.#running.get(party) ?? 0) + 1);
    this.#endTurn();
    let over = false;
    return {
      end: () => {
        if (over) return;
        over = true;
        const left = (this.#running.get(party) ?? 1) - 1;
        if (left > 0) this.#running.set(party, left);
        else this.#running.delete(party);
        if (this.#waiting.has(party)) this.#endTurn();
      },
    };
  }

  /** Counts anew once everything that has arrived was looked at, and lets in who waits. */
  #endTurn(): void {
    if (this.#turnEnds) return;
    this.#turnEnds = true;
    setImmediate(() => {
      this.#turnEnds = false;
      this.#begun = 0;
      this.#letIn();
    });
  }

  #letIn(): void {
    // Who is put back at the end comes again in this loop.
    for (const [party, queue] of this.#waiting) {
      if (this.#begun >= this.#options.perTurn) {
        this.#endTurn();
        return;
      }
      if (!this.#isFree(party)) continue; // Its next end lets it in.
      const next = queue.shift();
      this.#waiting.delete(party);
      if (queue.length > 0) this.#waiting.set(party, queue);
      next?.resolve(this.#begin(party));
    }
  }

  #watchTheTime(): void {
    if (this.#timer) return;
    const oldest = Math.min(
      ...[...this.#waiting.values()].map(([first]) => first?.until ?? Number.POSITIVE_INFINITY),
    );
    if (oldest === Number.POSITIVE_INFINITY) return;
    const { clock } = this.#options;
    this.#timer = true;
    clock.after(Math.max(0, oldest - clock.monotonic()), () => {
      this.#timer = false;
      this.#giveUp();
      this.#watchTheTime();
    });
  }

  #giveUp(): void {
    const now = this.#options.clock.monotonic();
    for (const [party, queue] of this.#waiting) {
      const late = queue.findIndex(({ until }) => until > now);
      const over = queue.splice(0, late === -1 ? queue.length : late);
      if (queue.length === 0) this.#waiting.delete(party);
      for (const { resolve } of over) resolve(null);
    }
  }
}
