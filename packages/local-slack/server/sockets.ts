import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { IdSource } from '../state/ids.ts';
import { type Json, parseJson } from '../state/json.ts';
import { Refusal } from '../state/refusal.ts';

const ackMessage = z.object({ envelope_id: z.string(), payload: z.unknown().optional() });

/** Slack refuses more connections of one app. */
const MAX_CONNECTIONS = 10;
const PING_EVERY_MS = 5_000;

export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled';

/**
 * A planned failure of one envelope. If the connection closes before Slack reads an answer, Slack resends the
 * envelope over the next connection.
 */
export type EnvelopeFault =
  /** The connection breaks before Slack sends the envelope. */
  | 'dropped-before'
  /** The app gets the envelope, then the connection breaks without Slack reading an answer. */
  | 'dropped-unanswered'
  /** The connection breaks as the answer arrives. Slack doesn't read it. */
  | 'dropped-at-answer'
  /** Slack reads the answer, then the connection breaks. */
  | 'dropped-answered'
  /** Slack sends the envelope twice at once, as it may to an app with two connections. */
  | 'twice'
  /** Slack asks the app to reconnect right before or right after the envelope. */
  | { readonly disconnect: DisconnectReason; readonly when: 'before' | 'after' };

export interface SocketOptions {
  readonly appId: string;
  readonly newId: IdSource;
  readonly onChange: () => void;
}

/** Serves Socket Mode: connections opened by the app, envelopes sent over any of them, and acks. */
export class Sockets {
  readonly #options: SocketOptions;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #tickets = new Set<string>();
  readonly #open: WebSocket[] = [];
  readonly #waiting = new Map<string, (payload: unknown) => void>();
  readonly #heartbeat: NodeJS.Timeout;
  /** Planned faults for the next envelopes, one per envelope. */
  readonly #faults: EnvelopeFault[] = [];
  /** Envelopes that the next connection gets again unless the app answers them first. */
  readonly #again = new Map<string, string>();
  #turn = 0;
  /** False to accept connections without a hello message, so that the app can't use them. */
  sendsHello = true;

  constructor(options: SocketOptions) {
    this.#options = options;
    this.#heartbeat = setInterval(() => {
      for (const socket of this.#open) socket.ping();
    }, PING_EVERY_MS);
    this.#heartbeat.unref();
  }

  /** Number of open connections. */
  get count(): number {
    return this.#open.length;
  }

  /** Creates a ticket for one connection, for `apps.connections.open`. */
  newTicket(): string {
    if (this.#open.length >= MAX_CONNECTIONS) throw new Refusal('too_many_websockets');
    const ticket = this.#options.newId('ticket');
    this.#tickets.add(ticket);
    return ticket;
  }

  /** Upgrades an HTTP connection to a WebSocket. */
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    const ticket = new URL(req.url ?? '/', 'http://localhost').searchParams.get('ticket');
    if (ticket === null || !this.#tickets.delete(ticket)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(req, socket, head, (webSocket) => this.#welcome(webSocket));
  }

  /** Sends one envelope. `ack` resolves to the payload of the app's ack. Returns undefined without a connection. */
  send(type: string, payload: Json, more: Json = {}): { ack: Promise<unknown>; forget(): void } | undefined {
    const socket = this.#open[this.#turn % Math.max(this.#open.length, 1)];
    if (socket === undefined) return undefined;
    this.#turn += 1;
    const id = this.#options.newId('envelope-');
    const { promise: ack, resolve } = Promise.withResolvers<unknown>();
    this.#waiting.set(id, resolve);
    const accepts = type !== 'events_api';
    const envelope = JSON.stringify({
      envelope_id: id,
      type,
      accepts_response_payload: accepts,
      payload,
      ...more,
    });
    const fault = this.#faults.shift();
    if (fault === undefined) socket.send(envelope);
    else this.#sendBadly(socket, id, envelope, fault);
    const forget = (): void => {
      this.#waiting.delete(id);
      this.#again.delete(id);
    };
    return { ack, forget };
  }

  /** Plans faults for the next envelopes, one fault per envelope. */
  plan(...faults: readonly EnvelopeFault[]): void {
    this.#faults.push(...faults);
  }

  /** Asks the app to reconnect, as Slack does every few hours. */
  refresh(reason: DisconnectReason = 'refresh_requested'): void {
    for (const socket of [...this.#open]) sendDisconnect(socket, reason);
  }

  /** Breaks every connection without a disconnect message. */
  drop(): void {
    for (const socket of [...this.#open]) socket.terminate();
  }

  close(): void {
    clearInterval(this.#heartbeat);
    this.drop();
    this.#server.close();
  }

  #sendBadly(socket: WebSocket, id: string, envelope: string, fault: EnvelopeFault): void {
    this.#again.set(id, envelope);
    switch (fault) {
      case 'dropped-before':
        socket.terminate();
        break;
      case 'dropped-unanswered':
        socket.removeAllListeners('message');
        socket.send(envelope);
        // The app's pong comes only after it has read the envelope.
        socket.ping(id);
        socket.on('pong', (data) => {
          if (data.toString() === id) socket.terminate();
        });
        break;
      case 'dropped-at-answer':
        socket.removeAllListeners('message');
        socket.on('message', () => socket.terminate());
        socket.send(envelope);
        break;
      case 'dropped-answered':
        socket.on('message', () => socket.terminate());
        socket.send(envelope);
        break;
      case 'twice':
        socket.send(envelope);
        socket.send(envelope);
        break;
      default:
        if (fault.when === 'before') sendDisconnect(socket, fault.disconnect);
        socket.send(envelope);
        if (fault.when === 'after') sendDisconnect(socket, fault.disconnect);
    }
  }

  #welcome(socket: WebSocket): void {
    this.#open.push(socket);
    socket.on('message', (data) => {
      const message = ackMessage.safeParse(parseJson(data.toString()));
      if (!message.success) return;
      const { envelope_id: id, payload } = message.data;
      this.#waiting.get(id)?.(payload);
      this.#waiting.delete(id);
      this.#again.delete(id);
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      this.#open.splice(this.#open.indexOf(socket), 1);
      this.#options.onChange();
    });
    if (this.sendsHello) this.#greet(socket);
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
    for (const envelope of this.#again.values()) socket.send(envelope);
  }
}

function sendDisconnect(socket: WebSocket, reason: DisconnectReason): void {
  socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'local' } }));
}
