/** Limits on what people read: words on the card, in the thread and in the record, bullets, headlines, replies. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Answers } from '../../src/advice/answers.ts';
import { submitAnswers, submitReason } from '../support/payloads.ts';
import { openedView, pressed } from '../support/posted-card.ts';
import { Recorder, type Sample } from './samples.ts';
import {
  ANSWERS,
  anyAnswers,
  closeStages,
  playScenes,
  rubric,
  type Stage,
  seeded,
  startStage,
} from './story.ts';
import {
  botText,
  bulletListsIn,
  countSentences,
  countWords,
  headlineAfter,
  isSide,
  wordsInMessage,
  wordsInRecord,
} from './words.ts';

const MOST = { card: 150, thread: 250, record: 450, bullet: 9, headline: 60, sentences: 2 };

/** Longest name of a project, in words that a count could mistake for the bot's. */
const LONGEST_NAME = 'A portal for all of the bills of every customer in each of our thirty-one shops';
const REASON =
  'Staff will want screens by spring, and most of us have run it for years without any trouble at all.';
const RATIONALE =
  'We know it well. The services around it can wait until there are customers who pay for them.';
const NAMES = ['Ana Lima', 'Ben O’Neill', 'Maximiliana Featherstonehaugh-Wolfeschlegelstein'];
const TYPED = [LONGEST_NAME, REASON, RATIONALE, ...NAMES];

/** One project: its card, the first reply in its thread, and its record if it was decided. */
interface Played {
  readonly name: string;
  readonly answers: Answers;
  readonly card: { readonly text?: unknown; readonly blocks?: unknown };
  readonly decidedCard: Played['card'];
  readonly reply: Played['card'] | null;
  readonly record: string;
}

let stage: Stage;
let played: Played[];
let replies: Sample[];

/** Answers to a number of questions, always the same for a seed. */
function answersTo(count: number, random: () => number): Answers {
  const chosen = rubric.questions.map((question) => ({ question, at: random() }));
  return Object.fromEntries(
    chosen
      .toSorted((a, b) => a.at - b.at)
      .slice(0, count)
      .map(({ question: { id, options } }) => [
        id,
        options[Math.floor(random() * options.length)]?.id ?? 'unsure',
      ]),
  );
}

/** For each question the option with the longest words. */
const longestAnswers: Answers = Object.fromEntries(
  rubric.questions.map(({ id, options }) => {
    const [longest] = options.toSorted(
      (a, b) => (b.reason ?? '').length + b.short.length - (a.reason ?? '').length - a.short.length,
    );
    return [id, longest?.id ?? ''];
  }),
);

async function playProject(name: string, answers: Answers, others: readonly Answers[] = []): Promise<Played> {
  const { bot } = stage;
  const from = bot.slack.calls.length;
  const block = await stage.ask(answers, name, { project: LONGEST_NAME });
  for (const [i, own] of others.entries()) {
    const person = `U${200 + i}`;
    await bot.deliver(pressed('add_answers', block, person));
    await bot.deliver(submitAnswers(openedView(bot), own, person));
    await bot.deliver(pressed(i % 2 === 0 ? 'vote_django' : 'vote_flask', block, person));
    await bot.deliver(pressed('add_reason', block, person));
    await bot.deliver(submitReason(openedView(bot), REASON, person));
  }
  bot.clock.advance(5_000);
  await bot.bot.idle();
  const calls = () => bot.slack.calls.slice(from);
  const lastCard = (): Played['card'] =>
    calls().findLast(({ method, args }) => /^chat\.(?:post|update)/.test(method) && !('thread_ts' in args))
      ?.args ?? {};
  const card = lastCard();
  const reply =
    calls().find(({ method, args }) => method === 'chat.postMessage' && 'thread_ts' in args)?.args ?? null;
  await stage.decide(block, { outcome: 'flask', rationale: RATIONALE, revisit: '2027-05-24' });
  const record = calls().findLast(({ method }) => method.startsWith('https://files.'))?.args.body;
  return { name, answers, card, decidedCard: lastCard(), reply, record: String(record ?? '') };
}

beforeAll(async () => {
  const recorder = new Recorder();
  stage = await startStage({}, recorder);
  const { people } = stage.bot.slack;
  for (let i = 0; i < 12; i++) people.set(`U${200 + i}`, { profile: { display_name: NAMES[2] } });
  const random = seeded(2_026);
  played = [];
  for (const [name, answers] of Object.entries(ANSWERS))
    if (Object.keys(answers).length > 0) played.push(await playProject(name, answers));
  for (const count of [3, 6, 9, 11])
    for (let i = 0; i < 8; i++)
      played.push(await playProject(`${count} answers, ${i}`, answersTo(count, random)));
  for (let i = 0; i < 8; i++) {
    const answers = anyAnswers(random);
    if (Object.keys(answers).length > 0) played.push(await playProject(`any answers, ${i}`, answers));
  }
  played.push(await playProject('the longest answers', longestAnswers));
  for (let i = 0; i < 4; i++) {
    const others = Array.from({ length: 12 }, () => answersTo(11, random));
    played.push(await playProject(`12 people disagree, ${i}`, answersTo(11, random), others));
  }
  const opposite = Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? ANSWERS.flask : ANSWERS.django));
  played.push(await playProject('12 people take two sides', longestAnswers, opposite));
  replies = (await playScenes(['aProject', 'votingOptions', 'departures', 'refusals', 'failures'])).filter(
    ({ isPrivate }) => isPrivate,
  );
  return closeStages;
}, 180_000);

/** Names of the projects whose measure is over the limit, with the measure; the largest first. */
const over = (limit: number, measure: (project: Played) => number): string[] =>
  played
    .map((project) => ({ name: project.name, value: measure(project) }))
    .filter(({ value }) => value > limit)
    .toSorted((a, b) => b.value - a.value)
    .map(({ name, value }) => `${value}: ${name}`);

const sidesOf = (project: Played) => bulletListsIn(project.card).filter(({ heading }) => isSide(heading));
const isUndecided = ({ card }: Played): boolean =>
  /too early|not enough|Answer a few/i.test(headlineAfter(LONGEST_NAME, card));

describe('what people read is short', () => {
  it(`a card has at most ${MOST.card} words of the bot’s`, () => {
    expect(over(MOST.card, ({ card }) => wordsInMessage(card, TYPED))).toEqual([]);
  });

  it(`a decided card has at most ${MOST.card} words of the bot’s`, () => {
    expect(over(MOST.card, ({ decidedCard }) => wordsInMessage(decidedCard, TYPED))).toEqual([]);
  });

  it(`the first reply has at most ${MOST.thread} words`, () => {
    expect(over(MOST.thread, ({ reply }) => (reply ? wordsInMessage(reply, TYPED) : 0))).toEqual([]);
  });

  it(`a record has at most ${MOST.record} words of the bot’s`, () => {
    expect(over(MOST.record, ({ record }) => wordsInRecord(record, TYPED))).toEqual([]);
  });

  it(`a bullet on the card has at most ${MOST.bullet} words`, () => {
    const bullets = new Set(played.flatMap(sidesOf).flatMap((list) => list.bullets));
    const long = [...bullets].filter((bullet) => countWords(botText(bullet, TYPED)) > MOST.bullet);
    expect(long).toEqual([]);
  });

  it(`a headline has at most ${MOST.headline} characters after the name`, () => {
    expect(over(MOST.headline, ({ card }) => headlineAfter(LONGEST_NAME, card).length)).toEqual([]);
    expect(over(MOST.headline, ({ decidedCard }) => headlineAfter(LONGEST_NAME, decidedCard).length)).toEqual(
      [],
    );
  });

  it(`a private reply has at most ${MOST.sentences} sentences`, () => {
    expect(replies.length).toBeGreaterThan(50);
    const long = replies.map(({ shown }) => shown).filter((shown) => countSentences(shown) > MOST.sentences);
    expect([...new Set(long)]).toEqual([]);
  });
});

describe('nothing that matters is dropped for it', () => {
  const decisive = (): Played[] => played.filter((project) => !isUndecided(project));

  it('every project has a card, a first reply and a record', () => {
    expect(played.length).toBeGreaterThan(50);
    expect(played.filter(({ card, reply, record }) => !card.blocks || !reply || record === '')).toEqual([]);
    expect(decisive().length).toBeGreaterThan(30);
  });

  it('a card with a verdict has a pro and a con', () => {
    const one = decisive().filter((project) => sidesOf(project).length < 2);
    expect(one.map(({ name }) => name)).toEqual([]);
  });

  it('a card has a case study if any case shares a trait', () => {
    const shares = ({ answers }: Played): boolean =>
      rubric.cases.some(({ traits }) =>
        Object.entries(traits).some(([t, o]) => o.includes(answers[t] ?? '')),
      );
    const none = decisive().filter(
      (project) =>
        shares(project) && !/\bcase (?:to compare|study)\b/i.test(JSON.stringify(project.card.blocks)),
    );
    expect(none.map(({ name }) => name)).toEqual([]);
  });
});

describe('the count', () => {
  it('leaves out names, typed words, buttons and votes', () => {
    const blocks = [
      { type: 'header', text: { type: 'plain_text', text: `${LONGEST_NAME}: Django, likely` } },
      { type: 'context', elements: [{ type: 'mrkdwn', text: '<@U1> asked · 9 of 12 answered' }] },
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [{ type: 'text', text: 'For Django', style: { bold: true } }],
          },
          {
            type: 'rich_text_list',
            style: 'bullet',
            elements: [
              { type: 'rich_text_section', elements: [{ type: 'text', text: 'It grows with you.' }] },
            ],
          },
        ],
      },
      { type: 'section', text: { type: 'mrkdwn', text: `*Vote* by Friday\n•  Flask: <@U2>: “${REASON}”` } },
      {
        type: 'actions',
        elements: [{ type: 'button', text: { type: 'plain_text', text: 'Add my answers' } }],
      },
      { type: 'context', elements: [{ type: 'mrkdwn', text: 'Thread: points' }] },
    ];
    expect(wordsInMessage({ blocks }, TYPED)).toBe(2 + 5 + 2 + 4 + 2);
    expect(headlineAfter(LONGEST_NAME, { blocks })).toBe('Django, likely');
    expect(bulletListsIn({ blocks })).toEqual([{ heading: 'For Django', bullets: ['It grows with you.'] }]);
  });

  it('leaves out a record’s front matter, names and addresses', () => {
    const record = `---\nstatus: "accepted"\n---\n# Flask for ${LONGEST_NAME}\n\nBy Ana Lima, see [the card](https://a.test/b).\n`;
    expect(wordsInRecord(record, TYPED)).toBe(2 + 1 + 3);
  });

  it('finds the sentences of a reply, not those in its quotations', () => {
    expect(countSentences('You voted Flask. You can change it.\n[Add a reason] [Withdraw]')).toBe(2);
    expect(countSentences('Mention me with a question (“what about security?”).')).toBe(1);
  });
});
