import type { IncomingMessage } from 'node:http';

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/**
 * Returns false for requests from other sites. Their pages can make a browser send requests here, even under their
 * own domain (DNS rebinding). Such a request has that domain in Host, or the site in Origin.
 */
export function isLocalRequest(req: IncomingMessage): boolean {
  const { host, origin } = req.headers;
  if (host === undefined || !LOOPBACK.test(host)) return false;
  return origin === undefined || origin === `http://${host}`;
}
