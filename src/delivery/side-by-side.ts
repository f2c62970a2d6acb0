import { InFlight } from '../runtime/in-flight.ts';

/**
 * Runs one task for each of several tenants at the same time. A loop's passes start the tasks. A task throws only if
 * the database fails; the error is kept for the next pass, so that the loop waits before it retries.
 */
export class SideBySide {
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
