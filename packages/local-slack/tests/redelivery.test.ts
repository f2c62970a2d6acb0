import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { type LocalSlack, startSlack } from '../server/slack-server.ts';
import { quiet } from './support/bot.ts';
import { TestClock } from './support/clock.ts';

const MINUTE = 60_000;
const event = { type: 'app_uninstalled' };

let clock: TestClock;
let slack: LocalSlack;

beforeEach(async () => {
  clock = new TestClock();
  slack = await startSlack({ clock, redeliverEvents: true });
});
afterEach(() => slack.close());

const attempts = () =>
  slack.deliveries.map(({ retry }) => (retry ? `${retry.num} ${retry.reason}` : 'first'));
const answered = (count: number) =>
  slack.until(({ deliveries }) => deliveries.filter(({ result }) => result !== undefined).length === count);

describe('over HTTP', () => {
  /** One for each request of Slack; `null` never answers. Further ones are answered with 200. */
  let answers: ({ status: number; headers?: Record<string, string> } | null)[];
  let received: IncomingHttpHeaders[];
  let app: Server;

  beforeEach(async () => {
    answers = [];
    received = [];
    app = createServer((req, res) => {
      received.push(req.headers);
      req.resume();
      const next = answers.shift();
      if (next === null) return;
      res.writeHead(next?.status ?? 200, next?.headers).end();
    });
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
    const { port } = app.address() as AddressInfo;
    slack.sendTo({ url: `http://127.0.0.1:${port}/`, signingSecret: 'secret' });
  });
  afterEach(() => void app.close().closeAllConnections());

  it('repeats at once, after a minute and after five, and then gives up', async () => {
    answers = [{ status: 500 }, { status: 404 }, { status: 500 }, { status: 500 }];
    expect(await slack.sendEvent(event)).toMatchObject({ status: 500 });
    await answered(2);
    expect(attempts()).toEqual(['first', '1 http_error']);
    clock.advance(MINUTE - 1);
    expect(attempts()).toHaveLength(2);
    clock.advance(1);
    await answered(3);
    clock.advance(5 * MINUTE - 1);
    expect(attempts()).toHaveLength(3);
    clock.advance(1);
    await answered(4);
    clock.advance(60 * MINUTE);
    expect(attempts()).toEqual(['first', '1 http_error', '2 http_error', '3 http_error']);
    expect(received.map((headers) => headers['x-slack-retry-num'])).toEqual([undefined, '1', '2', '3']);
    expect(received[3]?.['x-slack-retry-reason']).toBe('http_error');
    expect(new Set(slack.deliveries.map(({ payload }) => payload.event_id)).size).toBe(1);
  });

  it('stops when the app has taken it', async () => {
    answers = [{ status: 503 }, { status: 204 }];
    await slack.sendEvent(event);
    await answered(2);
    clock.advance(60 * MINUTE);
    expect(attempts()).toEqual(['first', '1 http_error']);
  });

  it('stops where the app forbids it', async () => {
    answers = [{ status: 500, headers: { 'x-slack-no-retry': '1' } }];
    await slack.sendEvent(event);
    clock.advance(60 * MINUTE);
    expect(attempts()).toEqual(['first']);
  });

  it('waits three seconds for an answer', async () => {
    answers = [null];
    const first = slack.sendEvent(event);
    await vi.waitFor(() => expect(received).toHaveLength(1));
    clock.advance(2_999);
    expect(slack.deliveries[0]?.result).toBeUndefined();
    clock.advance(1);
    expect(await first).toMatchObject({ status: 0, timedOut: true });
    await answered(2);
    expect(attempts()).toEqual(['first', '1 http_timeout']);
  });

  it('says when the app cannot be reached', async () => {
    slack.sendTo({ url: slack.apiUrl.replace(/:\d+.*/, ':1/'), signingSecret: 'secret' });
    await slack.sendEvent(event);
    await answered(2);
    expect(attempts()).toEqual(['first', '1 connection_failed']);
  });

  it('never repeats a command or a click', async () => {
    answers = [{ status: 500 }];
    await slack.as('U0ANA').command('/form', '', { channel: 'C0WEB' });
    clock.advance(60 * MINUTE);
    expect(attempts()).toEqual(['first']);
  });
});

describe('over the socket', () => {
  const envelope = z.object({
    envelope_id: z.string(),
    retry_attempt: z.number(),
    retry_reason: z.string(),
  });

  it('repeats what is not acked, with the number of the attempt', async () => {
    const options = { slackApiUrl: slack.apiUrl, logger: quiet };
    const { url } = await new webApi.WebClient(slack.appToken, options).apps.connections.open({});
    const socket = new WebSocket(url ?? '');
    const seen: z.infer<typeof envelope>[] = [];
    socket.on('message', (data) => {
      const parsed = envelope.safeParse(JSON.parse(data.toString()));
      if (!parsed.success) return;
      seen.push(parsed.data);
      const { envelope_id, retry_attempt } = parsed.data;
      if (retry_attempt === 2) socket.send(JSON.stringify({ envelope_id }));
      if (retry_attempt < 2) clock.advance(retry_attempt === 0 ? 3_000 : 2_999);
    });
    await slack.until(({ sockets }) => sockets.count === 1);
    await slack.sendEvent(event);
    await vi.waitFor(() => expect(seen).toHaveLength(2));
    clock.advance(1);
    await answered(2);
    clock.advance(MINUTE);
    await answered(3);
    clock.advance(60 * MINUTE);
    expect(seen.map(({ retry_attempt, retry_reason }) => [retry_attempt, retry_reason])).toEqual([
      [0, ''],
      [1, 'http_timeout'],
      [2, 'http_timeout'],
    ]);
    expect(new Set(seen.map(({ envelope_id }) => envelope_id)).size).toBe(3);
  });
});

it('happens only where it is asked for', async () => {
  const other = await startSlack({ clock });
  await other.sendEvent(event);
  clock.advance(60 * MINUTE);
  expect(other.deliveries).toHaveLength(1);
  await other.close();
});
