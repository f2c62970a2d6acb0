import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import type { IdSource } from './ids.ts';
import type { Json } from './json.ts';
import { parseJson } from './json.ts';
import { Refusal } from './refusal.ts';

const ackMessage = z.object({ envelope_id: z.string(), payload: z.unknown().optional() });

/** More connections of one app are refused. */
const MAX_CONNECTIONS = 10;
const PING_EVERY_MS = 5_000;

export interface SocketOptions {
  readonly appId: string;
  readonly newId: IdSource;
  readonly onChange: () => void;
}

/** Socket Mode: connections that the app opens, envelopes that go out on any of them, acks that come back. */
export class Sockets {
  readonly #options: SocketOptions;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #tickets = new Set<string>();
  readonly #open: WebSocket[] = [];
  readonly #waiting = new Map<string, (payload: unknown) => void>();
  readonly #heartbeat: NodeJS.Timeout;
  #turn = 0;
  /** While it is false, connections are taken and not greeted, so that the app cannot use them. */
  greets = true;

  constructor(options: SocketOptions) {
    this.#options = options;
    this.#heartbeat = setInterval(() => {
      for (const socket of this.#open) socket.ping();
    }, PING_EVERY_MS);
    this.#heartbeat.unref();
  }

  /** How many connections the app has. */
  get count(): number {
    return this.#open.length;
  }

  /** A ticket for one connection, as `apps.connections.open` gives it. */
  newTicket(): string {
    if (this.#open.length >= MAX_CONNECTIONS) throw new Refusal('too_many_websockets');
    const ticket = this.#options.newId('ticket');
    this.#tickets.add(ticket);
    return ticket;
  }

  /** Takes over an HTTP connection that wants to become a socket. */
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    const ticket = new URL(req.url ?? '/', 'http://localhost').searchParams.get('ticket');
    if (ticket === null || !this.#tickets.delete(ticket)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(req, socket, head, (webSocket) => this.#welcome(webSocket));
  }

  /** Sends one envelope; resolves to what the ack carries. `undefined` when there is no connection. */
  send(type: string, payload: Json, more: Json = {}): { ack: Promise<unknown>; forget(): void } | undefined {
    const socket = this.#open[this.#turn % Math.max(this.#open.length, 1)];
    if (socket === undefined) return undefined;
    this.#turn += 1;
    const id = this.#options.newId('envelope-');
    const { promise: ack, resolve } = Promise.withResolvers<unknown>();
    this.#waiting.set(id, resolve);
    const accepts = type !== 'events_api';
    socket.send(
      JSON.stringify({ envelope_id: id, type, accepts_response_payload: accepts, payload, ...more }),
    );
    return { ack, forget: () => this.#waiting.delete(id) };
  }

  /** Asks the app to connect anew, as Slack does every few hours. */
  refresh(reason: 'warning' | 'refresh_requested' | 'link_disabled' = 'refresh_requested'): void {
    for (const socket of [...this.#open]) {
      socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'local' } }));
    }
  }

  /** Breaks every connection without a word. */
  drop(): void {
    for (const socket of [...this.#open]) socket.terminate();
  }

  close(): void {
    clearInterval(this.#heartbeat);
    this.drop();
    this.#server.close();
  }

  #welcome(socket: WebSocket): void {
    this.#open.push(socket);
    socket.on('message', (data) => {
      const message = ackMessage.safeParse(parseJson(data.toString()));
      if (!message.success) return;
      const { envelope_id: id, payload } = message.data;
      this.#waiting.get(id)?.(payload);
      this.#waiting.delete(id);
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      this.#open.splice(this.#open.indexOf(socket), 1);
      this.#options.onChange();
    });
    if (this.greets) this.#greet(socket);
    this.#options.onChange();
  }

  #greet(socket: WebSocket): void {
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.#open.length,
        debug_info: { host: 'local', approximate_connection_time: 3600 },
        connection_info: { app_id: this.#options.appId },
      }),
    );
  }
}
