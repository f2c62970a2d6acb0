import { expect, it } from 'vitest';
import { startBot } from '../support/bot.ts';
import { press, submit } from '../support/payloads.ts';
import { blockOf } from '../support/posted-card.ts';
import type { Answer } from '../support/slack.ts';

const authorize = async ({ teamId = '' }: { teamId?: string | undefined }) => ({
  botToken: 'xoxb-test',
  botUserId: 'U0BOT',
  teamId,
});

/** Returns the same payload from another workspace. */
const from = (team: string, body: Record<string, unknown>): Record<string, unknown> =>
  JSON.parse(JSON.stringify(body).replaceAll('"T1"', JSON.stringify(team)));

it('a card that Slack takes its time for keeps those of other workspaces waiting for half a second at most', async () => {
  const bot = await startBot({ authorize });
  const blocks: string[] = [];
  for (const team of ['T1', 'T2']) {
    await bot.deliver(from(team, submit({ viewId: `V${team}`, project: `Project of ${team}` })));
    const cards = bot.slack.of('chat.postMessage').filter((message) => !('thread_ts' in message));
    blocks.push(blockOf(cards.at(-1)?.blocks));
  }
  bot.clock.advance(2_000);
  const votes = (team: string, block = ''): Record<string, unknown> =>
    from(team, press({ actionId: 'vote_flask', blockId: block }));
  const shown = () => bot.slack.of('chat.update').map(({ text }) => /Project of T\d/.exec(String(text))?.[0]);

  const { promise: hold, resolve: release } = Promise.withResolvers<Answer>();
  bot.slack.next('chat.update', { hold });
  const slow = bot.start(votes('T1', blocks[0]));
  await expect.poll(shown).toEqual(['Project of T1']);
  const quick = bot.start(votes('T2', blocks[1]));
  await quick.acknowledged;
  bot.clock.advance(500);
  await expect.poll(shown).toEqual(['Project of T1', 'Project of T2']);
  // The slow update's error is handled as well.
  release({ error: 'ratelimited' });
  await Promise.all([slow.done, quick.done]);
  bot.clock.advance(60_000);
  await bot.bot.idle();
  expect(shown()).toEqual(['Project of T1', 'Project of T2', 'Project of T1']);
});
