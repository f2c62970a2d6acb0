import { webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalSlack, startSlack } from '../server/slack-server.ts';
import { quiet } from './support/bot.ts';
import { TestClock } from './support/clock.ts';
import { errorOf } from './support/refused.ts';

const redirectUri = 'https://bot.example.com/slack/oauth_redirect';

let clock: TestClock;
let slack: LocalSlack;
let anonymous: webApi.WebClient;

const clientWith = (token?: string): webApi.WebClient =>
  new webApi.WebClient(token, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, logger: quiet });

beforeEach(async () => {
  clock = new TestClock();
  slack = await startSlack({ clock, redirectUris: ['https://bot.example.com/'] });
  anonymous = clientWith();
});
afterEach(() => slack.close());

const exchange = (code: string, extra: object = {}) =>
  anonymous.oauth.v2.access({
    client_id: slack.clientId,
    client_secret: slack.clientSecret,
    code,
    redirect_uri: redirectUri,
    ...extra,
  });

describe('an installation', () => {
  it('gives a code for a token that works, with the scopes that were asked for', async () => {
    const { code, url } = slack.authorize({ redirectUri, state: 'st', scopes: ['commands', 'users:read'] });
    expect(url).toBe(`${redirectUri}?code=${code}&state=st`);
    const answer = await exchange(code);
    expect(answer).toMatchObject({
      token_type: 'bot',
      scope: 'commands,users:read',
      bot_user_id: 'U0BOT',
      app_id: 'A0APP',
      team: { id: 'T0ACME', name: 'Acme' },
      authed_user: { id: 'U0CLEO' },
      is_enterprise_install: false,
    });
    const client = clientWith(answer.access_token);
    expect(await client.users.info({ user: 'U0ANA' })).toMatchObject({ ok: true });
    expect(await errorOf(client.chat.postMessage({ channel: 'C0WEB', text: 'a' }))).toBe('missing_scope');
  });

  it('is possible again after the app was removed', async () => {
    await slack.uninstall();
    const { access_token } = await exchange(slack.authorize({ redirectUri }).code);
    expect((await clientWith(access_token).auth.test()).ok).toBe(true);
    expect(await errorOf(clientWith(slack.botToken).auth.test())).toBe('account_inactive');
  });

  it.each([
    ['another app', { client_id: 'other' }, 'invalid_client_id'],
    ['a wrong secret', { client_secret: 'guessed' }, 'bad_client_secret'],
    ['another address', { redirect_uri: 'https://bot.example.com/else' }, 'bad_redirect_uri'],
    ['a made-up code', { code: 'code-x' }, 'invalid_code'],
  ])('is refused with %s, and the code stays good', async (_name, extra, error) => {
    const { code } = slack.authorize({ redirectUri });
    expect(await errorOf(exchange(code, extra))).toBe(error);
    expect((await exchange(code)).ok).toBe(true);
    expect(await errorOf(exchange(code))).toBe('code_already_used');
  });

  it('has ten minutes', async () => {
    const { code } = slack.authorize({ redirectUri });
    clock.advance(10 * 60_000 + 1);
    expect(await errorOf(exchange(code))).toBe('invalid_code');
  });

  it('leads back only to where the app lives', () => {
    expect(() => slack.authorize({ redirectUri: 'https://evil.example.com/' })).toThrow('bad_redirect_uri');
    expect(() => slack.authorize({ redirectUri, scopes: [] })).toThrow('no_scopes');
    expect(() => slack.authorize({ redirectUri, user: 'U0NOBODY' })).toThrow('user_not_found');
  });

  it('begins in a browser', async () => {
    const visit = (params: Record<string, string>) =>
      fetch(`${slack.authorizeUrl}?${new URLSearchParams(params)}`, { redirect: 'manual' });
    const good = { client_id: slack.clientId, scope: 'commands,chat:write', state: 'a b' };
    const answer = await visit({ ...good, redirect_uri: redirectUri });
    expect(answer.status).toBe(302);
    const location = new URL(answer.headers.get('location') ?? '');
    expect(location.searchParams.get('state')).toBe('a b');
    const token = await exchange(location.searchParams.get('code') ?? '');
    expect(token.scope).toBe('commands,chat:write');
    for (const [wrong, error] of [
      [{ client_id: 'other' }, 'invalid_client_id'],
      [{ redirect_uri: 'https://evil.example.com/' }, 'bad_redirect_uri'],
      [{ scope: '' }, 'no_scopes'],
    ] as const) {
      const refused = await visit({ ...good, redirect_uri: redirectUri, ...wrong });
      expect([refused.status, await refused.json()]).toEqual([400, { ok: false, error }]);
    }
  });
});
