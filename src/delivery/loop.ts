import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logging.ts';
import { pause } from './pause.ts';

export interface LoopParts {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Said in the log when a pass breaks off. */
  readonly trouble: string;
  /** After a pass, the next one waits this long however often it is asked for, in milliseconds; not at all unless told. */
  readonly restMs?: number | undefined;
  /** One look at what is due. Resolves to when to look again, in milliseconds. */
  pass(loop: LoopState): Promise<number>;
}

/** What a pass may ask of its loop. */
export interface LoopState {
  /** End soon: the process is about to. */
  readonly stopped: boolean;
}

/**
 * Works off what the database says is due: at once when somebody says that there may be something, else after the
 * time that the last pass asked for. One pass at a time.
 */
export class Loop implements LoopState {
  readonly #parts: LoopParts;
  #running: Promise<void> | null = null;
  #again = false;
  #stopped = false;
  /** Passes in a row that broke off. */
  #brokenOff = 0;
  /** When the next look is due, in monotonic milliseconds, and what cancels it; null if none is scheduled. */
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

  /** Something may be due: look now. Never throws, never waits. */
  kick(): void {
    if (this.#stopped) return;
    if (this.#running) {
      this.#again = true;
      return;
    }
    const rest = this.#restsUntil - this.#parts.clock.monotonic();
    if (rest > 0) this.#lookIn(rest);
    else this.#look();
  }

  /** Lets the pass that is running end, and starts no other. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#lookNoMore();
    await this.#running;
  }

  /** Resolves when nothing is being done. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  #look(): void {
    this.#lookNoMore();
    this.#running = this.#run().finally(() => {
      this.#running = null;
    });
  }

  #lookNoMore(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }

  /** By then at the latest. Every vote asks for it, so a timer that is sooner is left as it is. */
  #lookIn(ms: number): void {
    const at = this.#parts.clock.monotonic() + ms;
    if (this.#timer !== null && this.#timer.at <= at) return;
    this.#lookNoMore();
    const cancel = this.#parts.clock.after(ms, () => {
      this.#timer = null;
      if (!this.#running && !this.#stopped) this.#look();
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
      this.#brokenOff = 0;
    } catch (error) {
      // A full disk or a lost connection: whatever else is due would fail alike.
      this.#brokenOff += 1;
      pauseMs = pause(0, this.#brokenOff);
      logger.error({ err: error, pauseMs }, trouble);
    }
    this.#restsUntil = clock.monotonic() + restMs;
    if (!this.#stopped) this.#lookIn(pauseMs);
  }
}
