import type { App, Receiver } from '@slack/bolt';

/** A receiver is three methods; tests hand payloads straight to the app. */
export class InProcessReceiver implements Receiver {
  #app: App | undefined;

  get app(): App {
    if (!this.#app) throw new Error('not initialised');
    return this.#app;
  }

  init(app: App): void {
    this.#app = app;
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {}
}
