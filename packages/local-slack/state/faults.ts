/** What goes wrong with one call of the Web API. */
export type Fault =
  | { readonly error: string; readonly more?: Readonly<Record<string, unknown>> }
  /** HTTP 429 with Retry-After. */
  | { readonly retryAfterSeconds: number }
  | { readonly status: number; readonly body?: string }
  /** The connection breaks: before Slack has done anything, or after it did, so that the app does not know. */
  | { readonly drop: 'before' | 'after' }
  /** No answer, ever. */
  | { readonly hang: 'before' | 'after' }
  /** Takes its time before Slack does anything, or (unless told) between that and the answer. */
  | { readonly delayMs: number; readonly when?: 'before' | 'after' }
  | { readonly held: HeldCall; readonly when: 'before' | 'after' };

/** A call that waits at a known point until it is released. */
export interface HeldCall {
  /** Resolves when the call has arrived there. */
  readonly arrived: Promise<void>;
  release(): void;
}

interface HeldCallInternals extends HeldCall {
  readonly released: Promise<void>;
  arrive(): void;
}

/** In place of a method's name: the next call of whatever method. */
export const ANY_METHOD = '*';

/** Faults in line for each method; every call takes the next one. */
export class Faults {
  readonly #next = new Map<string, Fault[]>();
  readonly #open = new Set<HeldCallInternals>();
  readonly #endings = new Set<() => void>();

  /** The next calls of a method go wrong, one fault each. */
  plan(method: string, ...faults: readonly Fault[]): void {
    this.#next.set(method, [...(this.#next.get(method) ?? []), ...faults]);
  }

  /**
   * Holds the next call of a method, before it is handled or after (it has then happened, but the app has no
   * answer). Await `arrived`, do what the test is about, `release()`.
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

  /** What has not happened yet. */
  pending(): { readonly method: string; readonly fault: Fault }[] {
    return [...this.#next].flatMap(([method, faults]) => faults.map((fault) => ({ method, fault })));
  }

  /** Waits where a held call waits. */
  async waitUntilReleased(held: HeldCall): Promise<void> {
    for (const one of this.#open) {
      if (one !== held) continue;
      one.arrive();
      await one.released;
      this.#open.delete(one);
    }
  }

  /** Waits for so long, unless everything is cleared before. */
  async pause(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    this.#endings.add(resolve);
    await promise;
    clearTimeout(timer);
    this.#endings.delete(resolve);
  }

  /** A call is left without an answer; `end` breaks its connection when everything is cleared. */
  hang(end: () => void): void {
    this.#endings.add(end);
  }

  /** Forgets what has not happened yet and lets go of what is held, late or without an answer. */
  clear(): void {
    this.#next.clear();
    for (const held of this.#open) held.release();
    for (const end of this.#endings) end();
    this.#endings.clear();
  }
}
