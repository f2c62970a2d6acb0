// Pages for operators: health, readiness and metrics.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Metrics } from '../metrics.ts';
import type { ReadinessChecks } from '../readiness.ts';
import { equalsInConstantTime } from '../secrets.ts';
import { type Pages, queryOf, respond } from './serve.ts';

export interface OperationsParts {
  readonly readiness: ReadinessChecks;
  readonly metrics: Metrics;
  /** Token for reading the metrics. If null, only this machine can read them. */
  readonly metricsToken: string | null;
}

export function createOperationsPages(parts: OperationsParts): Pages {
  return {
    '/healthz': async (_req, res) => send(res, 200, 'application/json', '{"ok":true}\n'),
    '/readyz': async (req, res) => {
      const onlyProcess = queryOf(req).get('only') === 'process';
      const { ready, checks } = onlyProcess ? parts.readiness.readProcess() : await parts.readiness.read();
      send(res, ready ? 200 : 503, 'application/json', `${JSON.stringify({ ready, checks })}\n`);
    },
    '/metrics': async (req, res) => {
      if (!canReadMetrics(req, parts.metricsToken)) {
        res.setHeader('www-authenticate', 'Bearer');
        return send(res, 401, 'text/plain; charset=utf-8', 'The metrics need the token in METRICS_TOKEN.\n');
      }
      send(res, 200, parts.metrics.contentType, await parts.metrics.text());
    },
  };
}

/** Headers that proxies add. */
const PROXY_HEADERS = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
];
const LOOPBACK_ADDRESS = /^(::ffff:)?127\.|^::1$/;
const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/**
 * Returns true with the right token or, if no token is set, for a request from this machine. Refuses forwarded requests:
 * a proxy on this machine may pass on strangers'. Refuses other Host names: a web page could use DNS rebinding.
 */
function canReadMetrics({ headers, socket }: IncomingMessage, token: string | null): boolean {
  if (token !== null) return equalsInConstantTime(headers.authorization ?? '', `Bearer ${token}`);
  return (
    LOOPBACK_ADDRESS.test(socket.remoteAddress ?? '') &&
    LOOPBACK_HOST.test(headers.host ?? '') &&
    !PROXY_HEADERS.some((name) => headers[name] !== undefined)
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
