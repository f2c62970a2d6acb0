import { describe, expect, it } from 'vitest';
import { startMany } from '../support/many-workspaces.ts';

const COOKIES = 'Your browser lost track of the installation';

describe('installing the app', () => {
  it('believes nobody who did not begin here, in this browser, a moment ago', async () => {
    const { slack, url } = await startMany();
    const begun = await fetch(`${url}/slack/install`);
    const cookie = begun.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^slack-install=[\w-]+; HttpOnly; SameSite=Lax; Path=\/; Max-Age=600$/);
    const state = /state=([\w.-]+)/.exec(await begun.text())?.[1] ?? '';
    const redirectUri = `${url}/slack/oauth_redirect`;
    const { code } = slack.authorize({ redirectUri });
    const finish = async (query: Record<string, string>, headers: Record<string, string> = {}) => {
      const answer = await fetch(`${redirectUri}?${new URLSearchParams(query)}`, { headers });
      return [answer.status, /<h1>(.*?)<\/h1>/s.exec(await answer.text())?.[1]?.replaceAll(/<[^>]*>/g, '')];
    };
    const mine = { cookie: cookie.split(';')[0] ?? '' };
    const forged = state.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
    expect(await finish({ code })).toEqual([400, COOKIES]);
    expect(await finish({ code, state: forged }, mine)).toEqual([
      400,
      'This installation didn’t start in this browser',
    ]);
    expect(await finish({ code, state })).toEqual([400, COOKIES]);
    expect(await finish({ code, state }, { cookie: 'slack-install=somebody-elses' })).toEqual([400, COOKIES]);
    expect(await finish({ error: 'access_denied', state }, mine)).toEqual([
      403,
      'You canceled the installation',
    ]);
    expect(await finish({ code: 'wrong', state }, mine)).toEqual([
      400,
      'Slack didn’t complete the installation',
    ]);
    expect(slack.calls.filter(({ method }) => method === 'auth.test')).toEqual([]);
    expect(await finish({ code, state }, mine)).toEqual([200, expect.stringContaining('Acme')]);
    // Slack's codes work once.
    expect(await finish({ code, state }, mine)).toEqual([400, 'Slack didn’t complete the installation']);
  });

  it('keeps nothing where less was allowed than it needs', async () => {
    const { slack, url } = await startMany();
    const begun = await fetch(`${url}/slack/install`);
    const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? '';
    const state = /state=([\w.-]+)/.exec(await begun.text())?.[1] ?? '';
    const redirectUri = `${url}/slack/oauth_redirect`;
    const { code } = slack.authorize({ redirectUri, scopes: ['commands', 'chat:write'] });
    const answer = await fetch(`${redirectUri}?${new URLSearchParams({ code, state })}`, {
      headers: { cookie },
    });
    expect(answer.status).toBe(403);
    const text = await answer.text();
    for (const scope of ['channels:join', 'app_mentions:read', 'files:write', 'users:read']) {
      expect(text).toContain(scope);
    }
  });

  it('that breaks on our side says so with a reference that is in the log', async () => {
    const { slack, bot, url } = await startMany();
    const begun = await fetch(`${url}/slack/install`);
    const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? '';
    const state = /state=([\w.-]+)/.exec(await begun.text())?.[1] ?? '';
    slack.faults.plan('oauth.v2.access', { status: 503 });
    const answer = await fetch(`${url}/slack/oauth_redirect?${new URLSearchParams({ code: 'x', state })}`, {
      headers: { cookie },
    });
    expect(answer.status).toBe(500);
    const reference = /this reference: <code>([\w-]+)/.exec(await answer.text())?.[1];
    await bot.log((line) => line.ref === reference && line.msg === 'installing failed');
  });
});
