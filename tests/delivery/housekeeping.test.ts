import { expect, it } from 'vitest';
import { startBot } from '../support/bot.ts';

it('deliveries are remembered for a day', async () => {
  const bot = await startBot();
  const take = () => bot.store.deliveries.take('T1', 'mention C1 1.1', bot.clock.now());
  const hours = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) {
      bot.clock.advance(60 * 60 * 1_000);
      await bot.bot.idle();
    }
  };
  expect(await take()).toBe(true);
  await hours(23);
  expect(await take()).toBe(false);
  await hours(2);
  expect(await take()).toBe(true);
});
