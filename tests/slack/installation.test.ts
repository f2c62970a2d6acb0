import { expect, it } from 'vitest';
import { createSingleWorkspace } from '../../src/slack/installation.ts';
import { clientOptions } from '../../src/slack/web-client.ts';
import { recordingLogger } from '../support/log.ts';
import { RecordedSlack } from '../support/slack.ts';

const ANYWHERE = { isEnterpriseInstall: false } as const;

function installation(
  slack: RecordedSlack,
  worksIn: (team: string, seen: number) => Promise<void> = async () => {},
  now = () => 5_000,
) {
  const { logger } = recordingLogger();
  const options = clientOptions({ slackApiUrl: 'https://slack.test/api/', logger, fetch: slack.fetch });
  return createSingleWorkspace('xoxb-test-token', options, logger, { now, onTokenWorks: worksIn });
}

it('knows who the bot is once Slack has said so', async () => {
  const bot = installation(new RecordedSlack());
  expect(await bot.verify()).toBeNull();
  expect(await bot.botIn('T1')).toEqual({ id: 'U0BOT', name: '@django-or-flask' });
  expect([bot.tokenConfirmedAt('T1'), bot.tokenConfirmedAt('T2')]).toEqual([5_000, null]);
  expect(await bot.authorize(ANYWHERE)).toEqual({
    botToken: 'xoxb-test-token',
    botId: 'B0BOT',
    botUserId: 'U0BOT',
    teamId: 'T1',
  });
});

it('lets payloads through at once while Slack cannot be asked, and learns it later', async () => {
  const slack = new RecordedSlack();
  slack.next('auth.test', { network: 'ECONNREFUSED' });
  const places: string[] = [];
  const bot = installation(slack, async (team) => void places.push(team));
  expect(await bot.verify()).toBeNull();
  expect(bot.tokenConfirmedAt('T1')).toBeNull();
  expect(await bot.authorize(ANYWHERE)).toEqual({ botToken: 'xoxb-test-token' });
  expect(await bot.botIn('T1')).toEqual({ id: null, name: '@django-or-flask' });
  await expect.poll(async () => (await bot.botIn('T1')).id).toBe('U0BOT');
  expect(await bot.authorize(ANYWHERE)).toMatchObject({ teamId: 'T1' });
  // The workspace counts as back, even if the bot learns this only now.
  expect(places).toEqual(['T1']);
});

it('has been seen to work when Slack said so, not when that was on disk', async () => {
  const [slack, written] = [new RecordedSlack(), Promise.withResolvers<void>()];
  let time = 5_000;
  const places: [string, number][] = [];
  const bot = installation(
    slack,
    async (...place) => {
      places.push(place);
      await written.promise;
    },
    () => time,
  );
  const verified = bot.verify();
  await expect.poll(() => places).toEqual([['T1', 5_000]]);
  expect(bot.tokenConfirmedAt('T1')).toBeNull();
  time = 60_000;
  written.resolve();
  expect(await verified).toBeNull();
  expect(bot.tokenConfirmedAt('T1')).toBe(5_000);
});

it('says what to do about a token that Slack refuses', async () => {
  const slack = new RecordedSlack();
  slack.next('auth.test', { error: 'account_inactive' });
  expect(await installation(slack).verify()).toContain('SLACK_BOT_TOKEN (account_inactive)');
});
