import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../clock.ts';
import type { Logger } from '../logging.ts';
import { createBoundedServer, listen, type Pages, respond, servePage } from './serve.ts';
import { UnverifiedLimits } from './unverified.ts';

/** Serves only pages, without Slack's requests. For Socket Mode, where the bot opens the connection to Slack. */
export class PageServer {
  readonly #server: Server;

  constructor(pages: Pages, logger: Logger, clock = systemClock) {
    this.#server = createBoundedServer((req, res) => {
      if (req.socket.destroyed) return;
      unverified.begin(req, res);
      servePage(pages, req, res).catch((error: unknown) => {
        logger.error({ err: error }, 'request failed');
        respond(res, 500);
      });
    });
    const unverified = new UnverifiedLimits(this.#server, logger, clock);
  }

  start(host: string, port: number): Promise<AddressInfo> {
    return listen(this.#server, host, port);
  }

  async stop(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    this.#server.closeAllConnections();
    await promise;
  }
}
