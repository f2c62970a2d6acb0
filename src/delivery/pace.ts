import type { Clock } from '../runtime/clock.ts';

/** A rate limit: `burst` calls at once, then one every `msPerCall` milliseconds. */
export interface CallRate {
  readonly burst: number;
  readonly msPerCall: number;
}

/** Rate limiter of this process, with a separate budget for each place, such as a tenant or channel. */
export class Pace {
  readonly #clock: Clock;
  readonly #limits: CallRate;
  /**
   * Monotonic time at which each place has its full burst again. Each call moves it by `msPerCall`; it may be up to
   * `burst` calls ahead of the clock.
   */
  readonly #spentUntil = new Map<string, number>();

  constructor(clock: Clock, limits: CallRate) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** Counts a call. */
  take(place: string): void {
    const spent = Math.max(this.#spentUntil.get(place) ?? 0, this.#clock.monotonic());
    this.#spentUntil.set(place, spent + this.#limits.msPerCall);
  }

  /** Returns the places without a call left, each with the monotonic time of its next call. */
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
