import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers one request. What it throws is logged, and the answer is a bare 500. */
export type Page = (req: IncomingMessage, res: ServerResponse) => Promise<void>;
/** By path; only by GET. */
export type Pages = Readonly<Record<string, Page>>;

/**
 * Connections that are there and wait to be taken; the system may allow fewer. Node takes one in each turn of its event
 * loop, and of those that find no place here the system lets each wait for seconds.
 */
const BACKLOG = 4_096;

/** Resolves to the address it listens on. */
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

/** A sender may name the whole address, as it would to a proxy; https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2 */
export function pathOf({ url = '' }: IncomingMessage): string {
  if (/^https?:\/\//i.test(url)) return URL.parse(url)?.pathname ?? '';
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}

export const queryOf = (req: IncomingMessage): URLSearchParams =>
  new URL(req.url ?? '/', 'http://localhost').searchParams;

export async function servePage(pages: Pages, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const path = pathOf(req);
  const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
  if (!page) return respond(res, 404);
  if (req.method !== 'GET' && req.method !== 'HEAD') return respond(res, 405, { allow: 'GET' });
  await page(req, res);
}

/** Nothing where the answer has begun, or nobody is there any more. */
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

/**
 * The same for a body of which each character is one byte. Node then sends it together with the head in one write,
 * which is what half the time of a small answer goes into.
 */
export function respondWithBytes(res: ServerResponse, type: string, bytes: string): void {
  if (res.headersSent || res.destroyed) return;
  res.writeHead(200, { 'content-type': type, 'content-length': bytes.length });
  res.end(bytes, 'latin1');
}
