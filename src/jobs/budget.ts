/**
 * How many calls may still be made: `burst` at once, refilled evenly. In no minute are there more than
 * `burst + perMinute` of them.
 */
export class Budget {
  readonly #burst: number;
  readonly #msPerCall: number;
  #left: number;
  #at: number;

  constructor(limits: { readonly burst: number; readonly perMinute: number }, now: number) {
    this.#burst = limits.burst;
    this.#msPerCall = 60_000 / limits.perMinute;
    this.#left = limits.burst;
    this.#at = now;
  }

  /** Takes one call if there is one. */
  take(now: number): boolean {
    this.#refill(now);
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }

  /** Milliseconds until there is one. */
  wait(now: number): number {
    this.#refill(now);
    return this.#left >= 1 ? 0 : Math.ceil((1 - this.#left) * this.#msPerCall);
  }

  /** Slack said that there are none before then. */
  noneBefore(time: number, now: number): void {
    this.#refill(now);
    this.#left = 0;
    this.#at = Math.max(this.#at, time - this.#msPerCall);
  }

  #refill(now: number): void {
    if (now <= this.#at) return;
    this.#left = Math.min(this.#burst, this.#left + (now - this.#at) / this.#msPerCall);
    this.#at = now;
  }
}
