import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { inTime, LATE_MS, type Measured, summary } from './load.ts';
import type { Interaction } from './requests.ts';

/** Slack, as far as what is measured needs it: answers every call at once, and tells when one arrives. */
export interface Slack {
  readonly apiUrl: string;
  readonly replyUrl: string;
  /** Resolves when a dialog is asked for with this trigger. */
  dialog(trigger: string): Promise<void>;
  /** Resolves when a card is posted to this channel. */
  card(channel: string): Promise<void>;
  /** Resolves when this person's Home tab is shown. */
  home(person: string): Promise<void>;
  /** Calls since the start, by method. */
  calls(): Readonly<Record<string, number>>;
  /** Sends interactions over the socket, so many at a time, for so long. */
  overSocket(atATime: number, seconds: number, next: () => Interaction): Promise<Measured>;
  /** Resolves when an app is connected to the socket. */
  connected(): Promise<void>;
  close(): Promise<void>;
}

const IDENTITY =
  '{"ok":true,"team_id":"T1","user_id":"U0","bot_id":"B1","user":"bot","url":"https://bench.slack.com/"}';
const ANSWER =
  '{"ok":true,"ts":"1.1","channel":"C1","view":{"id":"V1"},"permalink":"https://bench.slack.com/p"}';

const KEEP_ALIVE_MS = 600_000;

export async function startSlack(): Promise<Slack> {
  const waiting = new Map<string, () => void>();
  const calls: Record<string, number> = {};
  const arrives = (what: string): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.set(what, resolve);
    return promise;
  };
  const arrived = (what: string): void => {
    waiting.get(what)?.();
    waiting.delete(what);
  };

  const server = createServer(async (req, res) => {
    const body = await bodyOf(req);
    const method = req.url?.slice(req.url.lastIndexOf('/') + 1) ?? '';
    calls[method] = (calls[method] ?? 0) + 1;
    if (method === 'auth.test') return answer(res, IDENTITY);
    if (method === 'apps.connections.open') return answer(res, JSON.stringify({ ok: true, url: socketUrl }));
    if (method === 'views.open') arrived(`dialog ${field(body, 'trigger_id')}`);
    if (method === 'views.publish') arrived(`home ${field(body, 'user_id')}`);
    if (method === 'chat.postMessage' && field(body, 'thread_ts') === '')
      arrived(`card ${field(body, 'channel')}`);
    answer(res, ANSWER);
  });
  // Longer than anybody stands still.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const socketUrl = `ws://127.0.0.1:${port}/socket`;

  const sockets = new WebSocketServer({ server });
  let socket: WebSocket | undefined;
  sockets.on('connection', (connection) => {
    socket = connection;
    connection.send(JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A1' } }));
    connection.on('message', (text) => {
      const said: { envelope_id?: string } = JSON.parse(String(text));
      arrived(`ack ${said.envelope_id}`);
    });
    arrived('connection');
  });

  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    replyUrl: `http://127.0.0.1:${port}/actions/T1/1/reply`,
    dialog: (trigger) => arrives(`dialog ${trigger}`),
    card: (channel) => arrives(`card ${channel}`),
    home: (person) => arrives(`home ${person}`),
    calls: () => ({ ...calls }),
    connected: () => arrives('connection'),
    overSocket: async (atATime, seconds, next) => {
      const times: number[] = [];
      const from = performance.now();
      const until = from + seconds * 1_000;
      let n = 0;
      const workers = Array.from({ length: atATime }, async () => {
        while (performance.now() < until) {
          const envelope = `${from}-${n++}`;
          const ack = arrives(`ack ${envelope}`);
          const sent = performance.now();
          if (socket === undefined) throw new Error('nobody is connected');
          socket.send(
            JSON.stringify({
              envelope_id: envelope,
              type: 'interactive',
              accepts_response_payload: true,
              payload: next(),
            }),
          );
          await ack;
          times.push(performance.now() - sent);
        }
      });
      await inTime(Promise.all(workers), seconds * 1_000 + LATE_MS);
      return summary(times, performance.now() - from);
    },
    close: async () => {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(res: ServerResponse, body: string): void {
  res.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  res.end(body);
}

function bodyOf(req: IncomingMessage): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const chunks: Buffer[] = [];
  req.on('data', (chunk: Buffer) => chunks.push(chunk));
  req.on('end', () => resolve(Buffer.concat(chunks).toString('latin1')));
  req.on('error', reject);
  return promise;
}

/** One field of a form or of an object; its value needs no decoding. */
function field(body: string, name: string): string {
  const written = body.startsWith('{') ? `"${name}":"([^"]*)"` : `(?:^|&)${name}=([^&]*)`;
  return new RegExp(written).exec(body)?.[1] ?? '';
}
