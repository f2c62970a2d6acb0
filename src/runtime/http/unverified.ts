// Limits what senders can cost the process before a signature shows that they are Slack.
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logging.ts';
import { freeBuffer, type UnverifiedRequest } from './body.ts';
import { respond } from './serve.ts';

/** How long a new request or connection is spared, in milliseconds. Slack's are verified sooner. */
const SPARED_MS = 1_000;
/** Memory for all unverified requests together, in bytes: above `usual`, only the spared ones stay. */
const BUDGET = { usual: 8 * 1024 * 1024, most: 16 * 1024 * 1024 };
/** Node's objects for a request, besides its headers and body. */
const REQUEST_BYTES = 4 * 1024;
/** Connections that have never carried a verified request. One with half-sent headers takes up to 30 kB. */
const CONNECTIONS = { usual: 500, most: 2_000 };
/** Unanswered requests on one connection. Slack and proxies wait for a response before they send the next request. */
const MOST_AT_ONCE = 20;
/** Node would parse 64 kB at once: 2,400 requests, or 10,000 chunks of a body, before a handler could stop it. */
const FIRST_SLICE_BYTES = 1_024;
const REPORT_EVERY_MS = 10_000;

interface Counted {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly request: UnverifiedRequest;
  /** Monotonic start time, in milliseconds. */
  readonly since: number;
  bytes: number;
}

/** All unverified requests and connections of one server, which is the only one in its process. */
export class UnverifiedLimits {
  readonly #logger: Logger;
  readonly #clock: Clock;
  /** Requests, oldest first. */
  readonly #requests = new Set<Counted>();
  /** Connections, oldest first, each with its monotonic start time. */
  readonly #connections = new Map<Socket, number>();
  /** Number of unanswered requests, by connection. */
  readonly #open = new WeakMap<Socket, number>();
  #bytes = 0;
  #dropped = 0;
  #isQuiet = false;
  #looksAgain = false;

  constructor(server: Server, logger: Logger, clock: Clock) {
    this.#logger = logger;
    this.#clock = clock;
    server.on('connection', (socket) => this.#connect(socket));
  }

  /** Counts a request. Call it once the headers have arrived. */
  begin(req: IncomingMessage, res: ServerResponse): UnverifiedRequest {
    const request: UnverifiedRequest = {
      grow: (bytes) => {
        if (!this.#requests.has(counted)) return;
        counted.bytes += bytes;
        this.#bytes += bytes;
        this.#keepToBudget();
      },
      verified: () => {
        this.#forget(counted);
        this.#connections.delete(req.socket);
      },
      onDrop: () => {},
    };
    const counted: Counted = { req, res, request, since: this.#clock.monotonic(), bytes: 0 };
    this.#requests.add(counted);
    const { socket } = req;
    const open = (this.#open.get(socket) ?? 0) + 1;
    this.#open.set(socket, open);
    res.once('close', () => {
      this.#open.set(socket, (this.#open.get(socket) ?? 1) - 1);
      this.#forget(counted);
    });
    if (open > MOST_AT_ONCE) this.#drop(counted);
    request.grow(req.rawHeaders.reduce((sum, { length }) => sum + length, REQUEST_BYTES));
    return request;
  }

  #connect(socket: Socket): void {
    parseInSlices(socket);
    this.#connections.set(socket, this.#clock.monotonic());
    socket.once('close', () => this.#connections.delete(socket));
    this.#keepToConnections();
  }

  #keepToConnections(): void {
    for (const [oldest, since] of this.#connections) {
      const { size } = this.#connections;
      if (size <= CONNECTIONS.usual) return;
      if (this.#isSpared(since) && size <= CONNECTIONS.most) break;
      this.#connections.delete(oldest);
      oldest.destroy();
      this.#report();
    }
    if (this.#looksAgain) return;
    this.#looksAgain = true;
    this.#clock.after(SPARED_MS, () => {
      this.#looksAgain = false;
      this.#keepToConnections();
    });
  }

  /** Slack's requests arrive whole within milliseconds, so the oldest request that isn't small is an attacker's. */
  #keepToBudget(): void {
    while (this.#bytes > BUDGET.usual) {
      const small = this.#bytes / this.#requests.size / 2;
      for (const counted of this.#requests) {
        if (counted.bytes < small) continue;
        if (this.#isSpared(counted.since) && this.#bytes <= BUDGET.most) return;
        this.#drop(counted);
        break;
      }
    }
  }

  #isSpared(since: number): boolean {
    return this.#clock.monotonic() - since < SPARED_MS;
  }

  #drop(counted: Counted): void {
    const { req, res, request } = counted;
    request.onDrop();
    this.#forget(counted);
    // Behind other responses, or if the sender doesn't read, a response would wait and keep its memory.
    if (res.socket !== null && req.socket.writableLength === 0) respond(res, 408, { connection: 'close' });
    else req.socket.destroy();
    for (const other of this.#requests) if (other.req.socket === req.socket) this.#forget(other);
    this.#report();
  }

  #forget(counted: Counted): void {
    if (this.#requests.delete(counted)) this.#bytes -= counted.bytes;
    counted.bytes = 0;
  }

  #report(): void {
    this.#dropped += 1;
    if (!this.#isQuiet) this.#log();
  }

  /** Logs the first at once and the following ones together: a flood must not fill the log. */
  #log(): void {
    this.#isQuiet = this.#dropped > 0;
    if (!this.#isQuiet) return;
    this.#logger.warn({ dropped: this.#dropped }, 'too many senders without a signature: dropped the oldest');
    this.#dropped = 0;
    this.#clock.after(REPORT_EVERY_MS, () => this.#log());
  }
}

/** Lets handlers stop a connection in the middle of a packet. */
function parseInSlices(socket: Socket): void {
  const [parse] = socket.listeners('data');
  if (!parse) return;
  socket.removeAllListeners('data');
  socket.on('data', (packet: NonSharedBuffer) => {
    let size = FIRST_SLICE_BYTES;
    for (let start = 0; start < packet.length && !socket.destroyed; size *= 2) {
      if (socket.isPaused()) {
        socket.unshift(packet.subarray(start));
        return;
      }
      parse.call(socket, packet.subarray(start, start + size));
      start += size;
    }
    freeBuffer(packet);
  });
}
