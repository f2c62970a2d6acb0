/** Counts running work, so that the process can wait for it before it exits. */
export class InFlight {
  #running = 0;
  #whenIdle: (() => void)[] = [];

  /** Counts one piece of work. The caller must call `end` after it, even if it fails. */
  begin(): void {
    this.#running += 1;
  }

  end(): void {
    this.#running -= 1;
    if (this.#running === 0) this.#resolveIdle();
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    this.begin();
    try {
      return await work();
    } finally {
      this.end();
    }
  }

  /** Resolves when no work is running. Failed work counts as ended. */
  async idle(): Promise<void> {
    while (this.#running > 0) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
  }

  #resolveIdle(): void {
    const resolvers = this.#whenIdle;
    this.#whenIdle = [];
    for (const resolve of resolvers) resolve();
  }
}
