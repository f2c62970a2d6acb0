import { type Clock, within } from './clock.ts';
import type { Logger } from './logging.ts';

/** Resolves where all is well; rejects with what is not. */
export type Check = () => Promise<void>;

export interface Readiness {
  readonly ready: boolean;
  /** By the name of the check: "ok", or what is wrong in a word or two. */
  readonly checks: Readonly<Record<string, string>>;
}

const CACHED_FOR_MS = 5_000;
const TIMEOUT_MS = 2_000;

/** Checks whether the process can do its work. Callers ask often, so each check runs at most once in five seconds. */
export class ReadinessChecks {
  readonly #clock: Clock;
  readonly #checks: Readonly<Record<string, Check>>;
  readonly #logger: Pick<Logger, 'info' | 'warn'> | null;
  readonly #failing = new Set<string>();
  #latest: { readonly at: number; readonly result: Promise<Readiness> } | null = null;
  #stopping = false;
  #asked = false;

  constructor(
    clock: Clock,
    checks: Readonly<Record<string, Check>>,
    logger: Pick<Logger, 'info' | 'warn'> | null = null,
  ) {
    this.#clock = clock;
    this.#checks = checks;
    this.#logger = logger;
  }

  /**
   * From now on nothing more is to be sent here. Resolves when those who ask have had so long to notice; at once where
   * nobody has ever asked.
   */
  async stopping(noticedWithinMs: number): Promise<void> {
    this.#stopping = true;
    if (!this.#asked || noticedWithinMs === 0) return;
    await new Promise<void>((resolve) => this.#clock.after(noticedWithinMs, resolve));
  }

  /** The process alone, whatever it needs: for whoever sends requests to several that all need the same. */
  process(): Readiness {
    this.#asked = true;
    return { ready: !this.#stopping, checks: { process: this.#stopping ? 'stopping' : 'ok' } };
  }

  async read(): Promise<Readiness> {
    const process = this.process();
    return process.ready ? this.look() : process;
  }

  /** How it is, for our own use. */
  look(): Promise<Readiness> {
    const now = this.#clock.monotonic();
    if (!this.#latest || now - this.#latest.at >= CACHED_FOR_MS) {
      this.#latest = { at: now, result: this.#lookAnew() };
    }
    return this.#latest.result;
  }

  async #lookAnew(): Promise<Readiness> {
    const looked = await Promise.all(
      Object.entries(this.#checks).map(
        async ([name, check]) => [name, await this.#one(name, check)] as const,
      ),
    );
    return { ready: looked.every(([, said]) => said === 'ok'), checks: Object.fromEntries(looked) };
  }

  async #one(name: string, check: Check): Promise<string> {
    try {
      if ((await within(this.#clock, TIMEOUT_MS, check())) === 'late') {
        this.#fails(name, new Error('no answer in time'));
        return 'no answer in time';
      }
    } catch (error) {
      // The cause goes to the log. /readyz is public, so the response leaves it out.
      this.#fails(name, error);
      return 'failing';
    }
    if (this.#failing.delete(name)) this.#logger?.info({ check: name }, 'a readiness check works again');
    return 'ok';
  }

  #fails(name: string, cause: unknown): void {
    if (this.#failing.has(name)) return;
    this.#failing.add(name);
    this.#logger?.warn({ check: name, err: cause }, 'a readiness check fails');
  }
}
