import { expect, it, vi } from 'vitest';
import { startBot } from '../support/bot.ts';
import { command, press, submit } from '../support/payloads.ts';
import type { Answer } from '../support/slack.ts';

const MENTION = {
  type: 'event_callback',
  team_id: 'T1',
  event_id: 'Ev1',
  event: { type: 'app_mention', user: 'U1', text: 'hello', ts: '1.1', channel: 'C1', event_ts: '1.1' },
};

it('once it is to stop, what runs ends and what comes is turned away', async () => {
  const bot = await startBot();
  const { promise: hold, resolve: answer } = Promise.withResolvers<Answer>();
  bot.slack.next('chat.postMessage', { hold });
  const running = bot.start(submit({ viewId: 'V1' }));
  while (bot.slack.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
  const stopped = bot.bot.stop();

  // Events come again by themselves, where they are not acknowledged; a button's person hears of it from Slack.
  const late = [command('help'), submit({ viewId: 'V2' }), MENTION, press({ actionId: 'post_again' })];
  const turnedAway = late.map((body) => bot.start(body));
  answer({ answer: { ts: '1795424400.000001' } });
  await stopped;

  const [typed, submitted, ...others] = await Promise.all(
    turnedAway.map(async ({ done }) => (await done).acks),
  );
  expect(typed).toMatchObject([{ response_type: 'ephemeral', text: expect.stringContaining('Try again') }]);
  expect(submitted).toEqual([
    { response_action: 'errors', errors: { project: expect.stringContaining('Try again') } },
  ]);
  expect(others).toEqual([[], []]);
  expect((await running.done).acks).toEqual([undefined]);
  expect(bot.slack.methods()).toEqual(['chat.postMessage']);
});

it('one workspace that asks for more than can be done keeps no other waiting, and hears of it', async () => {
  const bot = await startBot({
    hasFairQueue: true,
    authorize: async ({ teamId = '' }) => ({ botToken: 'xoxb-test', botUserId: 'U0BOT', teamId }),
  });
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  for (const { decisions } of bot.stores) {
    const { listInChannel } = decisions;
    vi.spyOn(decisions, 'listInChannel').mockImplementation(async (...args) => {
      if (args[0] === 'T1') await held;
      return listInChannel(...args);
    });
  }
  const elsewhere = { team_id: 'T2' };
  const flood = Array.from({ length: 1_000 }, () => bot.start(command('history')));
  expect(await bot.start(command('history', elsewhere)).acknowledged).toMatchObject({
    text: expect.any(String),
  });
  bot.clock.advance(2_000);
  const [another] = flood.slice(-1);
  expect(await another?.acknowledged).toMatchObject({
    text: expect.stringContaining('too many requests'),
  });
  expect(await bot.start(command('history', elsewhere)).acknowledged).toMatchObject({
    text: expect.any(String),
  });
  release();
  const answers = (await Promise.all(flood.map(({ done }) => done))).flatMap(({ acks }) => acks);
  expect(answers).toHaveLength(1_000);
  const turnedAway = answers.filter((answer) => JSON.stringify(answer).includes('too many requests'));
  expect(turnedAway.length).toBeGreaterThanOrEqual(1_000 - 128);
  expect(turnedAway.length).toBeLessThanOrEqual(1_000 - 4);
  expect(await bot.metrics.text()).toContain(`{kind="command",outcome="busy"}`);
  // What waited is over: everybody is served again.
  expect((await bot.deliver(command('history'))).acks).toHaveLength(1);
});
