import { request } from 'node:http';
import { webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { readSurfaces } from '../../src/playground/app-manifest.ts';
import { servePage } from '../../src/playground/page-server.ts';
import type { LocalSlack } from '../../src/playground/slack-server.ts';
import { quiet, type SmallBot, startBot } from './bot.ts';
import { errorOf } from './refused.ts';

let bot: SmallBot;
let slack: LocalSlack;
let client: webApi.WebClient;

beforeEach(async () => {
  bot = await startBot('socket');
  slack = bot.slack;
  client = bot.app.client;
});
afterEach(() => bot.stop());

async function wish(asked: unknown, url = slack.controlUrl): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(asked) });
}
const wished = async (asked: unknown): Promise<void> => expect((await wish(asked)).status).toBe(200);
const test = () => client.auth.test();
const impatient = () =>
  new webApi.WebClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 200,
    logger: quiet,
  }).auth.test();

describe('the control route', () => {
  it('makes the next call fail, of one method or of any', async () => {
    await wished({ do: 'error', error: 'is_archived', times: 2 });
    await wished({ do: 'error', method: 'users.info', error: 'user_not_found' });
    expect(await (await fetch(slack.controlUrl)).json()).toEqual({
      ok: true,
      waiting: [
        { method: '*', fault: { error: 'is_archived' } },
        { method: '*', fault: { error: 'is_archived' } },
        { method: 'users.info', fault: { error: 'user_not_found' } },
      ],
    });
    expect(await errorOf(client.users.info({ user: 'U0ANA' }))).toBe('user_not_found');
    expect(await errorOf(test())).toBe('is_archived');
    expect(await errorOf(client.chat.postMessage({ channel: 'C0WEB', text: 'a' }))).toBe('is_archived');
    expect((await test()).ok).toBe(true);
  });

  it('answers 429, breaks, drops, hangs and delays', async () => {
    await wished({ do: 'rateLimit', method: 'auth.test', seconds: 9 });
    await expect(impatient()).rejects.toMatchObject({ retryAfter: 9 });
    await wished({ do: 'status', method: 'auth.test', status: 503 });
    await expect(impatient()).rejects.toMatchObject({ statusCode: 503 });
    await wished({ do: 'drop', method: 'auth.test' });
    await expect(impatient()).rejects.toBeInstanceOf(webApi.WebAPIRequestError);
    expect(slack.calls.at(-1)?.answer).toBe('dropped');
    await wished({ do: 'hang', method: 'auth.test' });
    await expect(impatient()).rejects.toBeInstanceOf(Error);
    expect(slack.calls.at(-1)?.answer).toBeUndefined();
    await wished({ do: 'delay', method: 'auth.test', ms: 1 });
    expect((await impatient()).ok).toBe(true);
  });

  it('delivers an event twice', async () => {
    await wished({ do: 'deliverTwice' });
    await slack.as('U0ANA').openHome();
    await slack.until(({ deliveries }) => deliveries.every(({ result }) => result !== undefined));
    const ids = slack.deliveries.map(({ payload }) => payload.event_id);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    await slack.as('U0ANA').openHome();
    expect(slack.deliveries).toHaveLength(3);
  });

  it('disconnects the socket', async () => {
    await wished({ do: 'disconnect' });
    await slack.until(({ sockets }) => sockets.count === 0);
  });

  it('revokes the token and gives it back', async () => {
    await wished({ do: 'revokeToken' });
    expect(await errorOf(test())).toBe('token_revoked');
    await wished({ do: 'uninstall' });
    await wished({ do: 'reinstall' });
    expect((await test()).ok).toBe(true);
    await slack.until(({ deliveries }) => deliveries.every(({ result }) => result !== undefined));
    expect(slack.deliveries).toHaveLength(3);
  });

  it('clears what has not happened yet', async () => {
    await wished({ do: 'error', error: 'is_archived' });
    await wished({ do: 'deliverTwice', times: 5 });
    await wished({ do: 'clear' });
    expect((await test()).ok).toBe(true);
    await slack.as('U0ANA').openHome();
    expect(slack.deliveries).toHaveLength(1);
  });

  it.each([
    [{ do: 'explode' }],
    [{ do: 'error' }],
    [{ do: 'error', error: 'Not a code' }],
    [{ do: 'error', error: 'is_archived', more: 1 }],
    [{ do: 'status', status: 200 }],
    [{ do: 'delay', ms: -1 }],
    [{ do: 'rateLimit', seconds: 1, times: 0 }],
    [[]],
    [null],
  ])('does not understand %j', async (asked) => {
    const answer = await wish(asked);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ ok: false });
    expect(slack.faults.waiting()).toEqual([]);
  });
});

describe('every route', () => {
  const status = (url: string, method: string, headers: Record<string, string>): Promise<number> => {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    request(url, { method, headers }, (res) => {
      res.resume();
      resolve(res.statusCode ?? 0);
    })
      .once('error', reject)
      .end(method === 'POST' ? '{"do":"clear"}' : undefined);
    return promise;
  };
  const json = { 'content-type': 'application/json' };

  it('is for this machine only', async () => {
    const { host } = new URL(slack.apiUrl);
    const api = `${slack.apiUrl}auth.test`;
    for (const [url, method] of [
      [slack.controlUrl, 'POST'],
      [slack.controlUrl, 'GET'],
      [api, 'POST'],
      [slack.authorizeUrl, 'GET'],
    ] as const) {
      expect(await status(url, method, { ...json, host: 'evil.test' })).toBe(403);
      expect(await status(url, method, { ...json, host: `${host}.evil.test` })).toBe(403);
      expect(await status(url, method, { ...json, origin: 'http://evil.test' })).toBe(403);
    }
    expect(await status(slack.controlUrl, 'POST', { ...json, origin: `http://${host}` })).toBe(200);
    const link = `${slack.apiUrl.replace('/api/', '/link')}?ticket=x`;
    const upgrade = { connection: 'Upgrade', upgrade: 'websocket', host: 'evil.test' };
    await expect(status(link, 'GET', upgrade)).rejects.toThrow();
  });

  it('takes JSON only, so that no form of another page gets through', async () => {
    expect(await status(slack.controlUrl, 'POST', { 'content-type': 'text/plain' })).toBe(415);
    expect(await status(slack.controlUrl, 'POST', {})).toBe(415);
    expect(await status(slack.controlUrl, 'DELETE', json)).toBe(405);
    expect(await status(`${slack.controlUrl}x`, 'POST', json)).toBe(404);
  });

  it('is there for the page, too', async () => {
    const page = await servePage({
      slack: () => slack,
      startOver: async () => {},
      app: readSurfaces(),
      port: 0,
    });
    onTestFinished(() => page.close());
    const url = `${page.url}control/faults`;
    expect((await wish({ do: 'error', error: 'is_archived' }, url)).status).toBe(200);
    expect(await errorOf(test())).toBe('is_archived');
    expect(await status(url, 'POST', { ...json, origin: 'http://evil.test' })).toBe(403);
    // The page's server is another origin than Slack's own.
    expect(await status(url, 'POST', { ...json, origin: new URL(slack.apiUrl).origin })).toBe(403);
  });
});
