import type { Clock } from '../../src/runtime/clock.ts';

/** A clock that stands still until a test moves it. */
export class TestClock implements Clock {
  /** By how much the time of day is ahead of the monotonic time. */
  #offset: number;
  #now = 0;
  #timers: { at: number; call: () => void }[] = [];

  constructor(start = Date.UTC(2026, 10, 23, 9, 0, 0)) {
    this.#offset = start;
  }

  now(): number {
    return this.#offset + this.#now;
  }

  monotonic(): number {
    return this.#now;
  }

  /** Sets the time of day forward, or back with a negative number. */
  set(ms: number): void {
    this.#offset += ms;
  }

  after(ms: number, call: () => void): () => void {
    const timer = { at: this.#now + ms, call };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((t) => t !== timer);
    };
  }

  /** Moves on and calls what is due, in order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#timers.filter((t) => t.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#timers = this.#timers.filter((t) => t !== next);
      this.#now = next.at;
      next.call();
    }
    this.#now = end;
  }
}
