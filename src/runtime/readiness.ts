// Checks if the process can do its work.
import { type Clock, withTimeout } from './clock.ts';
import type { Logger } from './logging.ts';

/** Resolves if the checked part works; rejects with the cause if it doesn't. */
export type Check = () => Promise<void>;

export interface Readiness {
  readonly ready: boolean;
  /** Results by the check's name: "ok", or the problem in a few words. */
  readonly checks: Readonly<Record<string, string>>;
}

const CACHED_FOR_MS = 5_000;
const TIMEOUT_MS = 2_000;

/** Runs the checks, at most once in five seconds, because balancers ask often. */
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
   * Reports "stopping" from now on. Resolves when balancers have had `noticedWithinMs` to notice, or immediately if there
   * has been no request for the readiness.
   */
  async announceStop(noticedWithinMs: number): Promise<void> {
    this.#stopping = true;
    if (!this.#asked || noticedWithinMs === 0) return;
    await new Promise<void>((resolve) => this.#clock.after(noticedWithinMs, resolve));
  }

  /** Returns the readiness without the checks. For balancers: one database outage must not remove every instance. */
  readProcess(): Readiness {
    this.#asked = true;
    return { ready: !this.#stopping, checks: { process: this.#stopping ? 'stopping' : 'ok' } };
  }

  /** Returns the readiness with the checks. */
  async read(): Promise<Readiness> {
    const process = this.readProcess();
    return process.ready ? this.check() : process;
  }

  /** Returns the results of the checks. Unlike `read`, doesn't count as a request from outside. */
  check(): Promise<Readiness> {
    const now = this.#clock.monotonic();
    if (!this.#latest || now - this.#latest.at >= CACHED_FOR_MS) {
      this.#latest = { at: now, result: this.#runChecks() };
    }
    return this.#latest.result;
  }

  async #runChecks(): Promise<Readiness> {
    const results = await Promise.all(
      Object.entries(this.#checks).map(
        async ([name, check]) => [name, await this.#runCheck(name, check)] as const,
      ),
    );
    return { ready: results.every(([, result]) => result === 'ok'), checks: Object.fromEntries(results) };
  }

  async #runCheck(name: string, check: Check): Promise<string> {
    try {
      if ((await withTimeout(this.#clock, TIMEOUT_MS, check())) === 'late') {
        this.#logFailure(name, new Error('no answer in time'));
        return 'no answer in time';
      }
    } catch (error) {
      // The cause goes to the log. /readyz is public, so the response leaves it out.
      this.#logFailure(name, error);
      return 'failing';
    }
    if (this.#failing.delete(name)) this.#logger?.info({ check: name }, 'a readiness check works again');
    return 'ok';
  }

  #logFailure(name: string, cause: unknown): void {
    if (this.#failing.has(name)) return;
    this.#failing.add(name);
    this.#logger?.warn({ check: name, err: cause }, 'a readiness check fails');
  }
}
