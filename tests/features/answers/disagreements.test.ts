import { describe, expect, it } from 'vitest';
import { advise } from '../../../src/advice/advise.ts';
import type { Answers } from '../../../src/advice/answers.ts';
import type { Disagreement } from '../../../src/advice/consensus.ts';
import { computeGroup } from '../../../src/decision/group.ts';
import { describeDisagreements } from '../../../src/features/answers/disagreements.ts';
import { decisionWith, ownAnswersOf, rubric } from '../../support/decision.ts';

const { basis } = advise(rubric, {});

/** What the card says of these people; the first one asked. */
function inWords(...people: Answers[]): string[] {
  const others = Object.fromEntries(people.slice(1).map((answers, i) => [`U${i + 2}`, answers]));
  const decision = decisionWith(people[0] ?? {});
  const group = computeGroup(rubric, { decision, ownAnswers: ownAnswersOf(others) });
  if (!group) throw new Error('nobody else answered');
  return describeDisagreements(basis, group.advice.verdict, group.disagreements);
}

/** A disagreement about the parts that so many people have. */
const aboutParts = (few: number, many: number): Disagreement => ({
  disputes: [
    {
      trait: 'parts',
      said: [
        { option: 'few', people: Array.from({ length: few }, (_, i) => `U${i + 1}`) },
        { option: 'many', people: Array.from({ length: many }, (_, i) => `U${i + 51}`) },
      ],
    },
  ],
  settlements: [
    { answers: [{ trait: 'parts', option: 'few' }], verdict: 'flask' },
    { answers: [{ trait: 'parts', option: 'many' }], verdict: 'undecided' },
  ],
});

describe('a disagreement in words', () => {
  it('names who said what, and what settling it would mean', () => {
    const few = { parts: 'few', tools: 'any' };
    expect(inWords(few, few, { ...few, parts: 'many' })).toEqual([
      'parts: <@U1> and <@U2> say “a few parts” (then Flask), <@U3> says “many parts” (then Django).',
    ]);
  });

  it('is not told where it changes nothing', () => {
    const sure = { screens: 'office', tools: 'usual' };
    expect(inWords({ ...sure, parts: 'some' }, { ...sure, parts: 'many' })).toEqual([]);
  });

  it('tells two together where neither changes anything alone, with the ways that do', () => {
    const office = { parts: 'some', screens: 'office', tools: 'usual' };
    expect(inWords(office, office, { parts: 'few', screens: 'plain', tools: 'usual' })).toEqual([
      'parts: <@U3> says “a few parts”, <@U1> and <@U2> say “some parts”; screens: <@U3> says “plain pages”, ' +
        '<@U1> and <@U2> say “back office”. “a few parts” with “plain pages”: Flask; otherwise Django.',
    ]);
  });

  it('says what makes it unclear', () => {
    expect(describeDisagreements(basis, 'flask', [aboutParts(1, 1)])[0]).toMatch(
      /“a few parts” \(then Flask\), <@U51> says “many parts” \(then too early to say\)\.$/,
    );
  });

  it.each([
    [1, '<@U1> says'],
    [2, '<@U1> and <@U2> say'],
    [5, '<@U1>, <@U2>, <@U3>, <@U4> and <@U5> say'],
    [6, '<@U1>, <@U2>, <@U3>, <@U4>, <@U5> and 1 more say'],
    [40, '<@U1>, <@U2>, <@U3>, <@U4>, <@U5> and 35 more say'],
  ])('of %i people names five at most', (people, names) => {
    const [line] = describeDisagreements(basis, 'flask', [aboutParts(people, 1)]);
    expect(line).toContain(`parts: ${names} “a few parts” (then Flask), <@U51> says “many`);
  });

  it('with many sides names fewer of each, so that the line can still be read', () => {
    const everybody = rubric.questions.find((q) => q.id === 'tools')?.options ?? [];
    const said = everybody.map(({ id }, i) => ({
      option: id,
      people: ['A', 'B', 'C'].map((n) => `U${n}${i}`),
    }));
    const settlements = said.map(({ option }, i) => ({
      answers: [{ trait: 'tools', option }],
      verdict: i === 0 ? ('django' as const) : ('flask' as const),
    }));
    const lines = describeDisagreements(basis, 'flask', [
      { disputes: [{ trait: 'tools', said }], settlements },
    ]);
    expect(lines[0]).toContain(
      'tools: <@UA0>, <@UB0> and 1 more say “the usual tools” (then Django), <@UA1>',
    );
  });

  it('is one of three at most; the others are counted', () => {
    const of = (count: number) =>
      describeDisagreements(
        basis,
        'flask',
        Array.from({ length: count }, () => aboutParts(1, 1)),
      );
    expect(of(3)).toHaveLength(3);
    expect(of(5).at(-1)).toBe('and 2 more');
  });

  it('of two together puts ways that lead to the same verdict together, and counts those it has no room for', () => {
    const said = ['usual', 'any', 'own', 'new'].map((option, i) => ({
      option,
      people: [`U${i}`],
    }));
    const screens = {
      trait: 'screens',
      said: ['office', 'none'].map((option, i) => ({ option, people: [`U${i}`] })),
    };
    const settlements = said.flatMap(({ option: tools }) =>
      screens.said.map(({ option }) => ({
        answers: [
          { trait: 'tools', option: tools },
          { trait: 'screens', option },
        ],
        verdict: option === 'none' ? ('flask' as const) : ('django' as const),
      })),
    );
    const [line] = describeDisagreements(basis, 'django', [
      { disputes: [{ trait: 'tools', said }, screens], settlements },
    ]);
    expect(line).toMatch(
      /“the usual tools” with “only an API” or “any tools” with “only an API” or “our own tools” with “only an API” or 1 more: Flask; otherwise Django\.$/,
    );
  });
});
