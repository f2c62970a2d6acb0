import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from '../logging.ts';
import type { Page } from './receiver.ts';

/** Serves pages alone, for a bot that opens its connection to Slack itself. */
export class PageServer {
  readonly #server: Server;

  constructor(pages: Readonly<Record<string, Page>>, logger: Logger) {
    this.#server = createServer((req, res) => {
      const path = req.url?.split('?', 1)[0] ?? '';
      const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
      if (!page) return void res.writeHead(404).end();
      if (req.method !== 'GET' && req.method !== 'HEAD')
        return void res.writeHead(405, { allow: 'GET' }).end();
      page(req, res).catch((error: unknown) => {
        logger.error({ err: error }, 'request failed');
        if (!res.headersSent) res.writeHead(500);
        res.end();
      });
    });
  }

  /** Resolves to the address it listens on. */
  async start(host: string, port: number): Promise<AddressInfo> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#server.once('error', reject);
    this.#server.listen(port, host, resolve);
    await promise;
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('listening on no port');
    return address;
  }

  async stop(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    this.#server.closeAllConnections();
    await promise;
  }
}
