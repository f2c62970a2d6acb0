import type { Levels, Prometheus } from './prometheus.ts';

/** From then on there is enough to do that loading is worth it, and what is held does not grow without end. */
const MOST_HELD = 1_000;

/**
 * Counts what the process does. What counts and writes metrics takes as long to load as a tenth of a start, and
 * nobody asks before the bot is ready: until somebody does, what happened is held and then counted.
 */
export class Metrics {
  readonly #levels: Levels;
  readonly #ofProcess: boolean;
  #held: ((to: Prometheus) => void)[] = [];
  #loading: Promise<Prometheus> | null = null;
  #loaded: Prometheus | null = null;

  /** @param ofProcess memory, CPU and the like of this process, too: once in a process */
  constructor(levels: Levels, { ofProcess = false } = {}) {
    this.#levels = levels;
    this.#ofProcess = ofProcess;
  }

  interaction(kind: string, outcome: string): void {
    this.#count((to) => to.interaction(kind, outcome));
  }

  /** @param seconds since it arrived */
  acknowledged(kind: string, seconds: number): void {
    this.#count((to) => to.acknowledged(kind, seconds));
  }

  /** @param error Slack's code; null for none */
  slackCall(method: string, error: string | null): void {
    this.#count((to) => to.slackCall(method, error));
  }

  /** In the format of Prometheus. */
  async text(): Promise<string> {
    return (await this.#load()).text();
  }

  async contentType(): Promise<string> {
    return (await this.#load()).contentType;
  }

  #count(one: (to: Prometheus) => void): void {
    if (this.#loaded) {
      one(this.#loaded);
      return;
    }
    this.#held.push(one);
    if (this.#held.length >= MOST_HELD) void this.#load();
  }

  #load(): Promise<Prometheus> {
    this.#loading ??= import('./prometheus.ts').then(({ Prometheus }) => {
      const loaded = new Prometheus(this.#levels);
      if (this.#ofProcess) loaded.watchProcess();
      for (const one of this.#held) one(loaded);
      this.#held = [];
      this.#loaded = loaded;
      return loaded;
    });
    return this.#loading;
  }
}
