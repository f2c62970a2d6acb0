import { array, assert, asyncProperty, constantFrom, integer, oneof, record } from 'fast-check';
import { expect, it } from 'vitest';
import { ACTIONS } from '../../../src/blocks/ids.ts';
import { encodeDecisionBlock } from '../../../src/blocks/metadata.ts';
import { startBot, type TestBot } from '../../support/bot.ts';
import { drain, FailingSlack, OUTAGES, pass } from '../../support/failing-slack.ts';
import { press, submit } from '../../support/payloads.ts';

const MVP = { parts: 'few', screens: 'office' } as const;
const CHANNELS = ['C1', 'C2'] as const;

/** What people, time and Slack do. */
const step = oneof(
  { weight: 5, arbitrary: record({ does: constantFrom('asks'), channel: constantFrom(...CHANNELS) }) },
  { weight: 2, arbitrary: record({ does: constantFrom('votes'), channel: constantFrom(...CHANNELS) }) },
  { weight: 2, arbitrary: record({ does: constantFrom('fails'), outage: constantFrom(null, ...OUTAGES) }) },
  { weight: 3, arbitrary: record({ does: constantFrom('passes'), seconds: integer({ min: 1, max: 120 }) }) },
);

/** Cards that were asked for, by channel, in order. */
type Asked = ReadonlyMap<string, string[]>;

async function listed(bot: TestBot, channel: string) {
  const page = { viewer: 'U1', words: [], offset: 0, limit: 1_000 };
  return (await bot.store.decisions.listInChannel('T1', channel, page)).toReversed();
}

/** Whoever was asked whether their card is there says that it is not, until all are; each then comes last. */
async function postTheUnknown(bot: TestBot, asked: Asked): Promise<void> {
  for (const channel of CHANNELS) {
    for (const { decision, card } of await listed(bot, channel)) {
      if (card.state !== 'unknown') continue;
      const blockId = encodeDecisionBlock(decision.id);
      await bot.deliver(press({ actionId: ACTIONS.postAgain, blockId, channel }));
      const order = asked.get(channel) ?? [];
      order.push(...order.splice(order.indexOf(decision.project), 1));
      bot.clock.advance(1);
    }
  }
}

it('whatever people do and however Slack fails, in the end each channel has every card once and in order', async () => {
  await assert(
    asyncProperty(array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const bot = await startBot();
      const slack = new FailingSlack(bot);
      const asked: Asked = new Map(CHANNELS.map((channel) => [channel, []]));
      let n = 0;
      for (const what of steps) {
        if ('seconds' in what) await pass(bot, what.seconds * 1_000, 5_000);
        else if ('outage' in what) slack.outage = what.outage;
        else if (what.does === 'asks') {
          n += 1;
          const project = `Project ${n}`;
          await bot.deliver(submit({ answers: MVP, project, channel: what.channel, viewId: `V${n}` }));
          asked.get(what.channel)?.push(project);
        } else {
          const [first] = await listed(bot, what.channel);
          if (!first?.card.ts) continue;
          const at = {
            blockId: encodeDecisionBlock(first.decision.id),
            channel: what.channel,
            ts: first.card.ts,
          };
          await bot.deliver(press({ ...at, actionId: 'vote_flask', user: `U${n}` }));
        }
        bot.clock.advance(1);
      }
      slack.outage = null;
      await drain(bot, 600_000, 5_000);
      await postTheUnknown(bot, asked);
      await drain(bot, 600_000, 5_000);
      for (const channel of CHANNELS) expect(slack.cards(channel)).toEqual(asked.get(channel));
      const replies = slack
        .of('chat.postMessage')
        .flatMap(({ args }) => ('thread_ts' in args ? [String(args.thread_ts)] : []));
      expect(replies).toHaveLength(n);
      expect(new Set(replies).size).toBe(n);
      await bot.bot.stop();
    }),
    { numRuns: 8, seed: 1 },
  );
}, 60_000);
