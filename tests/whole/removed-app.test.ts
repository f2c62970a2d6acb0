// Removing the app from Slack and installing it again, as seen from outside.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { newFolder, type RunningBot, startBot } from './client/bot.ts';
import { rowsIn } from './client/database.ts';
import { textIn } from './client/requests.ts';
import { type FakeSlack, startSlack } from './client/slack.ts';
import { ANA, ask } from './client/team.ts';

const DAY_MS = 86_400_000;
const CLOCK = new URL('./client/clock.ts', import.meta.url).href;
const TIMERS = new URL('./client/timers.ts', import.meta.url).href;
const SCOPES = 'commands,chat:write,channels:join,app_mentions:read,files:write,users:read';

const MANY = {
  SLACK_BOT_TOKEN: '',
  SLACK_CLIENT_ID: '1.2',
  SLACK_CLIENT_SECRET: 'client-secret-client-secret',
  SLACK_STATE_SECRET: 'state-secret-state-secret',
  TOKEN_ENCRYPTION_KEY: 'q83vEjRWeJCrze8SNFZ4kBI0VniavN7wEjRWeJq83vE=',
  PUBLIC_URL: 'http://127.0.0.1:3000',
};

/** Installs the app as a browser does: the install page, Slack's consent, and back with a code. */
async function install(bot: RunningBot, slack: FakeSlack): Promise<void> {
  slack.on('oauth.v2.access', () => ({
    ok: true,
    access_token: `xoxb-${slack.of('oauth.v2.access').length}-secret`,
    token_type: 'bot',
    scope: SCOPES,
    bot_user_id: 'U0BOT',
    app_id: 'A0APP',
    team: { id: 'T0ONE', name: 'One' },
    enterprise: null,
    is_enterprise_install: false,
    authed_user: { id: 'U0ADMIN' },
  }));
  const page = await fetch(`${bot.origin}/slack/install`);
  const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? '';
  const state = /[?&](?:amp;)?state=([^&"]+)/.exec(await page.text())?.[1] ?? '';
  const back = await fetch(`${bot.origin}/slack/oauth_redirect?code=c1&state=${state}`, {
    headers: { cookie },
  });
  expect(back.status).toBe(200);
}

const history = async (bot: RunningBot): Promise<string> =>
  textIn((await bot.requests.command(ANA, 'history')).body);

async function withCard(env: Record<string, string>, { oauth }: { readonly oauth: boolean }) {
  const slack = await startSlack();
  onTestFinished(() => slack.close());
  const folder = newFolder();
  const start = (): Promise<RunningBot> => startBot({ slack, folder, env });
  const bot = await start();
  if (oauth) await install(bot, slack);
  await ask(bot, slack, ANA);
  const remove = async (): Promise<void> => {
    slack.on('auth.test', () => ({ ok: false, error: 'account_inactive' }));
    expect((await bot.requests.event('T0ONE', { type: 'app_uninstalled' })).status).toBe(200);
    await until(() => rowsIn(folder, 'SELECT * FROM departures').length === 1);
  };
  const comeBack = (): void => {
    slack.on('auth.test', () => ({
      ok: true,
      team_id: 'T0ONE',
      user_id: 'U0BOT',
      bot_id: 'B0BOT',
      user: 'bot',
    }));
  };
  return { slack, folder, bot, start, remove, comeBack };
}

async function until(holds: () => boolean): Promise<void> {
  await expect.poll(holds, { timeout: 10_000, interval: 20 }).toBe(true);
}

it('deletes the token at once, keeps the rest for 30 days, and finds it again after a new installation', async () => {
  const { slack, folder, bot, remove, comeBack } = await withCard(MANY, { oauth: true });
  expect(rowsIn(folder, 'SELECT tenant FROM installations')).toEqual([{ tenant: 'T0ONE' }]);
  const before = Date.now();
  await remove();
  expect(rowsIn(folder, 'SELECT * FROM installations')).toEqual([]);
  expect(rowsIn(folder, 'SELECT project FROM decisions')).toEqual([{ project: 'Billing portal' }]);
  const [departure] = rowsIn(folder, 'SELECT erase_at FROM departures');
  expect(Number(departure?.erase_at)).toBeGreaterThanOrEqual(before + 30 * DAY_MS);
  expect(Number(departure?.erase_at)).toBeLessThanOrEqual(Date.now() + 30 * DAY_MS);
  expect(await history(bot)).not.toContain('Billing portal');

  comeBack();
  await install(bot, slack);
  expect(await history(bot)).toContain('Billing portal');
  expect(rowsIn(folder, 'SELECT * FROM departures')).toEqual([]);
  const page = await (await fetch(`${bot.origin}/privacy`)).text();
  expect(page).toContain('the workspace’s other data after 30 days');
});

it('with the token in the environment: the data is there after a restart', async () => {
  const { folder, bot, start, remove, comeBack } = await withCard({}, { oauth: false });
  await remove();
  expect(rowsIn(folder, 'SELECT project FROM decisions')).toEqual([{ project: 'Billing portal' }]);
  bot.kill();
  expect(await bot.ended).toBe(0);
  comeBack();
  expect(await history(await start())).toContain('Billing portal');
  expect(rowsIn(folder, 'SELECT * FROM departures')).toEqual([]);
});

it('with the token in the environment: the data is there as soon as a person uses the bot again', async () => {
  const { folder, bot, remove, comeBack } = await withCard({}, { oauth: false });
  await remove();
  comeBack();
  await bot.requests.command(ANA, 'help');
  await until(() => rowsIn(folder, 'SELECT * FROM departures').length === 0);
  expect(await history(bot)).toContain('Billing portal');
});

it('with the token in the environment: due data is erased even if the token no longer works', async () => {
  const { folder, bot, start, remove } = await withCard({}, { oauth: false });
  await remove();
  bot.kill();
  expect(await bot.ended).toBe(0);
  const db = new DatabaseSync(join(folder, 'bot.db'));
  db.exec('UPDATE departures SET left_at = 1, erase_at = 2');
  db.close();
  await expect(start()).rejects.toThrow('account_inactive');
  expect(rowsIn(folder, 'SELECT * FROM decisions')).toEqual([]);
});

it('with the token in the environment: a start by a clock that was ahead does not hide the removal', async () => {
  const slack = await startSlack();
  onTestFinished(() => slack.close());
  const folder = newFolder();
  let aheadMs = DAY_MS;
  const bot = await startBot({
    slack,
    folder,
    nodeArgs: ['--import', CLOCK, '--import', TIMERS],
    env: {
      OUTSIDE_AHEAD_MS: String(aheadMs),
      // Looks at the clock twice a second instead of every five seconds.
      OUTSIDE_TIMERS: '{"setTimeout 5000": 500}',
      ERASE_AFTER_DAYS: '0',
    },
    at: () => Date.now() + aheadMs,
  });
  await ask(bot, slack, ANA);
  aheadMs = 0;
  bot.kill('SIGUSR2');
  await until(() => bot.log.some(({ msg }) => msg === 'the clock was set back'));
  slack.on('auth.test', () => ({ ok: false, error: 'account_inactive' }));
  await bot.requests.event('T0ONE', { type: 'app_uninstalled' });
  await until(() => rowsIn(folder, 'SELECT * FROM decisions').length === 0);
});

it('ERASE_AFTER_DAYS=0 deletes everything at once', async () => {
  const { folder, remove } = await withCard({ ...MANY, ERASE_AFTER_DAYS: '0' }, { oauth: true });
  await remove();
  await until(() => rowsIn(folder, 'SELECT * FROM decisions').length === 0);
  expect(rowsIn(folder, 'SELECT * FROM installations')).toEqual([]);
});
