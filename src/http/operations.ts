import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Metrics } from '../operations/metrics.ts';
import type { ReadinessChecks } from '../operations/readiness.ts';
import type { Page } from './receiver.ts';

export interface OperationsParts {
  readonly readiness: ReadinessChecks;
  readonly metrics: Metrics;
  /** Without one, metrics are for this machine alone. */
  readonly metricsToken: string | null;
}

/** For those who watch over the process. */
export function operationsPages(parts: OperationsParts): Readonly<Record<string, Page>> {
  return {
    '/healthz': async (_req, res) => send(res, 200, 'application/json', '{"ok":true}\n'),
    '/readyz': async (_req, res) => {
      const { ready, checks } = await parts.readiness.read();
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
  if (token !== null) return same(headers.authorization ?? '', `Bearer ${token}`);
  const passedOn = headers.forwarded !== undefined || headers['x-forwarded-for'] !== undefined;
  return !passedOn && /^(::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? '');
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function send(res: ServerResponse, status: number, type: string, text: string): void {
  res.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  res.end(text);
}
