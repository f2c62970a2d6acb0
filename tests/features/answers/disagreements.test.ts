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

/** A disagreement about size that so many people have. */
const about = (trait: string, simple: number, large: number): Disagreement => ({
  disputes: [
    {
      trait,
      said: [
        { option: 'simple', people: Array.from({ length: simple }, (_, i) => `U${i + 1}`) },
        { option: 'large', people: Array.from({ length: large }, (_, i) => `U${i + 51}`) },
      ],
    },
  ],
  settlements: [
    { answers: [{ trait, option: 'simple' }], verdict: 'flask' },
    { answers: [{ trait, option: 'large' }], verdict: 'undecided' },
  ],
});

describe('a disagreement in words', () => {
  it('names who said what, and what settling it would mean', () => {
    const api = { interface: 'api_only', admin: 'maybe' };
    expect(
      inWords({ ...api, size: 'simple' }, { ...api, size: 'simple' }, { ...api, size: 'large' }),
    ).toEqual([
      'size: <@U1> and <@U2> say “one simple job” (then Flask), <@U3> says “large, many modules” (then Django).',
    ]);
  });

  it('is not told where it changes nothing', () => {
    const sure = { stage: 'product', shape: 'one_product', interface: 'pages', admin: 'yes' };
    expect(inWords({ ...sure, size: 'grow' }, { ...sure, size: 'large' })).toEqual([]);
  });

  it('tells two together where neither changes anything alone, with the ways that do', () => {
    const large = { stage: 'product', size: 'large', admin: 'yes', shape: 'one_product' };
    expect(inWords({ size: 'simple', shape: 'single_service' }, large)).toEqual([
      'size: <@U1> says “one simple job”, <@U2> says “large, many modules”; shape: <@U2> says “one product, one ' +
        'codebase”, <@U1> says “one narrow service”. “one simple job” with “one narrow service”: Flask; otherwise Django.',
    ]);
  });

  it('says what makes it unclear', () => {
    expect(describeDisagreements(basis, 'flask', [about('size', 1, 1)])[0]).toMatch(
      /“one simple job” \(then Flask\), <@U51> says “large, many modules” \(then too early to say\)\.$/,
    );
  });

  it.each([
    [1, '<@U1> says'],
    [2, '<@U1> and <@U2> say'],
    [5, '<@U1>, <@U2>, <@U3>, <@U4> and <@U5> say'],
    [6, '<@U1>, <@U2>, <@U3>, <@U4>, <@U5> and 1 more say'],
    [40, '<@U1>, <@U2>, <@U3>, <@U4>, <@U5> and 35 more say'],
  ])('of %i people names five at most', (people, names) => {
    const [line] = describeDisagreements(basis, 'flask', [about('size', people, 1)]);
    expect(line).toContain(`size: ${names} “one simple job” (then Flask), <@U51> says “large`);
  });

  it('with many sides names fewer of each, so that the line can still be read', () => {
    const everybody = rubric.questions.find((q) => q.id === 'shape')?.options ?? [];
    const said = everybody.map(({ id }, i) => ({
      option: id,
      people: ['A', 'B', 'C'].map((n) => `U${n}${i}`),
    }));
    const settlements = said.map(({ option }, i) => ({
      answers: [{ trait: 'shape', option }],
      verdict: i === 0 ? ('django' as const) : ('flask' as const),
    }));
    const lines = describeDisagreements(basis, 'flask', [
      { disputes: [{ trait: 'shape', said }], settlements },
    ]);
    expect(lines[0]).toContain(
      'shape: <@UA0>, <@UB0> and 1 more say “one product, one codebase” (then Django), <@UA1>',
    );
  });

  it('is one of three at most; the others are counted', () => {
    const of = (count: number) =>
      describeDisagreements(
        basis,
        'flask',
        Array.from({ length: count }, () => about('size', 1, 1)),
      );
    expect(of(3)).toHaveLength(3);
    expect(of(5).at(-1)).toBe('and 2 more');
  });

  it('of two together puts ways that lead to the same verdict together, and counts those it has no room for', () => {
    const said = ['simple', 'small_complete', 'grow', 'large'].map((option, i) => ({
      option,
      people: [`U${i}`],
    }));
    const admin = { trait: 'admin', said: ['yes', 'no'].map((option, i) => ({ option, people: [`U${i}`] })) };
    const settlements = said.flatMap(({ option: size }) =>
      admin.said.map(({ option }) => ({
        answers: [
          { trait: 'size', option: size },
          { trait: 'admin', option },
        ],
        verdict: option === 'no' ? ('flask' as const) : ('django' as const),
      })),
    );
    const [line] = describeDisagreements(basis, 'django', [
      { disputes: [{ trait: 'size', said }, admin], settlements },
    ]);
    expect(line).toMatch(
      /“one simple job” with “none” or “small but complete” with “none” or “starts small, will grow” with “none” or 1 more: Flask; otherwise Django\.$/,
    );
  });
});
