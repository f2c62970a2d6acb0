/** Notifies listeners of changes, so that no caller has to poll. */
export class Changes {
  readonly #waiting = new Set<() => void>();

  notify(): void {
    for (const look of [...this.#waiting]) look();
  }

  /** Calls after every change until the returned function is called. */
  listen(call: () => void): () => void {
    this.#waiting.add(call);
    return () => void this.#waiting.delete(call);
  }

  /**
   * Resolves to the first result that is not null, undefined or false, asking now and after every change. Rejects
   * with `dump()` after `timeoutMs`.
   */
  until<T>(ask: () => T, timeoutMs: number, dump: () => string): Promise<NonNullable<T>> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(look);
      };
      const look = (): void => {
        try {
          const found = ask();
          if (found === undefined || found === null || found === false) return;
          stop();
          resolve(found);
        } catch (error) {
          stop();
          reject(error);
        }
      };
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`not so within ${timeoutMs} ms\n${dump()}`));
      }, timeoutMs);
      this.#waiting.add(look);
      look();
    });
  }
}
