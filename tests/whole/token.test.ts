// A token that Slack no longer accepts shows in /readyz, the log and the metrics.
import { randomBytes } from 'node:crypto';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { newFolder, type RunningBot, startBot } from './client/bot.ts';
import { type FakeSlack, startSlack } from './client/slack.ts';
import { ANA, ask, BOB, control } from './client/team.ts';
import { manyEnvironment, sealed, withWorkspaces } from './client/workspaces.ts';

const CODES = ['token_revoked', 'token_expired', 'invalid_auth', 'account_inactive', 'not_authed'];

async function running(): Promise<{ slack: FakeSlack; bot: RunningBot }> {
  const slack = await startSlack();
  onTestFinished(() => slack.close());
  return { slack, bot: await startBot({ slack, folder: newFolder() }) };
}

function refuse(slack: FakeSlack, error: string): void {
  for (const method of ['auth.test', 'chat.postMessage', 'chat.update', 'views.open', 'users.info']) {
    slack.on(method, () => ({ ok: false, error }));
  }
}

const get = (bot: RunningBot, path: string): Promise<Response> => fetch(bot.origin + path);

async function counts(bot: RunningBot): Promise<Record<string, number>> {
  const text = await (await get(bot, '/metrics')).text();
  const series = text.matchAll(/^bot_token_errors_total\{code="(\w+)"\} (\d+)$/gm);
  return Object.fromEntries([...series].map(([, code, count]) => [code, Number(count)]));
}

const refusalsIn = ({ log }: RunningBot) =>
  log.filter(({ msg }) => msg === 'Slack does not accept the token');

const NONE = Object.fromEntries(CODES.map((code) => [code, 0]));

describe('in one workspace', () => {
  it.each(CODES)('%s makes the bot unready', async (code) => {
    const { slack, bot } = await running();
    expect(slack.of('auth.test').map(({ token }) => token)).toEqual(['xoxb-outside']);
    refuse(slack, code);
    const response = await get(bot, '/readyz');
    expect([response.status, await response.json()]).toEqual([
      503,
      { ready: false, checks: { store: 'ok', slack: 'failing' } },
    ]);
    expect(await counts(bot)).toEqual({ ...NONE, [code]: 1 });
    // Requests still reach it: it can answer people.
    expect((await get(bot, '/readyz?only=process')).status).toBe(200);
    // The log and the response arrive separately.
    await vi.waitFor(() => expect(refusalsIn(bot)).toHaveLength(1));
    expect(refusalsIn(bot)).toMatchObject([{ level: 'error', method: 'auth.test', code }]);
  });

  it('every refused call is counted, and logged once a minute', async () => {
    const { slack, bot } = await running();
    expect(await counts(bot)).toEqual(NONE);
    const card = await ask(bot, slack, ANA);
    refuse(slack, 'token_revoked');
    await bot.requests.press(BOB, control(card.call.args, 'vote_flask'), card.ts);
    for (let i = 0; i < 5; i++) await bot.requests.command(ANA, `Project ${i}`);
    await slack.until(() => slack.of('views.open').length === 6);
    const { token_revoked: counted = 0 } = await counts(bot);
    expect(counted).toBeGreaterThanOrEqual(5);
    // The lines of the six commands come after those of their calls.
    await vi.waitFor(() => expect(bot.log.filter(({ kind }) => kind === 'command')).toHaveLength(6));
    expect(refusalsIn(bot)).toHaveLength(1);
  });
});

it('a bot whose token is refused at startup says so and exits', async () => {
  const slack = await startSlack();
  onTestFinished(() => slack.close());
  refuse(slack, 'token_revoked');
  const refused: unknown = await startBot({ slack, folder: newFolder() }).catch((error: unknown) => error);
  expect(String(refused)).toMatch(/ended with 1: Slack rejected SLACK_BOT_TOKEN \(token_revoked\)/);
});

it('one of many workspaces whose token is revoked is logged and counted, and the bot stays ready', async () => {
  const slack = await startSlack();
  onTestFinished(() => slack.close());
  const key = randomBytes(32);
  const folder = await withWorkspaces({
    T0ONE: sealed('xoxb-one', 'T0ONE', key),
    T0TWO: sealed('xoxb-two', 'T0TWO', key),
  });
  const bot = await startBot({ slack, folder, env: manyEnvironment(key) });
  slack.on('views.open', ({ token }) =>
    token === 'xoxb-one' ? { ok: false, error: 'token_revoked' } : { ok: true, view: { id: 'V1' } },
  );
  for (const team of ['T0ONE', 'T0TWO']) await bot.requests.command({ user: 'U0ANA', team }, 'Portal');
  await slack.until(({ method, token }) => method === 'views.open' && token === 'xoxb-two');
  await vi.waitFor(() => expect(refusalsIn(bot)).toHaveLength(1));
  expect(await (await get(bot, '/readyz')).json()).toEqual({
    ready: true,
    checks: { store: 'ok', slack: 'ok' },
  });
  expect(slack.of('api.test')).toHaveLength(1);
  expect(await counts(bot)).toEqual({ ...NONE, token_revoked: 1 });
});
