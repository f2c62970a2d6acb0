import { randomBytes } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../bench/instances/free-port.ts';
import { launchBrowser } from '../../packages/local-slack/tests/support/browser.ts';
import {
  DESKTOP,
  openTab,
  overhang,
  PHONE,
  picture,
  violations,
} from '../../packages/local-slack/tests/support/page.ts';
import { temporaryFolder } from '../support/folder.ts';
import { type LocalSlack, type SlackOptions, startSlack } from '../support/local-slack.ts';
import { type BotProcess, startProcess } from '../support/process.ts';

const COOKIES = 'The installation could not be continued';
const SIGNING_SECRET = 'whole-process-secret';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

interface Running {
  readonly slack: LocalSlack;
  readonly bot: BotProcess;
  readonly url: string;
  readonly key: string;
}

/** A bot that nobody has installed yet, in a process of its own. */
async function startMany(options: SlackOptions = {}): Promise<Running> {
  const slack = await startSlack(options);
  onTestFinished(() => slack.close());
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const key = randomBytes(32).toString('base64');
  const bot = startProcess(temporaryFolder(), {
    SLACK_CLIENT_ID: slack.clientId,
    SLACK_CLIENT_SECRET: slack.clientSecret,
    SLACK_STATE_SECRET: 'a-state-secret-of-ours',
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    TOKEN_ENCRYPTION_KEY: key,
    PUBLIC_URL: url,
    SLACK_API_URL: slack.apiUrl,
    SUPPORT_URL: 'https://example.org/help',
    DATABASE_URL: 'bot.db',
    HOST: '127.0.0.1',
    PORT: String(port),
  });
  await bot.log((line) => line.msg === 'ready');
  slack.sendTo({ url: `${url}/slack/events`, signingSecret: SIGNING_SECRET });
  return { slack, bot, url, key };
}

describe('installing the app', () => {
  it('from “Add to Slack” to the first card, and gone again when it is uninstalled', async () => {
    const { slack, bot, url, key } = await startMany();
    const page = await openTab(browser, `${url}/slack/install`, { viewport: PHONE });
    await page.getByRole('link', { name: 'Add to Slack' }).click();
    await page.getByRole('heading', { name: /is now in .*Acme/ }).waitFor();
    await expect(page.getByRole('link', { name: /Open/ }).getAttribute('href')).resolves.toContain('T0ACME');

    const ana = slack.as('U0ANA');
    expect((await ana.command('/django-or-flask', 'Billing portal', { channel: 'C0WEB' })).status).toBe(200);
    await slack.until(() => ana.views()[0]);
    await ana.submit({ stage: 'mvp', admin: 'yes' });
    const card = await slack.until(() => slack.messages('C0WEB')[0]);
    expect(card.text).toContain('Billing portal');
    await slack.until(() => slack.thread('C0WEB', card.ts)[0]);

    const log = bot.stdout();
    for (const secret of [key, slack.clientSecret, 'xoxb-', 'a-state-secret', 'code-'])
      expect(log).not.toContain(secret);

    await slack.sendEvent({ type: 'app_uninstalled' });
    await bot.log((line) => line.msg === 'the app was removed');
    // A card that is still there, used by somebody who does not know.
    await slack.as('U0BEN').click(card, 'vote_django');
    const told = await slack.until(() => slack.ephemerals('U0BEN')[0]);
    expect(told.text).toContain('not installed here any more');
    bot.kill('SIGTERM');
    expect(await bot.ended).toBe(0);
  });

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
      'This installation was not started here',
    ]);
    expect(await finish({ code, state })).toEqual([400, COOKIES]);
    expect(await finish({ code, state }, { cookie: 'slack-install=somebody-elses' })).toEqual([400, COOKIES]);
    expect(await finish({ error: 'access_denied', state }, mine)).toEqual([
      403,
      'You did not allow it, and nothing was installed',
    ]);
    expect(await finish({ code: 'wrong', state }, mine)).toEqual([
      400,
      'Slack did not complete the installation',
    ]);
    expect(slack.calls.filter(({ method }) => method === 'auth.test')).toEqual([]);
    expect(await finish({ code, state }, mine)).toEqual([200, expect.stringContaining('Acme')]);
    // Slack's codes work once.
    expect(await finish({ code, state }, mine)).toEqual([400, 'Slack did not complete the installation']);
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

describe.each([
  ['phone', PHONE],
  ['narrow phone', { width: 320, height: 700 }],
  ['desktop', DESKTOP],
] as const)('the pages on a %s', (name, viewport) => {
  it.each(['light', 'dark'] as const)(
    'pass axe in %s colours, and nothing is wider than the window',
    async (scheme) => {
      const { url } = await startMany();
      for (const [path, expected] of [
        ['/slack/install', /Decide it together/],
        ['/slack/oauth_redirect', /could not be continued/],
        ['/privacy', /^Privacy in/],
      ] as const) {
        const page = await openTab(browser, 'about:blank', { viewport, expected: /400/ });
        await page.emulateMedia({ colorScheme: scheme });
        await page.goto(url + path);
        await page.getByRole('heading', { level: 1, name: expected }).waitFor();
        expect(await violations(page)).toEqual([]);
        expect(await overhang(page)).toBe(0);
        await picture(page, `${path.replaceAll('/', '-').slice(1)} ${name} ${scheme}`);
      }
    },
  );
});
