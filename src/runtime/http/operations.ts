import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Metrics } from '../metrics.ts';
import type { ReadinessChecks } from '../readiness.ts';
import { isSame } from './same.ts';
import { type Pages, queryOf, respond } from './serve.ts';

export interface OperationsParts {
  readonly readiness: ReadinessChecks;
  readonly metrics: Metrics;
  /** Without one, metrics are for this machine alone. */
  readonly metricsToken: string | null;
}

/** For those who watch over the process. */
export function operationsPages(parts: OperationsParts): Pages {
  return {
    '/healthz': async (_req, res) => send(res, 200, 'application/json', '{"ok":true}\n'),
    '/readyz': async (req, res) => {
      const onlyProcess = queryOf(req).get('only') === 'process';
      const { ready, checks } = onlyProcess ? parts.readiness.process() : await parts.readiness.read();
      send(res, ready ? 200 : 503, 'application/json', `${JSON.stringify({ ready, checks })}\n`);
    },
    '/metrics': async (req, res) => {
      if (!mayRead(req, parts.metricsToken)) {
        res.setHeader('www-authenticate', 'Bearer');
        return send(res, 401, 'text/plain; charset=utf-8', 'The metrics need the token in METRICS_TOKEN.\n');
      }
      send(res, 200, parts.metrics.contentType, await parts.metrics.text());
    },
  };
}

/** What proxies add to what they pass on. */
const PASSED_ON = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
];
const THIS_MACHINE = /^(::ffff:)?127\.|^::1$/;
const NAMES_OF_IT = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/**
 * With the token; without one from this machine. Not where a proxy on it passes on what comes from elsewhere, nor
 * where a page in a browser on it asks by a name that was made to lead here.
 */
function mayRead({ headers, socket }: IncomingMessage, token: string | null): boolean {
  if (token !== null) return isSame(headers.authorization ?? '', `Bearer ${token}`);
  return (
    THIS_MACHINE.test(socket.remoteAddress ?? '') &&
    NAMES_OF_IT.test(headers.host ?? '') &&
    !PASSED_ON.some((name) => headers[name] !== undefined)
  );
}

function send(res: ServerResponse, status: number, type: string, text: string): void {
  respond(
    res,
    status,
    { 'content-type': type, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
    text,
  );
}
