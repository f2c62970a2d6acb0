// A running bot whose clock is set back, as its jobs see it.
import { expect, it } from 'vitest';
import { startBot } from '../support/bot.ts';
import { press, submit } from '../support/payloads.ts';

const AHEAD_MS = 280_000;

it('updates cards within seconds after the clock was set back, and never later than before', async () => {
  const bot = await startBot();
  await bot.deliver(submit());
  const [decision] = await bot.store.decisions.inChannel('T1', 'C1', {
    viewer: 'U1',
    words: [],
    offset: 0,
    limit: 1,
  });
  const id = decision?.decision.id ?? '';
  const vote = (user: string) =>
    bot.deliver(press({ actionId: 'vote_flask', blockId: `decision:${id}`, user }));
  const updates = () => bot.slack.of('chat.update').length;
  bot.clock.set(AHEAD_MS);
  await vote('U2');
  for (let i = 0; i < 6; i++) {
    bot.clock.advance(1_000);
    await bot.bot.idle();
  }
  const before = updates();
  expect(before).toBeGreaterThan(0);
  bot.clock.set(-AHEAD_MS);
  await vote('U3');
  for (let i = 0; i < 10; i++) {
    bot.clock.advance(1_000);
    await bot.bot.idle();
  }
  expect(updates()).toBeGreaterThan(before);
  expect(bot.log.lines.some((line) => line.msg === 'the clock was set back')).toBe(true);
});
