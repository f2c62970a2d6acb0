import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from '../logging.ts';
import { listen, type Pages, respond, servePage } from './serve.ts';

/** Serves pages alone, for a bot that opens its connection to Slack itself. */
export class PageServer {
  readonly #server: Server;

  constructor(pages: Pages, logger: Logger) {
    this.#server = createServer((req, res) => {
      servePage(pages, req, res).catch((error: unknown) => {
        logger.error({ err: error }, 'request failed');
        respond(res, 500);
      });
    });
  }

  /** Resolves to the address it listens on. */
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
