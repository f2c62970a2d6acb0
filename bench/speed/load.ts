import { connect, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** One request to be sent, and what has to come of it. */
export interface Shot {
  readonly request: Buffer;
  /** Throws where the answer is not what it should be: then the whole round is void. */
  check(body: string): void;
  /** What has to happen besides the answer; its time counts, too. */
  readonly also?: Promise<unknown>;
}

export interface Measured {
  readonly perSecond: number;
  /** Milliseconds from sending to the answer, and to whatever else had to happen. */
  readonly p50: number;
  readonly p99: number;
  readonly count: number;
}

/**
 * Sends one request after the other over each connection, for so long; then waits for the last answers. Written on
 * bare sockets: with a client of its own class the load would cost more than what is measured. The first request over
 * each connection is not measured: with 64 of them it alone would be the slowest hundredth, and Slack's stay open.
 */
export async function load(
  port: number,
  connections: number,
  seconds: number,
  next: () => Shot,
): Promise<Measured> {
  const times: number[] = [];
  const opened = await Promise.all(Array.from({ length: connections }, () => Connection.open(port)));
  try {
    await inTime(Promise.all(opened.map((connection) => oneOver(connection, next()))), LATE_MS);
    collectGarbage();
    const from = performance.now();
    const until = from + seconds * 1_000;
    const workers = opened.map((connection) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const fire = (): void => {
        const sent = performance.now();
        if (sent >= until) {
          resolve();
          return;
        }
        const done = (): void => {
          times.push(performance.now() - sent);
          fire();
        };
        shoot(connection, next(), done, reject);
      };
      fire();
      return promise;
    });
    await inTime(Promise.all(workers), seconds * 1_000 + LATE_MS);
    return summary(times, performance.now() - from);
  } finally {
    for (const connection of opened) connection.close();
  }
}

setFlagsFromString('--expose-gc');
/** The load’s own. What was made beforehand would be gone through in the middle of a measurement, for a quarter of it. */
const collectGarbage: () => void = runInNewContext('gc');

function oneOver(connection: Connection, shot: Shot): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  shoot(connection, shot, resolve, reject);
  return promise;
}

/** With functions, not with a promise: that of each request would be a part of the load. */
function shoot(
  connection: Connection,
  { request, check, also }: Shot,
  done: () => void,
  failed: (error: unknown) => void,
): void {
  connection.ask(request, (error, body) => {
    try {
      if (error) throw error;
      check(body);
    } catch (wrong) {
      failed(wrong);
      return;
    }
    if (also) also.then(done, failed);
    else done();
  });
}

/** What was asked for has long happened by then, or never will. */
export const LATE_MS = 20_000;

/** Rejects where it takes longer. */
export async function inTime(work: Promise<unknown>, ms: number): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('something that was asked for never happened')), ms);
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** @param tookMs in milliseconds, as the times are */
export function summary(times: number[], tookMs: number): Measured {
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? Number.NaN;
  return {
    perSecond: (times.length * 1_000) / tookMs,
    p50: at(0.5),
    p99: at(0.99),
    count: times.length,
  };
}

/** One connection that stays open, for one request at a time. */
export interface OpenConnection {
  /** Resolves to the answer's body; rejects where it is no 200, or the connection breaks. */
  ask(request: Buffer): Promise<string>;
  close(): void;
}

export async function openConnection(port: number): Promise<OpenConnection> {
  const connection = await Connection.open(port);
  return {
    ask: (request) => {
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      connection.ask(request, (error, body) => (error ? reject(error) : resolve(body)));
      return promise;
    },
    close: () => connection.close(),
  };
}

/** Hears the body of the answer, or why there is none: it is no 200, or the connection broke. */
type Heard = (error: Error | null, body: string) => void;

const READ_BYTES = 64 * 1024;

/** One request at a time over a connection that stays open. */
class Connection {
  readonly #socket: Socket;
  #heard: Heard | null = null;
  /** What has arrived of an answer that is not complete. */
  #received = '';

  private constructor(port: number) {
    this.#socket = connect({
      host: '127.0.0.1',
      port,
      noDelay: true,
      // Without a stream in between, which costs as much as the reading itself.
      onread: {
        buffer: Buffer.allocUnsafe(READ_BYTES),
        callback: (bytes, buffer) => {
          this.#hear(Buffer.from(buffer.buffer, buffer.byteOffset, bytes).toString('latin1'));
          return true;
        },
      },
    });
    this.#socket.on('error', (error) => this.#tell(error, ''));
    this.#socket.on('close', () => this.#tell(new Error('the connection was closed over a request'), ''));
  }

  static open(port: number): Promise<Connection> {
    const { promise, resolve, reject } = Promise.withResolvers<Connection>();
    const connection = new Connection(port);
    connection.#socket.once('connect', () => resolve(connection));
    connection.#socket.once('error', reject);
    return promise;
  }

  ask(request: Buffer, heard: Heard): void {
    this.#heard = heard;
    this.#socket.write(request);
  }

  close(): void {
    this.#heard = null;
    this.#socket.destroy();
  }

  #hear(text: string): void {
    const all = this.#received + text;
    const answer = answerIn(all);
    this.#received = answer === null ? all : '';
    if (answer === null) return;
    if (answer.status === '200') this.#tell(null, answer.body);
    else this.#tell(new Error(`answered with ${answer.status}`), '');
  }

  #tell(error: Error | null, body: string): void {
    const heard = this.#heard;
    this.#heard = null;
    heard?.(error, body);
  }
}

/**
 * Null while it is not complete.
 *
 * @param text each byte as a character
 */
function answerIn(text: string): { status: string; body: string } | null {
  const end = text.indexOf('\r\n\r\n');
  if (end === -1) return null;
  const head = text.slice(0, end);
  const status = head.slice(9, 12);
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length !== undefined) {
    const until = end + 4 + Number(length);
    return text.length < until ? null : { status, body: asUtf8(text.slice(end + 4, until)) };
  }
  if (!/\r\ntransfer-encoding: chunked/i.test(head)) throw new Error(`an answer of unknown length: ${head}`);
  if (!text.endsWith('0\r\n\r\n')) return null;
  return { status, body: asUtf8(text.slice(end + 4)).replaceAll(/^[\da-f]+\r\n|\r\n$/gim, '') };
}

const asUtf8 = (text: string): string => (text === '' ? '' : Buffer.from(text, 'latin1').toString('utf8'));
