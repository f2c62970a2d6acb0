import { expect, it, onTestFinished } from 'vitest';
import { newFolder, startBot } from './client/bot.ts';
import { rowsIn } from './client/database.ts';
import { startSlack } from './client/slack.ts';
import { ANA, ask, BOB, control } from './client/team.ts';

it('asks and votes, as seen from outside', async () => {
  const slack = await startSlack();
  onTestFinished(() => slack.close());
  const folder = newFolder();
  const bot = await startBot({ slack, folder });
  const card = await ask(bot, slack, ANA);
  await bot.requests.press(BOB, control(card.call.args, 'vote_flask'), card.ts);
  expect(rowsIn(folder, 'SELECT person, choice FROM votes')).toEqual([{ person: 'U0BOB', choice: 'flask' }]);
  await slack.until((call) => call.method === 'chat.update' && call.args.ts === card.ts);
  bot.kill();
  expect(await bot.ended).toBe(0);
});
