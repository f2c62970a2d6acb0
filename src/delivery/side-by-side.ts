import { InFlight } from '../runtime/in-flight.ts';

/**
 * Work for several tenants at the same time, one piece each, begun by the passes of a loop. It throws only what the
 * database does not take; that is kept for the next pass, whose loop knows how to wait then.
 */
export class SideBySide {
  readonly #running = new InFlight();
  readonly #tenants = new Set<string>();
  #failure: { readonly cause: unknown } | null = null;

  /** Tenants that something is being done for. */
  get tenants(): ReadonlySet<string> {
    return this.#tenants;
  }

  /** Resolves when it is over, however it ended; `over` is called just before. */
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

  /** Once. */
  throwFailure(): void {
    if (!this.#failure) return;
    const { cause } = this.#failure;
    this.#failure = null;
    throw cause;
  }

  /** Resolves when nothing is running. */
  idle(): Promise<void> {
    return this.#running.idle();
  }
}
