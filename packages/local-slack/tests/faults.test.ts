import { App, SocketModeReceiver, webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalSlack, startSlack } from '../server/slack-server.ts';
import { quiet } from './support/bot.ts';

let slack: LocalSlack;
beforeEach(async () => {
  slack = await startSlack();
});
afterEach(() => slack.close());

const client = (options: webApi.WebClientOptions = {}): webApi.WebClient =>
  new webApi.WebClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    logger: quiet,
    ...options,
  });
const post = (options?: webApi.WebClientOptions) =>
  client(options).chat.postMessage({ channel: 'C0WEB', text: 'hello' });
const posted = (): number => slack.messages('C0WEB').length;

describe('faults', () => {
  it('answers the next calls with errors, in order, and then as usual', async () => {
    slack.faults.plan('chat.postMessage', { error: 'is_archived' }, { error: 'ratelimited', more: { a: 1 } });
    await expect(post()).rejects.toMatchObject({ data: { error: 'is_archived' } });
    await expect(post()).rejects.toMatchObject({ data: { error: 'ratelimited', a: 1 } });
    expect(posted()).toBe(0);
    await post();
    expect(posted()).toBe(1);
    expect(slack.calls.map(({ answer }) => answer !== 'dropped' && answer?.body.ok)).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('limits the rate', async () => {
    slack.faults.plan('chat.postMessage', { retryAfterSeconds: 7 });
    await expect(post({ rejectRateLimitedCalls: true })).rejects.toMatchObject({ retryAfter: 7 });
    expect(posted()).toBe(0);
  });

  it('breaks down', async () => {
    slack.faults.plan('chat.postMessage', { status: 500 });
    await expect(post()).rejects.toMatchObject({ statusCode: 500 });
    expect(posted()).toBe(0);
  });

  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)('drops the connection %s handling', async (when, messages) => {
    slack.faults.plan('chat.postMessage', { drop: when });
    await expect(post()).rejects.toBeInstanceOf(webApi.WebAPIRequestError);
    expect(posted()).toBe(messages);
    expect(slack.calls).toMatchObject([{ answer: 'dropped' }]);
  });

  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)('never answers, hanging %s handling', async (when, messages) => {
    slack.faults.plan('chat.postMessage', { hang: when });
    await expect(post({ timeout: 100 })).rejects.toBeInstanceOf(Error);
    expect(posted()).toBe(messages);
    expect(slack.calls).toMatchObject([{ answer: undefined }]);
  });

  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)('holds a call %s handling until it is released', async (when, messages) => {
    const held = slack.faults.hold('chat.postMessage', when);
    const call = post();
    await held.arrived;
    expect(posted()).toBe(messages);
    held.release();
    expect(await call).toMatchObject({ ok: true });
    expect(posted()).toBe(1);
  });

  it('delays', async () => {
    slack.faults.plan('chat.postMessage', { delayMs: 5 });
    expect(await post()).toMatchObject({ ok: true });
  });

  it('says what has happened when something does not', async () => {
    await post();
    const nothing = slack.until(() => null, 1);
    await expect(nothing).rejects.toThrow(/not so within 1 ms\ncall chat\.postMessage .*hello/);
    await expect(slack.until(() => slack.messages('C0NOWHERE').at(0), 1)).rejects.toThrow('not so');
  });

  it('closes although calls hang', async () => {
    const other = await startSlack();
    other.faults.plan('auth.test', { hang: 'before' });
    const options = { slackApiUrl: other.apiUrl, retryConfig: { retries: 0 }, logger: quiet };
    const call = new webApi.WebClient(other.botToken, options).auth.test();
    const failed = expect(call).rejects.toBeInstanceOf(Error);
    await other.until(({ calls }) => calls.length === 1);
    await other.close();
    await failed;
  });
});

describe('the app is away', () => {
  it('is told from a slow app', async () => {
    const ana = slack.as('U0ANA');
    const command = () => ana.command('/form', '', { channel: 'C0WEB' });
    expect(await command()).toMatchObject({ status: 0, body: 'not_connected', timedOut: false });
    slack.sendTo({ url: slack.apiUrl.replace(/:\d+.*/, ':1/'), signingSecret: 'secret' });
    expect(await command()).toMatchObject({ status: 0, body: 'connection_failed', timedOut: false });
  });
});

describe('socket', () => {
  /** A receiver of one's own gets the Web API root through its installerOptions, not through the App. */
  async function connect(): Promise<App> {
    const clientOptions = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } };
    const receiver = new SocketModeReceiver({
      appToken: slack.appToken,
      logger: quiet,
      // The wait before a reconnection is as long as this.
      clientPingTimeout: 500,
      installerOptions: { clientOptions },
    });
    const app = new App({ token: slack.botToken, receiver, clientOptions, logger: quiet });
    app.command('/hi', async ({ ack }) => ack('hi'));
    await app.start();
    return app;
  }
  const disconnect = async (app: App): Promise<void> => {
    await app.stop();
    await slack.until(({ sockets }) => sockets.count === 0);
  };
  const hi = () => slack.as('U0ANA').command('/hi', '', { channel: 'C0WEB' });

  it.each([
    ['asked to', () => slack.sockets.refresh()],
    ['cut off', () => slack.sockets.drop()],
  ])('is opened anew when the app is %s', async (_name, interrupt) => {
    const app = await connect();
    expect(await hi()).toMatchObject({ status: 200, body: { text: 'hi' } });
    interrupt();
    await slack.until(({ sockets }) => sockets.count === 0);
    expect(await hi()).toMatchObject({ status: 0, body: 'not_connected' });
    await slack.until(({ sockets }) => sockets.count === 1);
    expect(await hi()).toMatchObject({ status: 200, body: { text: 'hi' } });
    expect(slack.ephemerals('U0ANA').map(({ text }) => text)).toEqual(['hi', 'hi']);
    await disconnect(app);
  });

  it('gives envelopes to one connection after the other', async () => {
    const first = await connect();
    const second = await connect();
    expect(slack.sockets.count).toBe(2);
    for (let count = 0; count < 4; count += 1) expect(await hi()).toMatchObject({ status: 200 });
    await first.stop();
    await slack.until(({ sockets }) => sockets.count === 1);
    expect(await hi()).toMatchObject({ status: 200 });
    await disconnect(second);
  });

  it('lets nobody in without a ticket', async () => {
    const url = `${slack.apiUrl.replace('http', 'ws').replace('/api/', '/link')}?ticket=forged`;
    const { promise: refused, resolve } = Promise.withResolvers<void>();
    new WebSocket(url).addEventListener('error', () => resolve());
    await refused;
    expect(slack.sockets.count).toBe(0);
  });
});
