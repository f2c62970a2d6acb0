import { describe, expect, it } from 'vitest';
import { ACTIONS } from '../../src/blocks/ids.ts';
import { encodeDecisionBlock } from '../../src/blocks/metadata.ts';
import { quoteText } from '../../src/blocks/text.ts';
import { startBot, type TestBot } from '../support/bot.ts';
import { drain, FailingSlack, OUTAGES, type Outage, pass, UNCLEAR } from '../support/failing-slack.ts';
import { command, mention, press, submit, submitDialog } from '../support/payloads.ts';
import { openedView, told } from '../support/posted-card.ts';
import { runsOnPostgres } from '../support/store.ts';

const MVP = { parts: 'few', screens: 'office' } as const;
const CHANNELS = ['C1', 'C2', 'C3'] as const;
const BEFORE = ['Project voted', 'Project decided', 'Project deleted'] as const;

/** Starts a bot with three cards, to vote on, to decide and to delete, each with its reasoning. */
async function world() {
  const bot = await startBot();
  const slack = new FailingSlack(bot);
  for (const [n, project] of BEFORE.entries()) {
    await bot.deliver(submit({ answers: MVP, project, channel: `C${n + 1}`, viewId: `Before${n}` }));
  }
  await pass(bot, 120_000, 10_000);
  const cards = await Promise.all(
    BEFORE.map(async (project, n) => {
      const [listed] = await bot.store.decisions.listInChannel('T1', `C${n + 1}`, {
        viewer: 'U1',
        words: project.split(' '),
        offset: 0,
        limit: 1,
      });
      if (!listed?.card.ts) throw new Error('no card');
      return { id: listed.decision.id, channel: listed.decision.channel, ts: listed.card.ts };
    }),
  );
  const [voted, decided, deleted] = cards;
  if (!voted || !decided || !deleted) throw new Error('no cards');
  bot.slack.calls.length = 0;
  return { bot, slack, voted, decided, deleted };
}
type World = Awaited<ReturnType<typeof world>>;

/** Plays everything that people can do while Slack fails, repeatedly. Resolves to the projects asked about, by channel. */
async function use({ bot, voted }: World, forMs: number, everyMs: number): Promise<Map<string, string[]>> {
  const asked = new Map<string, string[]>(CHANNELS.map((channel) => [channel, []]));
  const end = bot.clock.now() + forMs;
  for (let n = 0; bot.clock.now() < end; n += 1) {
    const channel = CHANNELS[n % CHANNELS.length] ?? 'C1';
    const project = `Project ${n}`;
    const { acks } = await bot.deliver(submit({ answers: MVP, project, channel, viewId: `V${n}` }));
    // The dialog closes. The card follows, or the bot asks its asker whether it is there.
    expect(acks).toEqual([undefined]);
    asked.get(channel)?.push(project);
    const before = told(bot).length;
    await bot.deliver(press({ ...on(voted), actionId: 'vote_flask', user: `U${n + 10}` }));
    expect(wordsOf(bot, before)).toContain('You voted for Flask.');
    await pass(bot, everyMs, Math.max(10_000, everyMs / 5));
  }
  return asked;
}

const on = ({ id, channel, ts }: World['voted']) => ({ blockId: encodeDecisionBlock(id), channel, ts });

const wordsOf = (bot: TestBot, from = 0): string =>
  told(bot)
    .slice(from)
    .map(({ text }) => String(text))
    .join('\n');

/** Opens the dialogs for deleting and deciding before the outage. */
async function withDialogs(here: World) {
  const { bot, decided, deleted } = here;
  await bot.deliver(press({ ...on(decided), actionId: 'decide' }));
  const decide = openedView(bot);
  await bot.deliver(press({ ...on(deleted), actionId: 'card_menu', option: 'delete' }));
  return { decide, remove: openedView(bot) };
}

const OUTCOME = {
  outcome: { choice: { type: 'radio_buttons', selected_option: { value: 'flask' } } },
  rationale: { text: { type: 'plain_text_input', value: 'We know it.' } },
  revisit: { date: { type: 'datepicker', selected_date: null } },
};

/** Each asker who gets the question says that the card isn't there, in the order of asking. */
async function postAgain(bot: TestBot): Promise<string[]> {
  const again: string[] = [];
  for (const channel of CHANNELS) {
    const page = { viewer: 'U1', words: [], offset: 0, limit: 1_000 };
    const listed = await bot.store.decisions.listInChannel('T1', channel, page);
    for (const { decision, card } of listed.toReversed()) {
      if (card.state !== 'unknown') continue;
      expect(wordsOf(bot)).toContain(decision.project);
      again.push(decision.project);
      const blockId = encodeDecisionBlock(decision.id);
      await bot.deliver(press({ actionId: ACTIONS.postAgain, blockId, channel }));
      bot.clock.advance(1);
    }
  }
  return again;
}

/** Longest time from the end of the outage until everything is posted within the rate limits, with a margin. */
function longest(taken: FailingSlack['taken'], since: number): number {
  const said = taken.filter(({ method, at }) => method === 'chat.postMessage' && at >= since);
  const inOne = CHANNELS.map((channel) => said.filter(({ args }) => args.channel === channel).length);
  return Math.max(...inOne, said.length / 4) * 1_000 + 35_000;
}

async function survives(outage: Outage, forMs: number, everyMs: number): Promise<void> {
  const here = await world();
  const { bot, slack, voted, decided, deleted } = here;
  const dialogs = await withDialogs(here);
  slack.outage = outage;

  await bot.deliver(command('Data API'));
  expect(wordsOf(bot)).toContain(`Type it again: /django-or-flask ${quoteText('Data API')}`);
  await bot.deliver(press({ ...on(voted), actionId: 'add_answers' }));
  expect(wordsOf(bot)).toContain('Slack didn’t open the dialog');
  expect((await bot.deliver(submitDialog(dialogs.decide, OUTCOME))).acks).toEqual([undefined]);
  expect((await bot.deliver(submitDialog(dialogs.remove, {}))).acks).toEqual([undefined]);
  const asked = await use(here, forMs, everyMs);

  slack.outage = null;
  const since = bot.clock.now();
  await drain(bot, 600_000);
  const took = bot.clock.now() - since;
  expect(took).toBeLessThanOrEqual(longest(slack.taken, since));
  // Each process counts only its own messages, so Slack enforces the limit on their sum.
  if (!runsOnPostgres()) expect(slack.tooMany).toEqual([]);

  const again = await postAgain(bot);
  // A few cards may have been sent before the breaker opened. No other card is sent.
  expect(again.length).toBeLessThanOrEqual(UNCLEAR.has(outage) ? 2 * bot.stores.length : 0);
  await drain(bot, 600_000);

  for (const [n, channel] of CHANNELS.entries()) {
    const wanted = asked.get(channel) ?? [];
    const inTurn = wanted.filter((project) => !again.includes(project));
    const afterwards = wanted.filter((project) => again.includes(project));
    expect(slack.cards(channel)).toEqual([BEFORE[n], ...inTurn, ...afterwards]);
  }
  const said = slack.of('chat.postMessage').map(({ args }) => args);
  const threads = new Set(said.flatMap(({ thread_ts }) => (thread_ts === undefined ? [] : [thread_ts])));
  const reasonings = said.filter((args) => 'thread_ts' in args && !('reply_broadcast' in args));
  expect(reasonings).toHaveLength(threads.size);
  // Every thread belongs to a card, except the mention's.
  expect(threads.size).toBe([...asked.values()].flat().length + BEFORE.length);

  expect(said.filter((args) => 'reply_broadcast' in args).map(({ thread_ts }) => thread_ts)).toEqual([
    decided.ts,
  ]);
  expect(slack.of('files.completeUploadExternal')).toHaveLength(1);
  expect(slack.of('chat.delete').map(({ args }) => args.channel)).toEqual([deleted.channel, deleted.channel]);
  expect(lastShown(slack, voted)).toContain(`Flask ${[...asked.values()].flat().length}: `);
  expect(lastShown(slack, decided)).toContain(': Flask, decided.');
}

const lastShown = (slack: FailingSlack, { ts }: World['voted']): string =>
  String(
    slack
      .of('chat.update')
      .filter(({ args }) => args.ts === ts)
      .at(-1)?.args.text,
  );

describe('while Slack’s Web API fails, people are told, nothing is lost, and afterwards all of it comes in order', () => {
  it.each(OUTAGES)('five minutes of %s', (outage) => survives(outage, 300_000, 30_000));

  it.each(['refused connections', 'no answer'] as const)('an hour of %s', (outage) =>
    survives(outage, 3_600_000, 300_000),
  );
});

it('a question that cannot be answered is tried once more, and whoever asked is told where there is a way', async () => {
  const { bot, slack } = await world();
  slack.outage = 'service_unavailable';
  const { done } = bot.start(mention());
  await expect.poll(() => slack.failed.length).toBe(1);
  slack.outage = null;
  bot.clock.advance(5_000);
  await done;
  expect(slack.of('chat.postMessage').at(-1)?.args.thread_ts).toBe('1795424500.000001');
});

it('one probe at a time finds out whether Slack is back', async () => {
  const here = await world();
  const { bot, slack } = here;
  slack.outage = 'refused connections';
  await use(here, 60_000, 4_000);
  slack.failed = [];
  await pass(bot, 60_000, 1_000);
  const probes = slack.failed.filter(({ method }) => method !== 'chat.update');
  // One probe every five seconds, not fifteen cards with separate retry delays.
  expect(probes.length).toBeGreaterThan(0);
  expect(probes.length).toBeLessThanOrEqual(13 * bot.stores.length);
});
