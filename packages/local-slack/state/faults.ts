/** A planned failure of one Web API call. */
export type Fault =
  | { readonly error: string; readonly more?: Readonly<Record<string, unknown>> }
  | { readonly retryAfterSeconds: number }
  | { readonly status: number; readonly body?: string }
  /** Breaks the connection before or after Slack handles the call. The app can't tell which. */
  | { readonly drop: 'before' | 'after' }
  /** Never answers. Slack handles the call only with `after`. */
  | { readonly hang: 'before' | 'after' }
  /** Delays Slack's handling of the call, or by default only the response. */
  | { readonly delayMs: number; readonly when?: 'before' | 'after' }
  | { readonly held: HeldCall; readonly when: 'before' | 'after' };

/** A call that waits before or after its handling until a test releases it. */
export interface HeldCall {
  /** Resolves when the call has reached the point where it waits. */
  readonly arrived: Promise<void>;
  release(): void;
}

interface HeldCallInternals extends HeldCall {
  readonly released: Promise<void>;
  arrive(): void;
}

/** Stands for a method's name and matches the next call of any method. */
export const ANY_METHOD = '*';

/** Queue of planned faults for each method. Every call takes the next fault. */
export class Faults {
  readonly #next = new Map<string, Fault[]>();
  readonly #open = new Set<HeldCallInternals>();
  readonly #endings = new Set<() => void>();

  /** Plans faults for a method's next calls, one fault per call. */
  plan(method: string, ...faults: readonly Fault[]): void {
    this.#next.set(method, [...(this.#next.get(method) ?? []), ...faults]);
  }

  /**
   * Holds the next call of a method before it is handled, or after (Slack has handled it, but the app has no
   * response). A test awaits `arrived`, acts, then calls `release()`.
   */
  hold(method: string, when: 'before' | 'after' = 'before'): HeldCall {
    const arrived = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    const held: HeldCallInternals = {
      arrived: arrived.promise,
      arrive: arrived.resolve,
      released: released.promise,
      release: released.resolve,
    };
    this.#open.add(held);
    this.plan(method, { held, when });
    return held;
  }

  takeNext(method: string): Fault | undefined {
    return this.#next.get(method)?.shift() ?? this.#next.get(ANY_METHOD)?.shift();
  }

  /** Returns the faults that no call has taken yet. */
  pending(): { readonly method: string; readonly fault: Fault }[] {
    return [...this.#next].flatMap(([method, faults]) => faults.map((fault) => ({ method, fault })));
  }

  /** Reports a held call's arrival and waits until the test releases it. */
  async waitUntilReleased(held: HeldCall): Promise<void> {
    for (const one of this.#open) {
      if (one !== held) continue;
      one.arrive();
      await one.released;
      this.#open.delete(one);
    }
  }

  /** Waits `ms` milliseconds, or until `clear()`. */
  async pause(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    this.#endings.add(resolve);
    await promise;
    clearTimeout(timer);
    this.#endings.delete(resolve);
  }

  /** Leaves a call without a response. `clear()` calls `end`, which breaks the call's connection. */
  hang(end: () => void): void {
    this.#endings.add(end);
  }

  /** Drops all planned faults, and ends held, delayed and hanging calls. */
  clear(): void {
    this.#next.clear();
    for (const held of this.#open) held.release();
    for (const end of this.#endings) end();
    this.#endings.clear();
  }
}
