import { type Clock, within } from '../clock.ts';

/** Resolves where all is well; rejects with what is not. */
export type Check = () => Promise<void>;

export interface Readiness {
  readonly ready: boolean;
  /** By the name of the check: "ok", or what is wrong in a word or two. */
  readonly checks: Readonly<Record<string, string>>;
}

const CACHED_FOR_MS = 5_000;
const TIMEOUT_MS = 2_000;

/** Whether the process can do its work. Asked often, by many; looked at every five seconds at most. */
export class ReadinessChecks {
  readonly #clock: Clock;
  readonly #checks: Readonly<Record<string, Check>>;
  #latest: { readonly at: number; readonly result: Promise<Readiness> } | null = null;
  #stopping = false;
  #asked = false;

  constructor(clock: Clock, checks: Readonly<Record<string, Check>>) {
    this.#clock = clock;
    this.#checks = checks;
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
      Object.entries(this.#checks).map(async ([name, check]) => [name, await this.#one(check)] as const),
    );
    return { ready: looked.every(([, said]) => said === 'ok'), checks: Object.fromEntries(looked) };
  }

  async #one(check: Check): Promise<string> {
    try {
      return (await within(this.#clock, TIMEOUT_MS, check())) === 'late' ? 'no answer in time' : 'ok';
    } catch {
      // Why is in the log of whatever was asked; here it might tell strangers too much.
      return 'failing';
    }
  }
}
