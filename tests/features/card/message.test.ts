import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkMessage,
  SAFE_MESSAGE_TEXT,
  textLength,
  visibleText,
} from '../../../packages/local-slack/rules/limits.ts';
import { advise } from '../../../src/advice/advise.ts';
import type { Answers } from '../../../src/advice/answers.ts';
import type { Rubric } from '../../../src/advice/rubric/schema.ts';
import { reasoningMessage } from '../../../src/features/card/reasoning-message.ts';
import { apply, type Change, score, singleChanges } from '../../advice/oracle.ts';
import {
  anyAnswers,
  cardWith,
  decisionWith,
  groupCard,
  longestAnswers,
  NASTY_NAMES,
  rubric,
} from '../../support/decision.ts';
import { doubledRubric } from '../../support/small-rubric.ts';

/** All for Django; documented projects and a case have the same answers. */
const LIBRARY = { parts: 'many', screens: 'office', tools: 'usual' };

const ROUND = { number: 1, by: 'U1', at: 0 };

/** The rule for both frameworks holds. */
const answersForBoth = anyAnswers.map((answers) => ({ ...answers, parts: 'many', tools: 'own' }));

describe('the card', () => {
  it('says the verdict, its strength and the project in the first line', () => {
    const { blocks, text } = cardWith(rubric, decisionWith(LIBRARY));
    expect(blocks[0]).toMatchObject({
      type: 'header',
      text: { text: expect.stringMatching(/Billing portal.*: Django, /) },
    });
    expect(text.split('\n')[0]).toMatch(/Billing portal.*: Django, /);
  });

  it('reads aloud everything that it shows', () => {
    const { text } = cardWith(rubric, decisionWith(LIBRARY, { deciders: ['U7'] }));
    for (const part of [
      'Asked by <@U1>',
      'Why:',
      'For Django:',
      'Against it, and for Flask:',
      'A case to compare:',
      'What would change',
      'Decides: <@U7>',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).toContain('The library catalogue');
  });

  it('reads aloud every word that it shows, as whole sentences', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const { blocks, text } = cardWith(rubric, decisionWith(answers));
        const shown = mrkdwnIn(blocks).flatMap((block) => block.split(/\n| {2}· {2}/));
        for (const line of shown) expect(text).toContain(line.replace(/^• {2}|^\*|\*$/g, ''));
        expect(text).not.toMatch(/[.?!…] *[.?!]/);
        expect(text).not.toContain('…');
      }),
      { seed: 20261123, numRuns: 500 },
    );
  });

  it('reads aloud that today the honest answer may be neither', () => {
    const { text } = cardWith(rubric, decisionWith({ tools: 'new', screens: 'none' }));
    expect(text).toMatch(/As of 2026-01-15: .*Framework Three/);
  });

  it('says nothing twice', () => {
    fc.assert(
      fc.property(fc.oneof(anyAnswers, answersForBoth), (answers) => {
        const said = linesOf(cardWith(rubric, decisionWith(answers))).map((line) =>
          line.replace(/^(Django|Flask): /, '').replace(/ \([^()]*; [^()]*\)$/, ''),
        );
        expect(said.filter((line, i) => said.indexOf(line) !== i)).toEqual([]);
      }),
      { seed: 20261123, numRuns: 1000 },
    );
  });

  it('names at most three reasons, each pointing to the verdict', () => {
    const answers = { parts: 'few', screens: 'none', tools: 'new', parts_2: 'few', screens_2: 'none' };
    const { blocks } = cardWith(doubledRubric, decisionWith(answers, {}, doubledRubric));
    const why = JSON.stringify(blocks).match(/\*Why\*[^"]*/)?.[0] ?? '';
    expect(why.split('•').length - 1).toBe(3);
    expect(why).toContain('for Flask');
    expect(why).not.toContain('for Django');
  });

  it('draws the boundary when the answer is both', () => {
    const answers = { parts: 'many', tools: 'own', screens: 'office' };
    const { text } = cardWith(rubric, decisionWith(answers));
    expect(text).toContain('What goes to Django:');
    expect(text).toContain('What goes to Flask:');
  });

  it('says what to settle when it is too early', () => {
    const { text } = cardWith(rubric, decisionWith({}));
    expect(text).toContain('Too early to say');
    expect(text).toContain('Settle these first:');
    expect(text).not.toContain('For Too early');
  });

  it.each([
    ['nothing is answered', {}, 'No question is answered yet.'],
    [
      'the answers say nothing',
      { parts: 'some', tools: 'any' },
      'Nothing that was answered speaks for either framework.',
    ],
    [
      'they cancel out',
      { screens: 'none' },
      'What speaks for Flask so far and what speaks for Django weigh the same.',
    ],
  ])('says why it is too early when %s', (_, answers, why) => {
    const { text } = cardWith(rubric, decisionWith(answers));
    expect(text).toContain('Too early to say');
    expect(text).toContain(`Why: ${why}`);
  });

  it('says so where only the default speaks for Django, as it could in an earlier rubric', () => {
    const decision = decisionWith({ parts: 'some', tools: 'any' });
    const { round } = decision;
    const advice = { ...round.advice, verdict: 'django' as const, margin: 1 };
    expect(cardWith(rubric, { ...decision, round: { ...round, advice } }).text).toContain(
      'nothing that was answered outweighs that',
    );
  });

  it('says so where Flask won though nothing speaks for it, as it could in an earlier rubric', () => {
    const decision = decisionWith({ parts: 'some', tools: 'usual' });
    const { round } = decision;
    const advice = { ...round.advice, verdict: 'flask' as const, margin: -1 };
    expect(cardWith(rubric, { ...decision, round: { ...round, advice } }).text).toContain(
      'Why: No single answer speaks for Flask, but not much speaks for Django either.',
    );
  });

  it('names what similar projects chose, and says so where that differs from the article', () => {
    const agreeing = cardWith(rubric, decisionWith(LIBRARY));
    expect(agreeing.text).toMatch(
      /Similar projects: 5 of the 7 most similar documented projects chose Django: Almanac/,
    );
    const differing = { parts: 'some', screens: 'office', tools: 'new' };
    const { text } = cardWith(rubric, decisionWith(differing));
    expect(text).toContain('Django, close to a toss-up');
    expect(text).toMatch(/Practice differs: 2 of the 3 most similar documented projects chose Flask/);
    // A toss-up has nothing lower, so it is not said to be less sure for it.
    expect(text).not.toContain('less confidence');
  });

  it('says that the confidence is less where practice made it so', () => {
    const decision = decisionWith(LIBRARY);
    const { practice } = decision.round.advice;
    if (!practice) throw new Error('there is practice');
    const chose = { django: 2, flask: 5, both: 0 };
    const nearest = practice.nearest.map(
      (near, i) => ({ ...near, chose: i < 5 ? 'flask' : 'django' }) as const,
    );
    const advice = { ...decision.round.advice, practice: { nearest, chose, disagrees: true, lowered: true } };
    const { text } = cardWith(rubric, { ...decision, round: { ...decision.round, advice } });
    expect(text).toMatch(
      /Practice differs: 5 of the 7 .* chose Flask: .* and others\. That is why .*less confidence\./,
    );
  });

  it('tells what each similar project chose where most chose neither the advice nor its opposite', () => {
    const decision = decisionWith(LIBRARY);
    const { practice } = decision.round.advice;
    if (!practice) throw new Error('there is practice');
    const chose = { django: 3, flask: 3, both: 1 };
    const advice = {
      ...decision.round.advice,
      practice: { ...practice, chose, disagrees: false, lowered: false },
    };
    expect(cardWith(rubric, { ...decision, round: { ...decision.round, advice } }).text).toContain(
      'Of the 7 most similar documented projects, 3 chose Django, 3 Flask, 1 Django and Flask together.',
    );
  });

  it('offers its menu under the decision’s id', () => {
    const { blocks } = cardWith(rubric, decisionWith(LIBRARY));
    expect(blocks.at(-1)).toMatchObject({
      type: 'actions',
      block_id: 'decision:abcDEF123-_x',
      elements: [
        { action_id: 'vote_django' },
        { action_id: 'vote_flask' },
        { action_id: 'vote_both' },
        { action_id: 'add_answers' },
        { action_id: 'decide' },
        {
          action_id: 'card_menu',
          options: [{ value: 'reasons' }, { value: 'edit' }, { value: 'delete' }, { value: 'article' }],
        },
      ],
    });
  });
});

describe('the card of a group', () => {
  const SMALL = { parts: 'few', tools: 'usual' };
  const LARGE = { parts: 'many', screens: 'office' };

  it('gives the advice for everybody’s answers, and says whose it was before', () => {
    const { text, blocks } = groupCard(decisionWith(SMALL), { U2: LARGE });
    const { advice } = decisionWith({ screens: 'office', tools: 'usual' }).round;
    for (const { text: pro } of advice.pros) expect(text).toContain(pro);
    expect(blocks[0]).toMatchObject({
      text: { text: expect.stringContaining('Django, leaning that way') },
    });
    expect(blocks[1]).toMatchObject({
      elements: [
        {
          text: 'Asked by <@U1>  ·  2 people answered, together 2 of 3 questions  ·  By <@U1>’s answers alone: Flask, leaning that way',
        },
      ],
    });
    expect(text).toContain('For Django:');
    expect(text).toContain(
      'The thread explains the advice for <@U1>’s answers, “Show all reasons” that for everybody’s.',
    );
  });

  it('does not say that nothing is answered where people only disagree about everything', () => {
    const { text } = groupCard(decisionWith({ parts: 'few' }), { U2: { parts: 'many' } });
    expect(text).toContain('Too early to say');
    expect(text).toContain('Why: People do not agree on any question yet.');
    expect(text).toContain('parts: <@U1> says “a few parts” (then Flask), <@U2> says');
  });

  it('says nothing of the asker’s own advice where it is the same', () => {
    const { text } = groupCard(decisionWith(LARGE), { U2: LARGE });
    expect(text).toContain('2 people answered, together 2 of 3 questions.');
    expect(text).not.toContain('alone:');
    expect(text).not.toContain('Disagreements');
  });

  it('is the asker’s while others’ answers are hidden, but for how many there are', () => {
    const decision = decisionWith(SMALL, { hideUntilDecided: true });
    const { text } = groupCard(decision, { U2: LARGE, U3: LARGE });
    const count = '3 people have answered; what the others said counts here once it is decided.\n';
    expect(text.replace(count, '')).toBe(cardWith(rubric, decision).text);
    expect(text).toContain(count);
    expect(groupCard({ ...decision, status: 'decided' }, { U2: LARGE }).text).toContain('2 people answered,');
  });

  it('asks nobody to answer once it is decided', () => {
    const shown = JSON.stringify(groupCard(decisionWith(SMALL, { status: 'decided' }), { U2: LARGE }));
    expect(shown).not.toContain('add_answers');
    expect(shown).toContain('card_menu');
  });

  it('reads aloud every word that it shows, or leaves out only what the thread has too', () => {
    let disagreeing = 0;
    fc.assert(
      fc.property(anyAnswers, fc.array(anyAnswers, { minLength: 1, maxLength: 4 }), (answers, others) => {
        const said = Object.fromEntries(others.map((own, i) => [`U${i + 2}`, own]));
        const { blocks, text } = groupCard(decisionWith(answers), said);
        const shown = mrkdwnIn(blocks).filter((b) => !/^\*(A case|Similar)|^As of/.test(b));
        for (const line of shown.flatMap((b) => b.split(/\n| {2}· {2}/)))
          expect(text).toContain(line.replace(/^• {2}|^\*|\*$/g, ''));
        expect(text).not.toMatch(/[.?!…] *[.?!]/);
        expect(text).not.toContain('…');
        disagreeing += Number(text.includes('Disagreements'));
      }),
      { seed: 20261123, numRuns: 300 },
    );
    expect(disagreeing).toBeGreaterThan(100);
  });

  it('stays within Slack’s limits with fifty people of any opinion and any name', () => {
    const people = (all: readonly Answers[]) =>
      Object.fromEntries(all.map((own, i) => [`U0123456${String(i).padStart(3, '0')}`, own]));
    fc.assert(
      fc.property(
        fc.array(anyAnswers, { minLength: 1, maxLength: 50, size: 'max' }),
        fc.constantFrom(...NASTY_NAMES),
        (others, project) => {
          const deciders = Array.from({ length: 10 }, (_, i) => `U0123456789${i}`);
          const decision = decisionWith(longestAnswers, { project, deciders, asker: 'U0123456999' });
          const message = groupCard(decision, people(others));
          expect(checkMessage(message)).toEqual([]);
          expect(textLength(visibleText(message.blocks))).toBeLessThan(SAFE_MESSAGE_TEXT);
          expect(textLength(message.text)).toBeLessThanOrEqual(3_900);
          expect(message.text).not.toContain('…');
          expect(message.text).toContain('Decides: <@U01234567890>');
        },
      ),
      { seed: 20261123, numRuns: 60 },
    );
  });
});

describe('what would change the answer', () => {
  const NONE = 'No one or two different answers would change it.';
  /** Answers count for so little that no two of them outweigh the default and the rest. */
  const stable: Rubric = {
    ...rubric,
    intercept: { ...rubric.intercept, points: 3 },
    rules: [],
    adjustments: [],
    questions: rubric.questions.map((q) => ({
      ...q,
      options: q.options.map((o) => ({ ...o, points: Math.sign(o.points) })),
    })),
  };
  const verdicts = (by: Rubric, answers: Answers) => {
    const now = score(by, answers).verdict;
    const singles = singleChanges(by, answers);
    const pairs = singles.flatMap((a, i) =>
      singles.slice(i + 1).flatMap((b) => (a.trait === b.trait ? [] : [[a, b]])),
    );
    const led = (sets: Change[][]) =>
      sets.map((changes) => score(by, apply(answers, changes)).verdict).filter((v) => v !== now);
    return { now, led: [...led(singles.map((c) => [c])), ...led(pairs)] };
  };

  it.each([
    ['the rubric', rubric],
    ['a rubric in which single answers count little', stable],
  ])('is never denied where there is something, by %s', (_, by) => {
    const seen = { none: 0, some: 0 };
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const { now, led } = verdicts(by, answers);
        if (now === 'undecided') return;
        const advice = advise(by, answers);
        const { text } = cardWith(by, decisionWith(answers, { round: { ...ROUND, answers, advice } }));
        seen[led.length === 0 ? 'none' : 'some'] += 1;
        expect(text.includes(NONE)).toBe(led.length === 0);
        const told = /What would change the answer: (.*)/.exec(text)?.[1] ?? '';
        if (led.some((v) => v !== 'undecided')) expect(told).toMatch(/: (Django|Flask)/);
        else if (led.length > 0) expect(told).toContain('too early to say');
      }),
      { seed: 20261123, numRuns: 300 },
    );
    expect(seen.some).toBeGreaterThan(10);
    expect(seen.none > 10).toBe(by === stable);
  });

  it('tells two answers that lead to a clear one where single answers only make it unclear', () => {
    const { text } = cardWith(rubric, decisionWith({ screens: 'office' }));
    expect(text).toMatch(/If parts were “many parts” and tools were “our own tools”: Django and Flask/);
    expect(text).toContain('If screens were “only an API”: too early to say.');
  });
});

describe.each([
  ['the card', cardWith],
  ['the reasoning', reasoningMessage],
] as const)('%s stays within Slack’s limits', (_, build) => {
  const check = (decision: ReturnType<typeof decisionWith>): void => {
    const message = build(rubric, decision);
    expect(checkMessage(message)).toEqual([]);
    expect(message.blocks.length).toBeLessThanOrEqual(50);
    expect(textLength(visibleText(message.blocks))).toBeLessThan(SAFE_MESSAGE_TEXT);
    expect(textLength(message.text)).toBeLessThanOrEqual(4_000);
  };

  it.each(NASTY_NAMES)('named %s', (project) => {
    const deciders = Array.from({ length: 10 }, (_, i) => `U0123456789${i}`);
    check(decisionWith(longestAnswers, { project, deciders }));
  });

  it('for any answers', () => {
    fc.assert(
      fc.property(anyAnswers, fc.constantFrom(...NASTY_NAMES), (answers, project) => {
        check(decisionWith(answers, { project }));
      }),
      { seed: 20261123, numRuns: 300 },
    );
  });
});

describe.each([
  ['the card', cardWith],
  ['the reasoning', reasoningMessage],
] as const)('%s and typed text', (_, build) => {
  it('never lets a name mention anybody or pose as a link', () => {
    for (const project of NASTY_NAMES) {
      const { text, blocks } = build(rubric, decisionWith(longestAnswers, { project }));
      const markup = [text, ...mrkdwnIn(blocks)].join('\n');
      expect(markup).not.toMatch(/<!(channel|here|everyone)|<@U123>|<https:\/\/evil/);
    }
  });

  it('shows the name as it was typed', () => {
    const project = '<!channel> & friends';
    const { text, blocks } = build(rubric, decisionWith({}, { project }));
    expect(text).toContain('&lt;!channel&gt; &amp; friends');
    expect(JSON.stringify(blocks[0])).toContain('<!channel> & friends');
  });
});

/** What stands on the card line by line, without the titles. */
function linesOf({ blocks }: ReturnType<typeof cardWith>): string[] {
  return mrkdwnIn(blocks).flatMap((block) =>
    block
      .split('\n')
      .filter((line) => !/^\*.*\*$/.test(line))
      .map((line) => line.replace(/^• {2}/, '')),
  );
}

/** Every text in which Slack would read markup. */
function mrkdwnIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(mrkdwnIn);
  if (typeof value !== 'object' || value === null) return [];
  if ('type' in value && value.type === 'mrkdwn' && 'text' in value) return [String(value.text)];
  return Object.values(value).flatMap(mrkdwnIn);
}
