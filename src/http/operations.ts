import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Metrics } from '../operations/metrics.ts';
import type { ReadinessChecks } from '../operations/readiness.ts';
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

/** With the token; without one from this machine, unless a proxy on it passes on what came from elsewhere. */
function mayRead({ headers, socket }: IncomingMessage, token: string | null): boolean {
  if (token !== null) return isSame(headers.authorization ?? '', `Bearer ${token}`);
  const passedOn = headers.forwarded !== undefined || headers['x-forwarded-for'] !== undefined;
  return !passedOn && /^(::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? '');
}

function send(res: ServerResponse, status: number, type: string, text: string): void {
  respond(res, status, { 'content-type': type, 'cache-control': 'no-store' }, text);
}
