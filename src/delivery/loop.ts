// The loop that works off a queue in the database, and the tasks that its passes start.
import type { Clock } from '../runtime/clock.ts';
import { InFlight } from '../runtime/in-flight.ts';
import type { Logger } from '../runtime/logging.ts';
import { retryDelay } from './retry-delay.ts';

export interface LoopParts {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Log message for a pass that failed. */
  readonly trouble: string;
  /** Minimum time between two passes, in milliseconds; 0 by default. */
  readonly restMs?: number | undefined;
  /** Does the work that is due. Resolves to the time until the next pass, in milliseconds. */
  pass(loop: LoopState): Promise<number>;
}

/** The part of a loop that its passes see. */
export interface LoopState {
  /** True once the process is shutting down, so the pass must end soon. */
  readonly stopped: boolean;
}

/**
 * Runs passes over a queue in the database, one at a time: at once after `kick`, else after the time that the last pass
 * asked for.
 */
export class Loop implements LoopState {
  readonly #parts: LoopParts;
  #running: Promise<void> | null = null;
  #again = false;
  #stopped = false;
  /** Number of failed passes in a row. */
  #failures = 0;
  /** Time of the next pass in monotonic milliseconds, and the function that cancels it; null if none is scheduled. */
  #timer: { readonly at: number; readonly cancel: () => void } | null = null;
  /** The end of the rest after a pass, in monotonic milliseconds. */
  #restsUntil = 0;

  constructor(parts: LoopParts) {
    this.#parts = parts;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  /** Starts a pass, because something may be due. Never throws, never waits. */
  kick(): void {
    if (this.#stopped) return;
    if (this.#running) {
      this.#again = true;
      return;
    }
    const rest = this.#restsUntil - this.#parts.clock.monotonic();
    if (rest > 0) this.#schedule(rest);
    else this.#startPass();
  }

  /** Waits for the running pass to end, and starts no other. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer();
    await this.#running;
  }

  /** Resolves when no pass is running. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  #startPass(): void {
    this.#cancelTimer();
    this.#running = this.#run().finally(() => {
      this.#running = null;
    });
  }

  #cancelTimer(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }

  /** Schedules a pass in `ms` at the latest. Every vote calls this, so an earlier timer is kept. */
  #schedule(ms: number): void {
    const at = this.#parts.clock.monotonic() + ms;
    if (this.#timer !== null && this.#timer.at <= at) return;
    this.#cancelTimer();
    const cancel = this.#parts.clock.after(ms, () => {
      this.#timer = null;
      if (!this.#running && !this.#stopped) this.#startPass();
    });
    this.#timer = { at, cancel };
  }

  async #run(): Promise<void> {
    const { clock, logger, trouble, pass, restMs = 0 } = this.#parts;
    let pauseMs = 0;
    try {
      do {
        this.#again = false;
        pauseMs = await pass(this);
      } while (this.#again && restMs === 0 && !this.#stopped);
      if (this.#again) pauseMs = Math.min(pauseMs, restMs);
      this.#failures = 0;
    } catch (error) {
      // A full disk or a lost connection: other due work would fail the same way.
      this.#failures += 1;
      pauseMs = retryDelay(this.#failures);
      logger.error({ err: error, pauseMs }, trouble);
    }
    this.#restsUntil = clock.monotonic() + restMs;
    if (!this.#stopped) this.#schedule(pauseMs);
  }
}

/**
 * Runs tasks concurrently, at most one for each tenant. A task throws only if the database fails. The error is kept for
 * the next pass, so that the loop waits before it retries.
 */
export class TenantTasks {
  readonly #running = new InFlight();
  readonly #tenants = new Set<string>();
  #failure: { readonly cause: unknown } | null = null;

  /** Tenants with a running task. */
  get tenants(): ReadonlySet<string> {
    return this.#tenants;
  }

  /** Starts a task. Resolves when it has ended, even if it failed; calls `over` just before. */
  run(tenant: string, work: () => Promise<void>, over: () => void): Promise<void> {
    this.#tenants.add(tenant);
    return this.#running.run(async () => {
      try {
        await work();
      } catch (cause) {
        this.#failure = { cause };
      } finally {
        this.#tenants.delete(tenant);
        over();
      }
    });
  }

  get hasFailed(): boolean {
    return this.#failure !== null;
  }

  /** Throws the last task's error, once. */
  throwFailure(): void {
    if (!this.#failure) return;
    const { cause } = this.#failure;
    this.#failure = null;
    throw cause;
  }

  /** Resolves when no task is running. */
  idle(): Promise<void> {
    return this.#running.idle();
  }
}
