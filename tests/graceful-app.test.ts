import { expect, it } from 'vitest';
import { startBot } from './support/bot.ts';
import { command, press, submit } from './support/payloads.ts';
import type { Answer } from './support/slack.ts';

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
  expect(typed).toMatchObject([{ response_type: 'ephemeral', text: expect.stringContaining('try again') }]);
  expect(submitted).toEqual([
    { response_action: 'errors', errors: { project: expect.stringContaining('try again') } },
  ]);
  expect(others).toEqual([[], []]);
  expect((await running.done).acks).toEqual([undefined]);
  expect(bot.slack.methods()).toEqual(['chat.postMessage']);
});
