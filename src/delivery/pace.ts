import type { Clock } from '../runtime/clock.ts';

/** `burst` calls at once, and one more every `msPerCall` milliseconds. */
export interface CallRate {
  readonly burst: number;
  readonly msPerCall: number;
}

/** How fast calls in one place, as in a tenant or a channel, may follow one another, in this process. */
export class Pace {
  readonly #clock: Clock;
  readonly #limits: CallRate;
  /** Until when a place's calls are spent, one after the other; `burst` of them may be ahead of the clock. */
  readonly #spentUntil = new Map<string, number>();

  constructor(clock: Clock, limits: CallRate) {
    this.#clock = clock;
    this.#limits = limits;
  }

  take(place: string): void {
    const spent = Math.max(this.#spentUntil.get(place) ?? 0, this.#clock.monotonic());
    this.#spentUntil.set(place, spent + this.#limits.msPerCall);
  }

  /** Those that have no call left, each with when it has one again. */
  resting(): ReadonlyMap<string, number> {
    const now = this.#clock.monotonic();
    const ahead = (this.#limits.burst - 1) * this.#limits.msPerCall;
    const resting = new Map<string, number>();
    for (const [place, spentUntil] of this.#spentUntil) {
      if (spentUntil <= now) this.#spentUntil.delete(place);
      else if (spentUntil - ahead > now) resting.set(place, spentUntil - ahead);
    }
    return resting;
  }
}
