// Shared by the receiver and the page server: the server itself, paths, pages and responses.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freeBuffer } from './body.ts';

/** Answers one request. The server logs an error that it throws, and sends an empty 500. */
export type PageHandler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;
/** Handlers by path, for GET and HEAD. */
export type Pages = Readonly<Record<string, PageHandler>>;

/**
 * Longest queue of connections to accept; the system may allow fewer. Node accepts one in each turn of its event loop.
 * When the queue is full, the system makes each further connection wait for seconds.
 */
const BACKLOG = 4_096;

/** Timeouts in milliseconds. A slow request holds a connection that other senders could use. */
export const TIMEOUTS = {
  headers: 10_000,
  /** Time for a whole request to arrive. */
  request: 15_000,
  /** How often Node looks for requests and headers that took too long. */
  check: 5_000,
  /** Longer than balancers keep idle connections (60 s is common). Otherwise they would send on a closed connection. */
  idle: 65_000,
};

/** Slack and its proxies send 2 kB in thirty headers. Node uses up to ten times the length of half-sent headers. */
const MOST_HEADERS = 100;
const HEADERS_BYTES = 8 * 1024;

/** Makes an HTTP server that drops slow senders and buffers little of their data. */
export function createBoundedServer(
  handle: (req: IncomingMessage, res: ServerResponse) => void,
  timeouts = TIMEOUTS,
): Server {
  const server = createServer(
    {
      headersTimeout: timeouts.headers,
      requestTimeout: timeouts.request,
      keepAliveTimeout: timeouts.idle,
      connectionsCheckingInterval: timeouts.check,
      maxHeaderSize: HEADERS_BYTES,
    },
    handle,
  );
  server.maxHeadersCount = MOST_HEADERS;
  return server;
}

/** Starts to listen. Resolves to the server's address. */
export async function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen({ port, host, backlog: BACKLOG }, resolve);
  await promise;
  server.off('error', reject);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('listening on no port');
  return address;
}

/** Returns the path. The request may contain a whole URL: https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2 */
export function pathOf({ url = '' }: IncomingMessage): string {
  if (/^https?:\/\//i.test(url)) return URL.parse(url)?.pathname ?? '';
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}

export const queryOf = (req: IncomingMessage): URLSearchParams =>
  new URL(req.url ?? '/', 'http://localhost').searchParams;

/** Discards an unneeded body, and lets the response close the connection. Returns false without a body. */
export function discardBody(req: IncomingMessage, res: ServerResponse): boolean {
  const { headers } = req;
  if (headers['transfer-encoding'] === undefined && !(Number(headers['content-length']) > 0)) return false;
  req.on('data', freeBuffer);
  res.setHeader('connection', 'close');
  return true;
}

export async function servePage(pages: Pages, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const hasBody = discardBody(req, res);
  const path = pathOf(req);
  const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
  if (!page) return respond(res, 404);
  if (req.method !== 'GET' && req.method !== 'HEAD') return respond(res, 405, { allow: 'GET' });
  // Pages may take seconds, and the body would wait in memory. https://www.rfc-editor.org/rfc/rfc9110#section-9.3.1
  if (hasBody) return respond(res, 400);
  await page(req, res);
}

/** Sends a response, unless one has started or the sender has hung up. */
export function respond(
  res: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): void {
  if (res.headersSent || res.destroyed) return;
  res.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  res.end(body);
}
