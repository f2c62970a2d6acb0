import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advise } from '../../src/advice/advise.ts';
import type { Answers } from '../../src/advice/answers.ts';
import { findConsensus } from '../../src/advice/consensus.ts';
import { groupViewSchema, visibleGroup } from '../../src/decision/discussion.ts';
import { computeGroup } from '../../src/decision/group.ts';
import { anyAnswers, decisionWith, ownAnswersOf, rubric } from '../support/decision.ts';

const SMALL = { parts: 'few', tools: 'own' };
const LARGE = { parts: 'many', screens: 'office' };
const group = (asker: Answers, others: Record<string, Answers>) =>
  computeGroup(rubric, { decision: decisionWith(asker), ownAnswers: ownAnswersOf(others) });

describe('the group', () => {
  it('is there once somebody else than the asker has answered', () => {
    expect(group(SMALL, {})).toBeNull();
    expect(group(SMALL, { U1: LARGE })).toBeNull();
    expect(group(SMALL, { U2: LARGE })?.people).toBe(2);
  });

  it('counts the asker once, with the answers on the card', () => {
    expect(group(SMALL, { U1: LARGE, U2: LARGE })).toEqual(group(SMALL, { U2: LARGE }));
  });

  it('is advised by what everybody says together, and reads back from the database as it was', () => {
    fc.assert(
      fc.property(anyAnswers, fc.array(anyAnswers, { minLength: 1, maxLength: 5 }), (asker, others) => {
        const said = Object.fromEntries(others.map((answers, i) => [`U${i + 2}`, answers]));
        const people = Object.entries({ U1: asker, ...said });
        const { answers, disagreements } = findConsensus(
          rubric,
          people.map(([person, own]) => ({ person, answers: own })),
        );
        const found = group(asker, said);
        expect(found).toEqual({ advice: advise(rubric, answers), people: people.length, disagreements });
        expect(groupViewSchema.parse(JSON.parse(JSON.stringify(found)))).toEqual(found);
      }),
      { seed: 20261123, numRuns: 100 },
    );
  });

  it('is not shown while others’ answers are hidden, and is once it is decided', () => {
    const discussion = (hideUntilDecided: boolean, status: 'open' | 'decided') => ({
      decision: decisionWith(SMALL, { hideUntilDecided, status }),
      votes: [],
      ownAnswers: ownAnswersOf({ U2: LARGE }),
      group: group(SMALL, { U2: LARGE }),
      record: null,
      predecessor: null,
      successor: null,
    });
    expect(visibleGroup(discussion(true, 'open'))).toBeNull();
    expect(visibleGroup(discussion(true, 'decided'))?.people).toBe(2);
    expect(visibleGroup(discussion(false, 'open'))?.people).toBe(2);
  });
});
