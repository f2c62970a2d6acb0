import { connect, type Socket } from 'node:net';

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
 * bare sockets: with a client of its own class the load would cost more than what is measured.
 */
export async function load(
  port: number,
  connections: number,
  seconds: number,
  next: () => Shot,
): Promise<Measured> {
  const times: number[] = [];
  const from = performance.now();
  const until = from + seconds * 1_000;
  const workers = Array.from({ length: connections }, async () => {
    const connection = await openConnection(port);
    while (performance.now() < until) {
      const shot = next();
      const sent = performance.now();
      const body = await connection.ask(shot.request);
      shot.check(body);
      await shot.also;
      times.push(performance.now() - sent);
    }
    connection.close();
  });
  await inTime(Promise.all(workers), seconds * 1_000 + LATE_MS);
  return summary(times, performance.now() - from);
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
export interface Connection {
  /** Resolves to the answer's body; rejects where it is no 200, or the connection breaks. */
  ask(request: Buffer): Promise<string>;
  close(): void;
}

export async function openConnection(port: number): Promise<Connection> {
  const socket: Socket = connect({ host: '127.0.0.1', port, noDelay: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  let waiting: { resolve: (body: string) => void; reject: (error: Error) => void } | null = null;
  let received: Buffer = Buffer.alloc(0);
  const fail = (error: Error): void => waiting?.reject(error);
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the connection was closed over a request')));
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const answer = answerIn(received);
    if (answer === null) return;
    received = Buffer.alloc(0);
    const { resolve, reject } = waiting ?? {};
    waiting = null;
    if (answer.status === 200) resolve?.(answer.body);
    else reject?.(new Error(`answered with ${answer.status}`));
  });
  return {
    ask: (request) => {
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      waiting = { resolve, reject };
      socket.write(request);
      return promise;
    },
    close: () => socket.destroy(),
  };
}

/** Null while it is not complete. */
function answerIn(bytes: Buffer): { status: number; body: string } | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) return null;
  const head = bytes.toString('latin1', 0, end);
  const status = Number(head.slice(9, 12));
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length !== undefined) {
    const until = end + 4 + Number(length);
    return bytes.length < until ? null : { status, body: bytes.toString('utf8', end + 4, until) };
  }
  if (!/\r\ntransfer-encoding: chunked/i.test(head)) throw new Error(`an answer of unknown length: ${head}`);
  if (!bytes.subarray(-5).equals(LAST_CHUNK)) return null;
  return { status, body: bytes.toString('utf8', end + 4).replaceAll(/^[\da-f]+\r\n|\r\n$/gim, '') };
}

const LAST_CHUNK = Buffer.from('0\r\n\r\n');
