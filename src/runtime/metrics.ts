import type { Levels, Prometheus } from './prometheus.ts';

/** More than happens until everything is loaded; what comes after them is lost, where that never is. */
const MOST_HELD = 20_000;

/**
 * Counts what the process does. What counts and writes metrics takes a twelfth of a start to load, and nobody asks
 * before the bot is ready. So it is loaded after that; what has happened by then is held, and counted.
 */
export class Metrics {
  readonly #levels: Levels;
  readonly #ofProcess: boolean;
  readonly #import: () => Promise<typeof import('./prometheus.ts')>;
  #held: ((to: Prometheus) => void)[] = [];
  #loading: Promise<Prometheus> | null = null;
  #loaded: Prometheus | null = null;

  /** @param ofProcess memory, CPU and the like of this process, too: once in a process */
  constructor(levels: Levels, { ofProcess = false, load = () => import('./prometheus.ts') } = {}) {
    this.#levels = levels;
    this.#ofProcess = ofProcess;
    this.#import = load;
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
    return (await this.load()).text();
  }

  #count(one: (to: Prometheus) => void): void {
    if (this.#loaded) one(this.#loaded);
    else if (this.#held.length < MOST_HELD) this.#held.push(one);
  }

  /** What writes them; whoever asks next need not wait for it. Rejects where it cannot be loaded; the next call tries again. */
  load(): Promise<Prometheus> {
    this.#loading ??= this.#import()
      .then(({ Prometheus }) => {
        const loaded = new Prometheus(this.#levels);
        if (this.#ofProcess) loaded.watchProcess();
        for (const one of this.#held) one(loaded);
        this.#held = [];
        this.#loaded = loaded;
        return loaded;
      })
      .catch((error: unknown) => {
        this.#loading = null;
        throw error;
      });
    return this.#loading;
  }
}
