import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RoundRobin {
  readonly url: string;
  /** Ports that requests go to, in turn. */
  readonly ports: Set<number>;
  /** How many requests each of them has taken. */
  readonly passed: ReadonlyMap<number, number>;
  close(): Promise<void>;
}

/**
 * What stands before several instances: each request goes to the next one. One that does not take the connection is
 * passed over; one that dies over a request makes it fail, since nobody knows how far it got.
 */
export async function startRoundRobin(): Promise<RoundRobin> {
  const ports = new Set<number>();
  const passed = new Map<number, number>();
  let turn = 0;
  const server = createServer(async (req, res) => {
    const body = Buffer.concat(await Array.fromAsync(req as AsyncIterable<Buffer>));
    for (let tried = 0; tried < ports.size; tried += 1) {
      turn += 1;
      const port = [...ports][turn % ports.size];
      if (port === undefined || (await forward(port, req, body, res)) === 'not connected') continue;
      passed.set(port, (passed.get(port) ?? 0) + 1);
      return;
    }
    res.writeHead(503).end();
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    ports,
    passed,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function forward(
  port: number,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  res: ServerResponse,
): Promise<'done' | 'not connected'> {
  const { promise, resolve } = Promise.withResolvers<'done' | 'not connected'>();
  const passed = request({ host: '127.0.0.1', port, path: url, method, headers, agent: false }, (answer) => {
    res.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(res);
    answer.once('close', () => resolve('done'));
  });
  passed.once('error', (error) => {
    if ('code' in error && error.code === 'ECONNREFUSED') return resolve('not connected');
    if (!res.headersSent) res.writeHead(502);
    res.end();
    resolve('done');
  });
  passed.end(body);
  return promise;
}
