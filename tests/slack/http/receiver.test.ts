import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import { App } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBoltLogger } from '../../../src/runtime/logging.ts';
import { HttpReceiver } from '../../../src/slack/http/receiver.ts';
import { TestClock } from '../../support/clock.ts';
import { recordingLogger } from '../../support/log.ts';

const SECRET = 'test-signing-secret';
const NOW = Date.UTC(2026, 10, 23, 9);
const FORM = 'application/x-www-form-urlencoded';

let receiver: HttpReceiver;
let app: App;
let url: string;
let log: ReturnType<typeof recordingLogger>;
let commands: { text: string; retryNum: unknown; retryReason: unknown }[];
let release: () => void;
let held: Promise<void>;

beforeEach(async () => {
  log = recordingLogger();
  commands = [];
  ({ promise: held, resolve: release } = Promise.withResolvers<void>());
  receiver = new HttpReceiver({
    signingSecret: SECRET,
    host: '127.0.0.1',
    port: 0,
    logger: log.logger,
    clock: new TestClock(NOW),
  });
  app = new App({
    receiver,
    authorize: async () => ({ botToken: 'xoxb-test', botId: 'B1', botUserId: 'U1', teamId: 'T1' }),
    logger: createBoltLogger(log.logger),
    convoStore: false,
  });
  app.command('/echo', async ({ command, ack, context: { retryNum, retryReason } }) => {
    commands.push({ text: command.text, retryNum, retryReason });
    if (command.text === 'object') await ack({ text: 'an object' });
    else if (command.text === 'unwritable') await ack(unwritable());
    else if (command.text === 'twice') {
      await ack();
      await ack();
    } else if (command.text === 'hold') {
      await held;
      await ack('held');
    } else if (command.text !== 'silent') await ack(command.text);
  });
  const address = await receiver.start();
  url = `http://127.0.0.1:${address.port}/slack/events`;
});

afterEach(async () => {
  release();
  await receiver.stop();
});

const command = (text: string): string =>
  new URLSearchParams({ command: '/echo', text, team_id: 'T1', user_id: 'U2' }).toString();

/** JSON can't express this value. */
function unwritable(): { text: string } {
  const answer: { text: string; self?: object } = { text: 'round' };
  answer.self = answer;
  return answer;
}

interface Sent {
  body: string | Uint8Array;
  contentType?: string;
  secret?: string;
  secondsOff?: number;
  headers?: Record<string, string>;
}

function signature(timestamp: number, body: string | Uint8Array, secret = SECRET): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`;
}

async function send({
  body,
  contentType = FORM,
  secret = SECRET,
  secondsOff = 0,
  headers = {},
}: Sent): Promise<Response> {
  const timestamp = NOW / 1000 + secondsOff;
  return fetch(url, {
    method: 'POST',
    body: typeof body === 'string' ? body : new Uint8Array(body),
    headers: {
      'content-type': contentType,
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': signature(timestamp, body, secret),
      ...headers,
    },
  });
}

describe('a signed request', () => {
  it('reaches its listener and is answered with what the listener acknowledges', async () => {
    const text = await send({ body: command('hello') });
    expect([text.status, await text.text()]).toEqual([200, 'hello']);
    const object = await send({ body: command('object') });
    expect([object.headers.get('content-type'), await object.json()]).toEqual([
      'application/json; charset=utf-8',
      { text: 'an object' },
    ]);
    expect(commands.map((c) => c.text)).toEqual(['hello', 'object']);
  });

  it.each([-299, 0, 299])('is taken with a clock %d seconds off', async (secondsOff) => {
    expect((await send({ body: command('hello'), secondsOff })).status).toBe(200);
  });

  it.each<[Record<string, string>, { retryNum?: number; retryReason?: string }]>([
    [{}, {}],
    [
      { 'x-slack-retry-num': '2', 'x-slack-retry-reason': 'http_timeout' },
      { retryNum: 2, retryReason: 'http_timeout' },
    ],
    [{ 'x-slack-retry-num': 'second', 'x-slack-retry-reason': '' }, { retryReason: '' }],
    [{ 'x-slack-retry-num': '1, 2' }, { retryNum: 1 }],
  ])('carries what Slack says about a repeated delivery: %j', async (headers, context) => {
    await send({ body: command('hello'), headers });
    expect(commands).toEqual([{ text: 'hello', retryNum: undefined, retryReason: undefined, ...context }]);
  });

  it('is answered once, and an unanswered one ends in 500 instead of silence', async () => {
    expect((await send({ body: command('twice') })).status).toBe(200);
    expect((await send({ body: command('silent') })).status).toBe(500);
  });

  it('whose answer cannot be written ends in 500, and leaves the next one be', async () => {
    const [broken, next] = await Promise.all([
      send({ body: command('unwritable') }),
      send({ body: command('hello') }),
    ]);
    expect([broken.status, next.status]).toEqual([500, 200]);
  });

  it('with bytes that look like other text is signed over the bytes', async () => {
    expect((await send({ body: command('Café 🍰 مرحبا') })).status).toBe(200);
    expect(commands[0]?.text).toBe('Café 🍰 مرحبا');
  });
});

describe('refused with 401, without anything done', () => {
  it.each<[string, Partial<Sent>]>([
    ['a forged signature', { secret: 'somebody-else' }],
    ['a stale timestamp', { secondsOff: -301 }],
    ['a timestamp in the future', { secondsOff: 301 }],
    ['no signature', { headers: { 'x-slack-signature': '' } }],
    ['a shorter signature', { headers: { 'x-slack-signature': 'v0=00' } }],
    ['a timestamp that is none', { headers: { 'x-slack-request-timestamp': 'today' } }],
    ['a negative timestamp', { headers: { 'x-slack-request-timestamp': '-1' } }],
  ])('%s', async (_, sent) => {
    expect((await send({ body: command('hello'), ...sent })).status).toBe(401);
    expect(commands).toEqual([]);
  });

  it('a body that was changed after signing', async () => {
    const timestamp = NOW / 1000;
    const response = await fetch(url, {
      method: 'POST',
      body: command('evil'),
      headers: {
        'content-type': FORM,
        'x-slack-request-timestamp': String(timestamp),
        'x-slack-signature': signature(timestamp, command('good')),
      },
    });
    expect([response.status, commands]).toEqual([401, []]);
  });

  it('malformed bodies, as long as they are not signed', async () => {
    expect((await send({ body: '{', contentType: 'application/json', secret: 'wrong' })).status).toBe(401);
  });
});

describe('refused with 400', () => {
  it.each<[string, Sent]>([
    ['broken JSON', { body: '{"type":', contentType: 'application/json' }],
    ['JSON that is no object', { body: '[1]', contentType: 'application/json' }],
    ['a payload that is no JSON', { body: 'payload=%7B', contentType: FORM }],
    ['a payload that is no object', { body: 'payload=7', contentType: FORM }],
    ['an empty form', { body: '', contentType: FORM }],
    ['an empty body', { body: '', contentType: 'application/json' }],
    ['a challenge that is none', { body: '{"type":"url_verification"}', contentType: 'application/json' }],
    ['a certificate check that says no', { body: 'ssl_check=0', contentType: FORM }],
    ['a form in parts', { body: command('hello'), contentType: 'multipart/form-data; boundary=x' }],
    ['bytes that are no UTF-8', { body: Uint8Array.of(0x61, 0xff, 0x3d), contentType: FORM }],
    ['another content type', { body: '<xml/>', contentType: 'text/xml' }],
    ['an object that is no payload of Slack', { body: '{"hello":1}', contentType: 'application/json' }],
  ])('%s', async (_, sent) => {
    expect((await send(sent)).status).toBe(400);
  });
});

describe('other requests', () => {
  it('answers the challenge that Slack sends when the address is set', async () => {
    const body = JSON.stringify({ type: 'url_verification', challenge: 'c-123' });
    const response = await send({ body, contentType: 'application/json' });
    expect([response.status, await response.text()]).toEqual([200, 'c-123']);
  });

  it('answers a certificate check, which has no signature, and acts on nothing in it', async () => {
    const payload = encodeURIComponent(JSON.stringify({ type: 'event_callback' }));
    for (const more of [command('smuggled'), `payload=${payload}`, 'ssl_check=0']) {
      expect((await send({ body: `ssl_check=1&${more}`, secret: 'none' })).status).toBe(200);
    }
    expect(commands).toEqual([]);
  });

  it.each<[string, string, string]>([
    ['that says no', 'ssl_check=0&token=x', FORM],
    ['that says nothing', 'ssl_check=&token=x', FORM],
    ['in other words', 'ssl_check=true&token=x', FORM],
    ['that says yes later', 'ssl_check=0&ssl_check=1', FORM],
    ['in JSON', '{"ssl_check":"1"}', 'application/json'],
    ['of another type', 'ssl_check=1', 'text/plain'],
    ['that is as long as a payload', `ssl_check=1&x=${'x'.repeat(1_000)}`, FORM],
  ])('a certificate check %s needs a signature', async (_, body, contentType) => {
    expect((await send({ body, contentType, secret: 'none' })).status).toBe(401);
  });

  it('refuses bodies over the limit with 413, announced or not', async () => {
    const large = 'x'.repeat(1024 * 1024 + 1);
    expect((await send({ body: large })).status).toBe(413);
    const chunked = await rawRequest(
      `POST /slack/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${(1024 * 1024 + 1).toString(16)}\r\n${large}\r\n0\r\n\r\n`,
    );
    expect(chunked).toContain('413');
  });

  it('knows one path and one method', async () => {
    expect((await fetch(url.replace('/slack/events', '/'))).status).toBe(404);
    expect((await fetch(url)).status).toBe(405);
  });
});

it('stops after the listeners that run, and takes nothing new', async () => {
  const held = send({ body: command('hold') });
  while (commands.length === 0) await new Promise((resolve) => setImmediate(resolve));
  const stopped = receiver.stop();
  await expect(send({ body: command('late') })).rejects.toThrow('fetch failed');
  release();
  const response = await held;
  expect([response.status, await response.text()]).toEqual([200, 'held']);
  await stopped;
  expect(commands.map((c) => c.text)).toEqual(['hold']);
});

/** Sends raw bytes and returns the start of the response. */
function rawRequest(bytes: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes));
  socket.once('data', (data) => {
    socket.destroy();
    resolve(data.toString());
  });
  socket.once('error', reject);
  return promise;
}
