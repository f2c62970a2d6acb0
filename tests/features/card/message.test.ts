import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkMessage,
  SAFE_MESSAGE_TEXT,
  textLength,
  visibleText,
} from '../../../packages/local-slack/rules/limits.ts';
import type { Strength, Verdict } from '../../../src/advice/advice.ts';
import { advise } from '../../../src/advice/advise.ts';
import type { Answers } from '../../../src/advice/answers.ts';
import type { Rubric } from '../../../src/advice/rubric/schema.ts';
import { decodeDecisionBlock } from '../../../src/blocks/metadata.ts';
import type { Decision } from '../../../src/decision/decision.ts';
import { reasoningMessage } from '../../../src/features/card/reasoning-message.ts';
import { apply, type Change, score, singleChanges } from '../../advice/oracle.ts';
import { everyAnswers } from '../../support/arbitrary.ts';
import { bulletsOf, linesOf, listsOf, outlineOf, spoken } from '../../support/card.ts';
import {
  anyAnswers,
  cardWith,
  decisionWith,
  groupCard,
  longestAnswers,
  NASTY_NAMES,
  rubric,
} from '../../support/decision.ts';
import { countWords } from '../../texts/words.ts';

/** All for Django; documented projects and a case have the same answers. */
const LIBRARY = { parts: 'many', screens: 'office', tools: 'usual' };
const ALL_ANSWERS = everyAnswers(rubric);

function answersFor(verdict: Verdict, strength: Strength): Answers {
  const found = ALL_ANSWERS.find((answers) => {
    const advice = advise(rubric, answers);
    return advice.verdict === verdict && advice.strength === strength;
  });
  if (!found) throw new Error(`no answers give ${verdict}, ${strength}`);
  return found;
}

const cardFor = (verdict: Verdict, strength: Strength) =>
  cardWith(rubric, decisionWith(answersFor(verdict, strength)));

/** The lines under the headline. */
const contextOf = ({ blocks }: Pick<ReturnType<typeof cardWith>, 'blocks'>): string[] =>
  linesOf({ blocks: blocks.slice(1, 2) });

describe('the card', () => {
  it('says the project, the verdict and its strength in the header', () => {
    for (const [verdict, strength, words] of [
      ['django', 'solid', 'Django, clearly'],
      ['django', 'leaning', 'Django, likely'],
      ['flask', 'solid', 'Flask, clearly'],
      ['flask', 'leaning', 'Flask, likely'],
      ['django', 'toss-up', 'too close to call'],
      ['both', 'solid', 'both, clearly'],
      ['undecided', 'toss-up', 'not enough to go on'],
    ] as const) {
      const card = cardFor(verdict, strength);
      expect(linesOf(card)[0]).toBe(`\u2068Billing portal\u2069: ${words}`);
      expect(spoken(card.text).split('\n')[0]).toBe(`Billing portal: ${words}.`);
    }
  });

  it('has at most 60 characters after the name in the header', () => {
    for (const answers of ALL_ANSWERS) {
      const [header = ''] = linesOf(cardWith(rubric, decisionWith(answers)));
      expect(textLength(header.slice(header.indexOf('\u2069') + 1))).toBeLessThanOrEqual(60);
    }
  });

  it('goes from verdict to arguments to votes to buttons', () => {
    expect(outlineOf(cardWith(rubric, decisionWith(LIBRARY)))).toEqual([
      'header',
      'context',
      'For Django',
      'Against Django',
      'Case study',
      'What would change it',
      'divider',
      'Vote',
      'actions',
      'actions',
      'context',
    ]);
  });

  it('has at most three pros, and one or two cons', () => {
    for (const answers of ALL_ANSWERS) {
      const { verdict, strength } = advise(rubric, answers);
      if ((verdict !== 'django' && verdict !== 'flask') || strength === 'toss-up') continue;
      const name = verdict === 'django' ? 'Django' : 'Flask';
      const card = cardWith(rubric, decisionWith(answers));
      expect([1, 2, 3]).toContain(bulletsOf(card, `For ${name}`).length);
      expect([1, 2]).toContain(bulletsOf(card, `Against ${name}`).length);
    }
  });

  it('draws the boundary between both frameworks, and says what is against using both', () => {
    const card = cardWith(rubric, decisionWith({ parts: 'many', tools: 'own', screens: 'office' }));
    const titles = listsOf(card).map(({ title }) => title);
    expect(titles.slice(0, 3)).toEqual(['Django for', 'Flask for', 'Against']);
    expect(bulletsOf(card, 'Django for')).toContain('The back office of the staff.');
    expect(bulletsOf(card, 'Against').length).toBeGreaterThan(0);
  });

  it('shows both frameworks with two arguments each on a toss-up, and says which one it leans to', () => {
    const toTell = ALL_ANSWERS.filter((answers) => {
      const { verdict, strength } = advise(rubric, answers);
      return strength === 'toss-up' && verdict !== 'undecided';
    });
    expect(toTell.length).toBeGreaterThan(5);
    for (const answers of toTell) {
      const card = cardWith(rubric, decisionWith(answers));
      const lists = listsOf(card).map(({ title, bullets }) => [title, bullets.length]);
      expect(lists.slice(0, 2)).toEqual([
        ['For Django', 2],
        ['For Flask', 2],
      ]);
      const name = advise(rubric, answers).verdict === 'django' ? 'Django' : 'Flask';
      expect(contextOf(card)[0]).toMatch(new RegExp(`^Leans ${name} · <@U1> asked`));
    }
  });

  it('asks the next questions if there is not enough to go on, before what speaks for each side', () => {
    const card = cardWith(rubric, decisionWith({}));
    expect(bulletsOf(card, 'Answer these next')).toEqual([
      'How many parts will it have?',
      'Which tools will you use?',
      'What do people work with?',
    ]);
    expect(outlineOf(card).slice(2, 5)).toEqual(['Answer these next', 'For Django', 'For Flask']);
    expect(bulletsOf(card, 'For Django')).toHaveLength(1);
    expect(bulletsOf(card, 'For Flask')).toHaveLength(1);
    expect(card.text).not.toMatch(/What would change it|Leans|For not/);
  });

  it('shows no points and no bullet twice, and keeps bullets to nine words', () => {
    for (const answers of ALL_ANSWERS) {
      const card = cardWith(rubric, decisionWith(answers));
      const bullets = listsOf(card).flatMap((list) => list.bullets);
      expect(new Set(bullets).size).toBe(bullets.length);
      expect(bullets.filter((bullet) => countWords(bullet) > 9)).toEqual([]);
      expect(card.text).not.toMatch(/points? |[+−]\d|\d for (Django|Flask)/);
    }
  });

  it('names the case study, what happened, and what it shares with the project', () => {
    const { text } = cardWith(rubric, decisionWith(LIBRARY));
    expect(text).toContain(
      'Case study: A library catalogue on Django. Its back office was ready on the first day. ' +
        'Like yours: many parts, back office, the usual tools.',
    );
  });

  it('puts people first and evidence last', () => {
    const decision = decisionWith(LIBRARY, { deciders: ['U7', 'U8'] });
    expect(contextOf(cardWith(rubric, decision))).toEqual([
      '<@U1> asked · <@U7> and <@U8> decide · all 3 answered',
      '5 of 7 similar projects chose Django',
    ]);
    const alone = cardWith(rubric, decisionWith({ screens: 'office' }));
    expect(contextOf(alone)[0]).toMatch(/<@U1> asked and decides · 1 of 3 answered$/);
    const one = cardWith(rubric, decisionWith(LIBRARY, { deciders: ['U7'] }));
    expect(contextOf(one)[0]).toMatch(/^<@U1> asked · <@U7> decides · /);
  });

  it.each([
    ['all chose the same', { django: 7, flask: 0, both: 0 }, 'All 7 similar projects chose Django'],
    ['most chose the other', { django: 2, flask: 5, both: 0 }, '5 of 7 similar projects chose Flask'],
    ['no majority', { django: 3, flask: 3, both: 1 }, 'Similar projects: 3 chose Django, 3 Flask, 1 both'],
  ])('says what similar projects chose: %s', (_, chose, words) => {
    const decision = decisionWith(LIBRARY);
    const { practice } = decision.round.advice;
    if (!practice) throw new Error('there is practice');
    const advice = { ...decision.round.advice, practice: { ...practice, chose } };
    const card = cardWith(rubric, { ...decision, round: { ...decision.round, advice } });
    expect(contextOf(card).at(-1)).toBe(words);
  });

  it('says what is missing for a firmer verdict', () => {
    const open = decisionWith({ parts: 'few', tools: 'own' });
    const { missing } = open.round.advice.why ?? {};
    expect(missing).toMatch(/\.$/);
    expect(cardWith(rubric, open).text).toMatch(/What would change it: .*: use Django\. /);
    expect(cardWith(rubric, open).text).toContain(` ${missing}`);
    const solid = decisionWith(LIBRARY);
    expect(solid.round.advice.why?.missing).toBeNull();
    expect(cardWith(rubric, solid).text).toMatch(/What would change it: [^.]*\.$/m);
  });

  it('says that the answers were edited', () => {
    const decision = decisionWith(LIBRARY);
    expect(contextOf(cardWith(rubric, decision))[0]).not.toContain('edited');
    const edited = { ...decision, round: { ...decision.round, number: 2 } };
    expect(contextOf(cardWith(rubric, edited))[0]).toMatch(/ · edited$/);
  });

  it('says what it replaces, and which answers changed', () => {
    const before = decisionWith({ parts: 'few', screens: 'none', tools: 'own' }, { status: 'decided' });
    const record = {
      number: 1,
      outcome: 'flask',
      rationale: '',
      revisit: null,
      by: 'U1',
      at: Date.UTC(2026, 5, 1),
      reopened: null,
    } as const;
    const predecessor = { decision: before, record, group: null, permalink: 'https://acme.slack.test/p1' };
    const card = cardWith(rubric, decisionWith(LIBRARY), { predecessor });
    expect(contextOf(card)[1]).toMatch(
      /^Replaces <https:\/\/acme\.slack\.test\/p1\|Flask>, decided on <!date\^1780272000\^/,
    );
    expect(bulletsOf(card, 'Changed since then')).toHaveLength(3);
    expect(bulletsOf(card, 'Changed since then')[0]).toBe('A few parts → many parts');
    const same = cardWith(rubric, before, { predecessor });
    expect(bulletsOf({ blocks: same.blocks }, 'Changed since then')).toEqual(['None of the asker’s answers']);
  });

  it('gives each row an id of its own that leads to the decision, as the id of earlier cards does', () => {
    const { blocks } = cardWith(rubric, decisionWith(LIBRARY));
    const ids = blocks.flatMap((block) => (block.type === 'actions' ? [block.block_id] : []));
    expect(new Set(ids).size).toBe(2);
    for (const id of [...ids, 'decision:abcDEF123-_x']) expect(decodeDecisionBlock(id)).toBe('abcDEF123-_x');
    expect(ids).toContain('decision:abcDEF123-_x');
    for (const id of ['decision:', 'decision:a:', 'decision:a:B', 'decision:a:votes:x', 'a:votes', undefined])
      expect(decodeDecisionBlock(id)).toBeNull();
  });

  it('is never folded by Slack, and has lists that indent', () => {
    for (const answers of ALL_ANSWERS) {
      const { blocks } = cardWith(rubric, decisionWith(answers));
      for (const block of blocks) if (block.type === 'section') expect(block).toMatchObject({ expand: true });
      expect(JSON.stringify(blocks)).not.toContain('•');
    }
  });

  it('points to the thread last', () => {
    expect(linesOf(cardWith(rubric, decisionWith(LIBRARY))).at(-1)).toBe(
      'Thread: points, sources, changes since 2020',
    );
  });

  it('reads aloud everything that it shows, as whole sentences', () => {
    for (const answers of ALL_ANSWERS) {
      const card = cardWith(rubric, decisionWith(answers));
      expectReadAloud(card);
    }
  });
});

describe('the votes on the card', () => {
  const cast = (person: string, choice: 'django' | 'flask' | 'both', reason: string | null = null) => ({
    person,
    choice,
    reason,
    round: 1,
    at: 0,
  });
  const votesOn = (decision: Decision, votes: ReturnType<typeof cast>[]) =>
    listsOf(cardWith(rubric, decision, { votes })).at(-1);

  it('are a line for each choice that has any', () => {
    const votes = [cast('U3', 'flask'), cast('U2', 'django'), cast('U4', 'django', 'We know it')];
    expect(votesOn(decisionWith(LIBRARY), votes)).toEqual({
      title: 'Vote',
      bullets: ['Django 2: <@U2>, <@U4> “We know it”', 'Flask 1: <@U3>'],
    });
    expect(votesOn(decisionWith(LIBRARY), [])).toEqual({ title: 'Vote · none yet', bullets: [] });
  });

  it('name three people and one reason of at most 40 characters for each choice', () => {
    const votes = Array.from({ length: 12 }, (_, i) =>
      cast(`U${10 + i}`, 'both', `Reason ${'x'.repeat(90)}`),
    );
    const [line = ''] = votesOn(decisionWith(LIBRARY), votes)?.bullets ?? [];
    expect(line).toMatch(/^Both 12: <@U10> “[^”]*”, <@U11>, <@U12> and 9 more$/);
    const [, reason = ''] = /“(.*)”/.exec(line) ?? [];
    expect(textLength(reason)).toBe(40);
  });

  it('show the first reason there is, and mark votes from before an edit', () => {
    const decision = decisionWith(LIBRARY);
    const edited = { ...decision, round: { ...decision.round, number: 2 } };
    const votes = [cast('U2', 'django'), { ...cast('U3', 'django', 'One\nline'), round: 2 }];
    expect(votesOn(edited, votes)?.bullets).toEqual(['Django 2: <@U2> (before the edit), <@U3> “One line”']);
    const earlier = [cast('U2', 'django'), cast('U3', 'django'), cast('U4', 'flask')];
    expect(votesOn(edited, earlier)?.bullets).toEqual([
      'Django 2: <@U2>, <@U3>, both before the edit',
      'Flask 1: <@U4> (before the edit)',
    ]);
  });

  it('show a reason without its full stop, which the next comma would follow', () => {
    const votes = [cast('U2', 'django', 'We know it.'), cast('U3', 'django'), cast('U4', 'flask', 'Hm...')];
    expect(votesOn(decisionWith(LIBRARY), votes)?.bullets).toEqual([
      'Django 2: <@U2> “We know it”, <@U3>',
      'Flask 1: <@U4> “Hm...”',
    ]);
  });

  it('show no reason that is invisible, because Slack refuses a card with an empty text', () => {
    const votes = [cast('U2', 'django', '\u200b'), cast('U3', 'django', 'We know it')];
    const card = cardWith(rubric, decisionWith(LIBRARY), { votes });
    expect(checkMessage(card)).toEqual([]);
    expect(listsOf(card).at(-1)?.bullets).toEqual(['Django 2: <@U2>, <@U3> “We know it”']);
  });

  it('show only their number while hidden', () => {
    const votes = [cast('U2', 'django', 'We know it'), cast('U3', 'flask')];
    const hidden = decisionWith(LIBRARY, { hideUntilDecided: true });
    expect(votesOn(hidden, votes)).toEqual({ title: 'Hidden vote · 2 so far', bullets: [] });
    const card = JSON.stringify(cardWith(rubric, hidden, { votes }));
    expect(card).not.toMatch(/U2|U3|We know it/);
    expect(votesOn(hidden, votes.slice(1))).toEqual({ title: 'Hidden vote · 1 so far', bullets: [] });
  });

  it('come with their deadline', () => {
    const voteUntil = Date.UTC(2026, 10, 26, 17);
    const title = 'Vote by <!date^1795712400^{date_short_pretty} {time}|2026-11-26T17:00Z> · none yet';
    const card = cardWith(rubric, decisionWith(LIBRARY, { voteUntil }));
    expect(listsOf(card).at(-1)?.title).toBe(title);
    expect(card.text).toContain(title);
  });
});

describe('the card of a group', () => {
  const SMALL = { parts: 'few', tools: 'usual' };
  const LARGE = { parts: 'many', screens: 'office' };
  /** Together with SMALL: Django, and what they say of the parts matters. */
  const SERVICE = { parts: 'many', screens: 'plain' };

  it('gives the advice for everyone’s answers, and says what the asker alone would get', () => {
    const card = groupCard(decisionWith(SMALL), { U2: LARGE });
    expect(linesOf(card)[0]).toMatch(/: Django, likely$/);
    expect(contextOf(card)).toEqual([
      '<@U1> asked and decides',
      '2 people answered · they agree on 0 of 3',
      '<@U1> alone would get: Flask, likely',
    ]);
    expect(linesOf(card).at(-1)).toBe('Thread: the asker’s points, sources, changes since 2020');
  });

  it('says to settle disagreements first, in place of what would change it', () => {
    const card = groupCard(decisionWith(SMALL), { U2: SERVICE });
    expect(outlineOf(card)).toEqual([
      'header',
      'context',
      'Settle this first',
      'For Django',
      'Against Django',
      'Case study',
      'divider',
      'Vote',
      'actions',
      'actions',
      'context',
    ]);
    expect(bulletsOf(card, 'Settle this first')).toEqual([
      'Parts: Many parts (<@U2>). A few parts (<@U1>) would make it Flask.',
    ]);
  });

  it('says to settle disagreements even if nothing else is known', () => {
    const card = groupCard(decisionWith({ parts: 'few' }), { U2: { parts: 'many' } });
    expect(linesOf(card)[0]).toMatch(/: not enough to go on$/);
    expect(bulletsOf(card, 'Settle this first')[0]).toContain('A few parts (<@U1>) would make it Flask.');
    expect(outlineOf(card)).not.toContain('Answer these next');
  });

  it('says nothing of the asker’s own advice if it is the same', () => {
    const card = groupCard(decisionWith(LARGE), { U2: LARGE });
    expect(contextOf(card)).toContain('2 people answered · they agree on 2 of 3');
    expect(card.text).not.toMatch(/alone|Settle/);
    expect(outlineOf(card)).toContain('What would change it');
    const all = groupCard(decisionWith(LIBRARY), { U2: LIBRARY });
    expect(contextOf(all)).toContain('2 people answered · they agree on all 3');
  });

  it('counts a question as agreed only if several people answered it, all in the same way', () => {
    const card = groupCard(decisionWith({ parts: 'few', tools: 'usual' }), {
      U2: { parts: 'few', screens: 'plain', tools: 'own' },
      U3: { parts: 'few', tools: 'usual' },
    });
    expect(contextOf(card)).toContain('3 people answered · they agree on 1 of 3');
  });

  it('says which people answered before an edit', () => {
    const decision = decisionWith(SMALL);
    const card = groupCard({ ...decision, round: { ...decision.round, number: 2 } }, { U2: SERVICE });
    expect(contextOf(card)[1]).toBe('2 people answered · they agree on 0 of 3 · 1 before the edit');
    expect(bulletsOf(card, 'Settle this first')[0]).toContain('Many parts (<@U2> before the edit)');
  });

  it('shows only how many people answered while answers are hidden', () => {
    const decision = decisionWith(SMALL, { hideUntilDecided: true });
    const hidden = groupCard(decision, { U2: LARGE, U3: LARGE });
    const alone = cardWith(rubric, decision);
    expect(contextOf(hidden)).toEqual([
      '<@U1> asked and decides',
      '3 people answered · answers hidden until the decision',
    ]);
    expect(hidden.blocks.toSpliced(1, 1)).toEqual(alone.blocks.toSpliced(1, 1));
    expect(hidden.text.split('\n').slice(3)).toEqual(alone.text.split('\n').slice(2));
  });

  it('reads aloud everything that it shows, as whole sentences', () => {
    let disagreeing = 0;
    fc.assert(
      fc.property(anyAnswers, fc.array(anyAnswers, { minLength: 1, maxLength: 4 }), (answers, others) => {
        const said = Object.fromEntries(others.map((own, i) => [`U${i + 2}`, own]));
        const card = groupCard(decisionWith(answers), said);
        expectReadAloud(card);
        disagreeing += Number(card.text.includes('Settle this first'));
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
          expect(message.text).toMatch(/<@U0123456999> asked · <@U01234567890>, .* decide/);
        },
      ),
      { seed: 20261123, numRuns: 60 },
    );
  });
});

describe('what would change the answer', () => {
  const NONE = 'No single answer would.';
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
  ])('is never denied if there is something, by %s', (_, by) => {
    const seen = { none: 0, some: 0 };
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const { now, led } = verdicts(by, answers);
        if (now === 'undecided') return;
        const advice = advise(by, answers);
        const round = { number: 1, by: 'U1', at: 0, answers, advice };
        const { text } = cardWith(by, decisionWith(answers, { round }));
        seen[led.length === 0 ? 'none' : 'some'] += 1;
        expect(text.includes(NONE)).toBe(led.length === 0);
        const told = /What would change it: (.*)/.exec(text)?.[1] ?? '';
        if (led.some((v) => v !== 'undecided'))
          expect(told).toMatch(/: use (Django|Flask|both)\.|Only a weaker answer would\./);
        else if (led.length > 0) expect(told).toContain(': not enough to go on.');
      }),
      { seed: 20261123, numRuns: 300 },
    );
    expect(seen.some).toBeGreaterThan(10);
    expect(seen.none > 10).toBe(by === stable);
  });

  it('names two answers that lead to a clear verdict if single answers only leave it open', () => {
    const { text } = cardWith(rubric, decisionWith({ screens: 'office' }));
    expect(text).toContain('What would change it: Many parts and our own tools: use both.');
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
  it('never lets a name mention people or pose as a link', () => {
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

function expectReadAloud(card: ReturnType<typeof cardWith>): void {
  const text = spoken(card.text);
  for (const line of linesOf(card)) expect(text).toContain(spoken(line));
  expect(text).not.toMatch(/[.?!…] *[.?!]/);
  for (const line of text.split('\n')) expect(line).toMatch(/[.?!]$/);
}

/** Returns every text in which Slack would read markup. */
function mrkdwnIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(mrkdwnIn);
  if (typeof value !== 'object' || value === null) return [];
  if ('type' in value && value.type === 'mrkdwn' && 'text' in value) return [String(value.text)];
  return Object.values(value).flatMap(mrkdwnIn);
}
