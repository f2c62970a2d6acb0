// An instance on PostgreSQL whose clock was ahead: others may be at work, so its claims are not simply dropped.
import { expect, inject, it, onTestFinished } from 'vitest';
import { newFolder, type RunningBot, startBot } from './client/bot.ts';
import { newDatabase } from './client/pgbouncer.ts';
import { textIn } from './client/requests.ts';
import { startSlack } from './client/slack.ts';
import { ANA, ask, BOB, CAT, control } from './client/team.ts';

const CLOCK = new URL('./client/clock.ts', import.meta.url).href;

it.each([60_000, 95_000, 280_000])('%i ms ahead, killed, corrected: the next vote is shown', async (ms) => {
  const slack = await startSlack();
  onTestFinished(() => slack.close());
  const database = await newDatabase(inject('postgres'));
  let aheadMs = ms;
  const start = (): Promise<RunningBot> =>
    startBot({
      slack,
      folder: newFolder(),
      nodeArgs: ['--import', CLOCK],
      env: { DATABASE_URL: database, OUTSIDE_AHEAD_MS: String(aheadMs) },
      at: () => Date.now() + aheadMs,
    });
  const bot = await start();
  const card = await ask(bot, slack, ANA);
  const voteAndSee = async (by: RunningBot, who: typeof ANA): Promise<void> => {
    const { status } = await by.requests.press(who, control(card.call.args, 'vote_flask'), card.ts);
    expect(status).toBe(200);
    await slack.until(({ method, args }) => method === 'chat.update' && textIn(args).includes(who.user));
  };
  await voteAndSee(bot, BOB);
  bot.kill('SIGKILL');
  await bot.ended;
  aheadMs = 0;
  await voteAndSee(await start(), CAT);
});
