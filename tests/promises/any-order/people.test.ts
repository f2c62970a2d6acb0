import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMessage, checkView } from '../../../packages/local-slack/rules/limits.ts';
import { CHOICES, type Choice } from '../../../src/decision/ballot.ts';
import { cardMessage } from '../../../src/features/card/message.ts';
import { startBot, type TestBot } from '../../support/bot.ts';
import { submit, submitAnswers, submitDialog, submitReason } from '../../support/payloads.ts';
import { blockOf, menu, openedView, pressed } from '../../support/posted-card.ts';
import type { Answer } from '../../support/slack.ts';
import { smallRubric as rubric } from '../../support/small-rubric.ts';
import { runsOnPostgres } from '../../support/store.ts';

const PEOPLE = ['U1', 'U2', 'U3', 'U4'];
const OUTAGES: readonly Answer[] = [
  { network: 'ECONNRESET' },
  { status: 503 },
  { status: 429, retryAfter: 7 },
  { error: 'internal_error' },
];

type Step =
  | { do: 'vote'; who: string; choice: Choice }
  | { do: 'burst'; votes: readonly Choice[] }
  | { do: 'withdraw'; who: string }
  | { do: 'reason'; who: string }
  | { do: 'answer'; who: string; parts: string }
  | { do: 'edit'; parts: string }
  | { do: 'decide' }
  | { do: 'reopen' }
  | { do: 'wait'; ms: number }
  | { do: 'outage'; method: string; answer: Answer }
  | { do: 'restart' };

const who = fc.constantFrom(...PEOPLE);
const parts = fc.constantFrom('few', 'some', 'many');
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('vote' as const), who, choice: fc.constantFrom(...CHOICES) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('burst' as const),
      votes: fc.array(fc.constantFrom(...CHOICES), { minLength: 2, maxLength: PEOPLE.length }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reason' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('answer' as const), who, parts }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('edit' as const), parts }) },
  { weight: 1, arbitrary: fc.constant({ do: 'decide' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'reopen' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 5_000 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('outage' as const),
      method: fc.constantFrom('chat.update', 'chat.postMessage', 'files.completeUploadExternal'),
      answer: fc.constantFrom(...OUTAGES),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
);

/** What people should see in the end, kept as simply as it can be. */
interface Expected {
  readonly votes: Map<string, Choice>;
  open: boolean;
}

describe('whatever people do, in any order and with Slack failing in between', () => {
  it('the card shows the last state in the end, nothing breaks, and everything stays within Slack’s limits', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), fc.boolean(), async (steps, hide) => {
        let bot = await startBot();
        await bot.deliver(submit({ answers: { screens: 'office' }, hide }));
        const block = blockOf(bot.slack.of('chat.postMessage')[0]?.blocks);
        const expected: Expected = { votes: new Map(), open: true };
        let latest = '';
        let shown: Record<string, unknown> = {};
        const look = (): void => {
          for (const { method, args } of bot.slack.taken) {
            if (method !== 'chat.update') continue;
            latest = String(args.text);
            shown = { text: args.text, blocks: args.blocks };
          }
          for (const { method, args } of bot.slack.calls) {
            if (method === 'chat.update' || method === 'chat.postMessage') {
              expect(checkMessage({ text: String(args.text), blocks: args.blocks as never })).toEqual([]);
            }
            if (method === 'views.open') expect(checkView(args.view)).toEqual([]);
          }
        };
        for (const one of steps) {
          bot = await take(bot, one, block, expected, look);
        }
        for (let i = 0; i < 60; i++) {
          bot.clock.advance(15_000);
          await bot.bot.idle();
        }
        look();
        expect(bot.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
        if (latest === '') return; // Nothing was ever to be shown.
        const key = { tenant: 'T1', decision: block.slice('decision:'.length) };
        const stored = await bot.store.discussions.get(key);
        expect(shown).toEqual(stored && JSON.parse(JSON.stringify(cardMessage(rubric, stored))));
        expect(/: (Django|Flask|both), decided\.\n/.test(latest), latest).toBe(!expected.open);
        if (!expected.open) {
          expect(latest).toContain(votesSummedUp(expected.votes));
          return;
        }
        for (const choice of CHOICES) {
          const name = { django: 'Django', flask: 'Flask', both: 'Both' }[choice];
          const count = [...expected.votes.values()].filter((vote) => vote === choice).length;
          const told = new RegExp(`\\. ${name} ${count}: `).test(latest);
          expect(told, `${choice} in ${latest}`).toBe(count > 0 && !hide);
        }
        if (hide && expected.votes.size > 0) {
          expect(latest).toContain(`· ${expected.votes.size} so far`);
        }
      }),
      // Of what differs there, the contract of the stores says more; and it takes five times as long.
      { seed: 20261123, numRuns: runsOnPostgres() ? 15 : 60 },
    );
  }, 120_000);
});

/** The votes as a card says that was decided for Flask. */
function votesSummedUp(votes: Expected['votes']): string {
  if (votes.size === 0) return 'No votes.';
  const sides = CHOICES.map((choice) => ({
    name: { django: 'Django', flask: 'Flask', both: 'both' }[choice],
    count: [...votes.values()].filter((vote) => vote === choice).length,
  }));
  const most = Math.max(...sides.map(({ count }) => count));
  const [first, ...tied] = sides.filter(({ count }) => count === most);
  if (first && tied.length === 0 && first.name !== 'Flask') {
    const forFlask = sides.find(({ name }) => name === 'Flask')?.count;
    return `the vote (${most} to ${forFlask} for ${first.name}).`;
  }
  const given = sides.filter(({ count }) => count > 0);
  return `Votes: ${given.map(({ name, count }) => `${name} ${count}`).join(', ')}.`;
}

async function take(
  bot: TestBot,
  one: Step,
  block: string,
  expected: Expected,
  look: () => void,
): Promise<TestBot> {
  switch (one.do) {
    case 'vote':
      await bot.deliver(pressed(`vote_${one.choice}`, block, one.who));
      if (expected.open) expected.votes.set(one.who, one.choice);
      return bot;
    case 'burst':
      // At the same moment, one each.
      await Promise.all(
        one.votes.map((choice, i) => bot.deliver(pressed(`vote_${choice}`, block, PEOPLE[i] ?? ''))),
      );
      if (expected.open) one.votes.forEach((choice, i) => void expected.votes.set(PEOPLE[i] ?? '', choice));
      return bot;
    case 'withdraw':
      await bot.deliver(pressed('withdraw_vote', block, one.who));
      if (expected.open) expected.votes.delete(one.who);
      return bot;
    case 'reason':
      await dialog(bot, pressed('add_reason', block, one.who), (view) =>
        submitReason(view, `As *${one.who}* says <!channel>`, one.who),
      );
      return bot;
    case 'answer':
      await dialog(bot, pressed('add_answers', block, one.who), (view) =>
        submitAnswers(view, { parts: one.parts }, one.who),
      );
      return bot;
    case 'edit':
      await dialog(bot, menu('edit', block), (view) => submitAnswers(view, { parts: one.parts }, 'U1'));
      return bot;
    case 'decide': {
      bot.slack.next('files.getUploadURLExternal', {
        answer: { upload_url: 'https://files.slack.test/upload/v1/abc', file_id: 'F1' },
      });
      const opened = await dialog(bot, pressed('decide', block), (view) =>
        submitDialog(view, {
          outcome: { choice: { type: 'radio_buttons', selected_option: { value: 'flask' } } },
          rationale: { text: { type: 'plain_text_input', value: 'Because' } },
          revisit: { date: { type: 'datepicker', selected_date: null } },
        }),
      );
      if (opened) expected.open = false;
      return bot;
    }
    case 'reopen':
      await bot.deliver(menu('reopen', block));
      expected.open = true;
      return bot;
    case 'wait':
      bot.clock.advance(one.ms);
      await bot.bot.idle();
      return bot;
    case 'outage':
      bot.slack.next(one.method, one.answer);
      return bot;
    case 'restart':
      look();
      return bot.restart();
  }
}

/** Presses, and fills in the dialog if one opens. */
async function dialog(
  bot: TestBot,
  press: Record<string, unknown>,
  fill: (view: unknown) => Record<string, unknown>,
): Promise<boolean> {
  const before = bot.slack.of('views.open').length;
  await bot.deliver(press);
  if (bot.slack.of('views.open').length === before) return false;
  await bot.deliver(fill(openedView(bot)));
  return true;
}
