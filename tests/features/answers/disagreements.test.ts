import { describe, expect, it } from 'vitest';
import { advise } from '../../../src/advice/advise.ts';
import type { Answers } from '../../../src/advice/answers.ts';
import type { Disagreement } from '../../../src/advice/consensus.ts';
import { computeGroup } from '../../../src/decision/group.ts';
import { describeDisagreements } from '../../../src/features/answers/disagreements.ts';
import { decisionWith, ownAnswersOf, rubric } from '../../support/decision.ts';

const { basis } = advise(rubric, {});

/** Returns what the card says about these people. The first one asked. */
function inWords(...people: Answers[]): string[] {
  const others = Object.fromEntries(people.slice(1).map((answers, i) => [`U${i + 2}`, answers]));
  const decision = decisionWith(people[0] ?? {});
  const group = computeGroup(rubric, { decision, ownAnswers: ownAnswersOf(others) });
  if (!group) throw new Error('nobody else answered');
  return describeDisagreements(basis, group.advice.verdict, group.disagreements);
}

/** A disagreement about the parts, with a number of people on either side. */
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
  it('names who said what, and what follows from the answer that changes the verdict', () => {
    const few = { parts: 'few', tools: 'any' };
    expect(inWords(few, few, { ...few, parts: 'many' })).toEqual([
      'Parts: A few parts (<@U1>, <@U2>). Many parts (<@U3>) makes it Django.',
    ]);
  });

  it('is left out if it changes nothing', () => {
    const sure = { screens: 'plain', tools: 'usual' };
    expect(inWords({ ...sure, parts: 'some' }, { ...sure, parts: 'many' })).toEqual([]);
  });

  it('says how clear the verdict becomes if only that changes', () => {
    const office = { screens: 'office', tools: 'usual' };
    expect(inWords({ ...office, parts: 'some' }, { ...office, parts: 'many' })).toEqual([
      'Parts: Some parts (<@U1>). Many parts (<@U2>). Settling it makes Django clear.',
    ]);
  });

  it('says what two answers change together if neither does alone, and then what either does to the strength', () => {
    const office = { parts: 'some', screens: 'office', tools: 'usual' };
    expect(inWords(office, office, { parts: 'few', screens: 'plain', tools: 'usual' })).toEqual([
      'Parts and screens: A few parts (<@U3>) with plain pages (<@U3>) makes it Flask.',
      'Parts: Some parts (<@U1>, <@U2>). A few parts (<@U3>) makes it too close to call.',
    ]);
  });

  it('says what leaves it open', () => {
    expect(describeDisagreements(basis, 'flask', [aboutParts(1, 1)])).toEqual([
      'Parts: A few parts (<@U1>). Many parts (<@U51>) leaves it open.',
    ]);
  });

  it('marks people who answered before an edit', () => {
    expect(describeDisagreements(basis, 'flask', [aboutParts(2, 1)], new Set(['U2', 'U51']))).toEqual([
      'Parts: A few parts (<@U1>, <@U2> before the edit). Many parts (<@U51> before the edit) leaves it open.',
    ]);
  });

  it.each([
    [1, '<@U1>'],
    [3, '<@U1>, <@U2>, <@U3>'],
    [4, '<@U1>, <@U2>, <@U3> and 1 more'],
    [40, '<@U1>, <@U2>, <@U3> and 37 more'],
  ])('of %i people names three at most', (people, names) => {
    const [line] = describeDisagreements(basis, 'flask', [aboutParts(people, 1)]);
    expect(line).toBe(`Parts: A few parts (${names}). Many parts (<@U51>) leaves it open.`);
  });

  it.each([
    [2, 'Any tools (<@U1>). The usual tools (<@U0>) makes it Django.'],
    [3, 'Any tools (<@U1>). Our own tools (<@U2>). The usual tools (<@U0>) makes it Django.'],
    [
      4,
      'Any tools (<@U1>). Our own tools (<@U2>). The usual tools (<@U0>) makes it Django. And 1 other answer.',
    ],
  ])('of %i sides lists three at most, those that change nothing first', (sides, words) => {
    const options = rubric.questions.find((q) => q.id === 'tools')?.options.slice(0, sides) ?? [];
    const said = options.map(({ id }, i) => ({ option: id, people: [`U${i}`] }));
    const settlements = said.map(({ option }, i) => ({
      answers: [{ trait: 'tools', option }],
      verdict: i === 0 ? ('django' as const) : ('flask' as const),
    }));
    const disagreement = { disputes: [{ trait: 'tools', said }], settlements };
    expect(describeDisagreements(basis, 'flask', [disagreement])).toEqual([`Tools: ${words}`]);
  });

  it('is one of three at most; the others are counted', () => {
    const of = (count: number) =>
      describeDisagreements(
        basis,
        'flask',
        Array.from({ length: count }, () => aboutParts(1, 1)),
      );
    expect(of(3)).toHaveLength(3);
    expect(of(4)).toHaveLength(4);
    expect(of(4).at(-1)).toBe('1 more disagreement');
    expect(of(5).at(-1)).toBe('2 more disagreements');
  });

  it('of two questions together shows one of the ways that change the verdict', () => {
    const said = ['usual', 'any', 'own', 'new'].map((option, i) => ({ option, people: [`U${i}`] }));
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
    const disagreement = { disputes: [{ trait: 'tools', said }, screens], settlements };
    expect(describeDisagreements(basis, 'django', [disagreement])).toEqual([
      'Tools and screens: The usual tools (<@U0>) with only an API (<@U1>) makes it Flask.',
    ]);
  });
});
