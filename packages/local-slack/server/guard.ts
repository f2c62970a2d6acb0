import type { IncomingMessage } from 'node:http';

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/**
 * A page elsewhere can make a browser send requests to this machine, even under a name of its own that
 * points here (DNS rebinding). Such requests carry that name in Host, or the page's address in Origin.
 */
export function isLocalRequest(req: IncomingMessage): boolean {
  const { host, origin } = req.headers;
  if (host === undefined || !LOOPBACK.test(host)) return false;
  return origin === undefined || origin === `http://${host}`;
}
