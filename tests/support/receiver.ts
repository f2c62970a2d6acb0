import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import { App } from '@slack/bolt';
import { onTestFinished } from 'vitest';
import { createBoltLogger } from '../../src/runtime/logging.ts';
import { HttpReceiver, type HttpReceiverOptions } from '../../src/slack/http/receiver.ts';
import { TestClock } from './clock.ts';
import { recordingLogger } from './log.ts';

export const SECRET = 'test-signing-secret';
export const NOW = Date.UTC(2026, 10, 23, 9);
export const FORM = 'application/x-www-form-urlencoded';

export interface PreparedReceiver {
  readonly receiver: HttpReceiver;
  readonly log: ReturnType<typeof recordingLogger>;
  readonly clock: TestClock;
  /** Texts of the commands that reached their listener. */
  readonly heard: string[];
  /** Lets the listener of `hold` go on. */
  release(): void;
}

export interface TestReceiver extends PreparedReceiver {
  readonly port: number;
}

/** A receiver with one command, `/echo`, whose text says what its listener does. */
export async function startReceiver(options: Partial<HttpReceiverOptions> = {}): Promise<TestReceiver> {
  const prepared = prepareReceiver(options);
  const { port } = await prepared.receiver.start();
  return { ...prepared, port };
}

/** The same before it is started; it is stopped at the end in any case. */
export function prepareReceiver(options: Partial<HttpReceiverOptions> = {}): PreparedReceiver {
  const log = recordingLogger();
  const clock = new TestClock(NOW);
  const heard: string[] = [];
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  const receiver = new HttpReceiver({
    signingSecret: SECRET,
    host: '127.0.0.1',
    port: 0,
    logger: log.logger,
    clock,
    ...options,
  });
  const app = new App({
    receiver,
    authorize: async () => ({ botToken: 'xoxb-test', botId: 'B1', botUserId: 'U1', teamId: 'T1' }),
    logger: createBoltLogger(log.logger),
    convoStore: false,
  });
  app.command('/echo', async ({ command, ack }) => {
    heard.push(command.text);
    if (command.text === 'throw') throw new Error('a bug');
    if (command.text === 'throw later') {
      await ack('acknowledged');
      throw new Error('a bug after it');
    }
    if (command.text.startsWith('hold')) await held;
    if (command.text !== 'silent') await ack(command.text);
  });
  onTestFinished(async () => {
    release();
    await receiver.stop();
  });
  return { receiver, log, clock, heard, release };
}

export const command = (text: string): string =>
  new URLSearchParams({ command: '/echo', text, team_id: 'T1', user_id: 'U2' }).toString();

export function signatureOf(body: string | Uint8Array, timestamp: string | number = NOW / 1_000): string {
  return `v0=${createHmac('sha256', SECRET).update(`v0:${timestamp}:`).update(body).digest('hex')}`;
}

/** The bytes of a request; headers of the same name replace the usual ones, and null takes one away. */
export function requestOf(
  body: string | Uint8Array,
  headers: Record<string, string | null> = {},
  line = 'POST /slack/events HTTP/1.1',
): Buffer {
  const usual: Record<string, string | null> = {
    host: 'bot.test',
    'content-type': FORM,
    'content-length': String(Buffer.byteLength(body)),
    'x-slack-request-timestamp': String(NOW / 1_000),
    'x-slack-signature': signatureOf(body),
  };
  const lines = Object.entries({ ...usual, ...headers }).flatMap(([name, value]) =>
    value === null ? [] : [`${name}: ${value}\r\n`],
  );
  return Buffer.concat([Buffer.from(`${line}\r\n${lines.join('')}\r\n`), Buffer.from(body)]);
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A bare connection, for requests that no client would send. */
export interface RawConnection {
  write(bytes: string | Uint8Array): void;
  /** The next answer. Rejects where the connection ends without one. */
  answer(): Promise<Answer>;
  /** What has come and was not taken as an answer. */
  rest(): string;
  /** Resolves when the other side has closed it. */
  readonly closed: Promise<void>;
  /** Sends nothing more and goes on listening. */
  finish(): void;
  /** Goes away. */
  end(): void;
}

/** What one request over a connection of its own is answered with. */
export async function answerTo(port: number, bytes: string | Uint8Array): Promise<Answer> {
  const connection = await connectTo(port);
  connection.write(bytes);
  return connection.answer();
}

/** Until what has arrived so far was looked at. */
export const aTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export async function connectTo(port: number): Promise<RawConnection> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  const { promise: closed, resolve: close } = Promise.withResolvers<void>();
  let received = '';
  let look: () => void = () => {};
  let over = false;
  socket.on('data', (chunk) => {
    received += chunk.toString('latin1');
    look();
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    over = true;
    close();
    look();
  });
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  onTestFinished(() => void socket.destroy());
  return {
    write: (bytes) => void socket.write(bytes),
    answer: () => {
      const { promise, resolve, reject } = Promise.withResolvers<Answer>();
      look = () => {
        const [, status, length] =
          /^HTTP\/1\.1 (\d+)[\s\S]*?\r\ncontent-length: (\d+)\r\n/i.exec(received) ?? [];
        const end = received.indexOf('\r\n\r\n') + 4;
        // An answer of Node's own, to what is no HTTP, has no length: the end of the connection is its end.
        const [, own] = /^HTTP\/1\.1 (\d+)/.exec(received) ?? [];
        if (status !== undefined && received.length >= end + Number(length)) {
          const body = received.slice(end, end + Number(length));
          received = received.slice(end + Number(length));
          resolve({ status: Number(status), body });
        } else if (over && own !== undefined) resolve({ status: Number(own), body: '' });
        else if (over) reject(new Error('the connection was closed without an answer'));
      };
      look();
      return promise;
    },
    rest: () => received,
    closed,
    finish: () => void socket.end(),
    end: () => void socket.destroy(),
  };
}
