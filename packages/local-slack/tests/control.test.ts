import { request } from 'node:http';
import { webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { readSurfaces } from '../app-manifest.ts';
import { servePage } from '../server/page-server.ts';
import type { LocalSlack } from '../server/slack-server.ts';
import { quiet, type SmallBot, startBot } from './support/bot.ts';
import { errorOf } from './support/refused.ts';

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
    expect(await (await fetch(slack.controlUrl)).json()).toMatchObject({
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

  it('lists the events that will come twice, and adds to them', async () => {
    await wished({ do: 'deliverTwice', times: 2 });
    const answer = await (await wish({ do: 'deliverTwice' })).json();
    expect(answer.waiting).toEqual([{ method: 'events', fault: { deliverTwice: 3 } }]);
    await slack.as('U0ANA').openHome();
    const after = await (await fetch(slack.controlUrl)).json();
    expect(after.waiting).toEqual([{ method: 'events', fault: { deliverTwice: 2 } }]);
  });

  it('says how things are, what has happened at once, and what can be named', async () => {
    const told = async (asked: object) => {
      const { said, state } = await (await wish(asked)).json();
      return [said, state];
    };
    const state = { transport: 'socket', connected: true, tokenValid: true, installed: true };
    const { methods, ...rest } = await (await fetch(slack.controlUrl)).json();
    expect(rest).toEqual({ ok: true, waiting: [], state });
    expect(methods).toEqual(expect.arrayContaining(['*', 'chat.postMessage', 'views.open', 'response_url']));
    expect(await told({ do: 'revokeToken' })).toEqual([
      expect.stringContaining('revoked'),
      { ...state, tokenValid: false },
    ]);
    expect(await told({ do: 'revokeToken' })).toContain('The token was already invalid.');
    expect(await told({ do: 'uninstall' })).toEqual([
      expect.stringContaining('uninstalled'),
      { ...state, tokenValid: false, installed: false },
    ]);
    expect(await told({ do: 'uninstall' })).toContain('The app isn’t installed.');
    expect(await told({ do: 'reinstall' })).toEqual([expect.stringContaining('in no channel'), state]);
    expect((await told({ do: 'disconnect', how: 'refresh' }))[0]).toBe('Slack asked the app to reconnect.');
    expect((await told({ do: 'disconnect' }))[0]).toContain('The socket is cut.');
    slack.sendTo({ url: 'http://127.0.0.1:1/', signingSecret: 'none' });
    expect(await told({ do: 'disconnect' })).toEqual([
      'Nothing to cut: the app uses HTTP, not a socket.',
      { ...state, transport: 'http', connected: null },
    ]);
    slack.sendTo('socket');
    await slack.until(({ deliveries }) => deliveries.every(({ result }) => result !== undefined));
  });

  it.each([
    [
      { do: 'error', error: 'is_archived', times: 0 },
      'How many times must be a whole number from 1 to 1000.',
    ],
    [{ do: 'delay', ms: null }, 'The milliseconds must be a whole number from 0 to 600000.'],
    [{ do: 'status', status: 200 }, 'The HTTP status must be a whole number from 400 to 599.'],
    [{ do: 'error', error: 'Not a code' }, 'Enter one of Slack’s error codes, such as is_archived.'],
    [{ do: 'explode' }, 'Unknown fault. reference.md lists them all.'],
  ])('says in a sentence what is wrong with %j', async (asked, problem) => {
    expect(await (await wish(asked)).json()).toEqual({ ok: false, problem });
  });

  it('is slow before anything happens, or after', async () => {
    await wished({ do: 'delay', method: 'chat.postMessage', ms: 600_000 });
    const late = client.chat.postMessage({ channel: 'C0WEB', text: 'late' });
    await slack.until(({ calls }) => calls.some(({ method }) => method === 'chat.postMessage'));
    expect(slack.messages('C0WEB')).toEqual([]);
    await wished({ do: 'clear' });
    expect((await late).ok).toBe(true);
    await wished({ do: 'delay', method: 'chat.postMessage', ms: 600_000, when: 'after' });
    const unseen = client.chat.postMessage({ channel: 'C0WEB', text: 'unseen' });
    await slack.until(() => slack.messages('C0WEB').length === 2);
    expect(slack.calls.at(-1)?.answer).toBeUndefined();
    await wished({ do: 'clear' });
    expect((await unseen).ok).toBe(true);
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
    expect(slack.faults.pending()).toEqual([]);
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
      app: readSurfaces('features: {}'),
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
