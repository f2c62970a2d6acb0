import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../support/folder.ts';
import { type LocalSlack, startSlack } from '../support/local-slack.ts';
import { type BotProcess, startProcess } from '../support/process.ts';

/** Long enough to connect again. */
const ANEW = 15_000;
/** Shortens the five seconds after which Slack's client connects again. */
const TIMERS = fileURLToPath(new URL('./client/timers.ts', import.meta.url));

async function start(): Promise<{ slack: LocalSlack; bot: BotProcess }> {
  const slack = await startSlack();
  onTestFinished(() => slack.close());
  const bot = startProcess(temporaryFolder(), {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    DATABASE_URL: 'bot.db',
    NODE_OPTIONS: `--import=${TIMERS}`,
    OUTSIDE_TIMERS: '{"setTimeout 5000": 500}',
  });
  await bot.log((line) => line.msg === 'ready');
  return { slack, bot };
}

/** Opens the dialog and waits until it can be filled in. */
async function openDialog(slack: LocalSlack): Promise<void> {
  await slack.as('U0ANA').command('/django-or-flask', 'Billing portal', { channel: 'C0WEB' });
  await slack.until(() => slack.as('U0ANA').views()[0]);
}

it('that Slack holds events back is acknowledged and logged, and the bot goes on', async () => {
  const { slack, bot } = await start();
  const heldBack = { type: 'app_rate_limited', team_id: 'T0LOCAL', minute_rate_limited: 1_795_424_400 };
  const sent = slack.sockets.send('events_api', heldBack);
  await sent?.ack;
  await bot.log(
    ({ msg, tenant }) => String(msg).startsWith('Slack holds events back') && tenant === 'T0LOCAL',
  );
  await openDialog(slack);
  expect(bot.stderr()).toBe('');
});

it('a message that cannot be read is logged, and the bot goes on', async () => {
  const { slack, bot } = await start();
  slack.sockets.send('events_api', { type: 'something_new' });
  await bot.log(({ msg }) => msg === 'a message of Slack could not be read');
  await openDialog(slack);
  expect(bot.stderr()).toBe('');
});

it('the same submission delivered twice is acknowledged twice and makes one card', async () => {
  const { slack } = await start();
  await openDialog(slack);
  await slack.as('U0ANA').submit({ stage: 'mvp' });
  const { payload } = slack.deliveries.find((one) => one.payload.type === 'view_submission') ?? {};
  if (!payload) throw new Error('no submission was delivered');
  const again = slack.sockets.send('interactive', payload);
  expect(await again?.ack).toEqual({});
  const [card] = slack.messages('C0WEB');
  await slack.until(() => slack.thread('C0WEB', card?.ts ?? '').length === 1);
  expect(slack.messages('C0WEB')).toHaveLength(1);
});

it('a submission whose connection breaks before it is acknowledged stands; sent again, it changes nothing', async () => {
  const { slack, bot } = await start();
  await openDialog(slack);
  const posting = slack.faults.hold('chat.postMessage', 'after');
  const submitted = slack.as('U0ANA').submit({ stage: 'mvp' });
  await posting.arrived;
  slack.sockets.drop();
  await slack.until(() => slack.sockets.count === 0);
  posting.release();
  expect(await submitted).toMatchObject({ timedOut: true });
  await slack.until(() => slack.sockets.count === 1, ANEW);
  expect(slack.as('U0ANA').views()).toHaveLength(1);
  await slack.as('U0ANA').submit({ stage: 'mvp' });
  expect(slack.as('U0ANA').views()).toEqual([]);
  expect(slack.messages('C0WEB')).toHaveLength(1);
  expect(bot.stderr()).toBe('');
}, 40_000);

it('SIGTERM ends it in good order while Slack lets it wait for the greeting of a new connection', async () => {
  const { slack, bot } = await start();
  slack.sockets.sendsHello = false;
  slack.sockets.drop();
  await slack.until(() => slack.sockets.count === 0);
  await slack.until(() => slack.sockets.count === 1, ANEW);
  bot.kill('SIGTERM');
  expect(await bot.ended).toBe(0);
  expect(bot.stderr()).toBe('');
}, 30_000);

it('a token that Slack no longer accepts ends it with a sentence, once it has to connect anew', async () => {
  const { slack, bot } = await start();
  slack.faults.plan('apps.connections.open', { status: 503 }, { error: 'invalid_auth' });
  slack.sockets.drop();
  expect(await bot.ended).toBe(1);
  expect(bot.stderr()).toContain('Slack rejected SLACK_APP_TOKEN (invalid_auth)');
  expect(bot.stderr()).not.toMatch(/^\s+at /m);
}, 30_000);
