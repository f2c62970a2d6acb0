import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advise } from '../../src/advice/advise.ts';
import type { Answers } from '../../src/advice/answers.ts';
import { findConsensus } from '../../src/advice/consensus.ts';
import type { Rubric } from '../../src/advice/rubric/schema.ts';
import { partialAnswers, runs } from '../support/arbitrary.ts';
import { practicalRubric } from '../support/small-rubric.ts';

const rubric = practicalRubric;
const anyAnswers = partialAnswers(rubric);
const known = { knows_django: 'django', knows_flask: 'flask' } as const;
const steps = { solid: 2, leaning: 1, 'toss-up': 0 } as const;

describe('what a project starts from', () => {
  it('decides a toss-up, lowers a verdict against it by one step, and changes nothing else', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(anyAnswers, fc.constantFrom('knows_django', 'knows_flask'), (answers, start) => {
        const { start: _, ...others } = answers;
        const [without, advice] = [advise(rubric, others), advise(rubric, { ...others, start })];
        const size = without.verdict === 'django' ? without.margin : -without.margin;
        const isFramework = without.verdict === 'django' || without.verdict === 'flask';
        const { toss_up_up_to: tossUp } = rubric.strength;
        const isTossUp =
          isFramework && without.rule === null && size <= tossUp[without.verdict as 'django' | 'flask'];
        // By points. A verdict that a rule made, or that an open answer could turn, may be a toss-up too.
        const canDrop = isFramework && size > tossUp[without.verdict as 'django' | 'flask'];
        const isAgainst = canDrop && known[start] !== without.verdict;
        expect(advice.margin).toBe(without.margin);
        if (isTossUp) expect(advice).toMatchObject({ verdict: known[start], strength: 'leaning' });
        else {
          expect(advice.verdict).toBe(without.verdict);
          const lowered = Math.max(0, steps[without.strength] - 1);
          expect(steps[advice.strength]).toBe(isAgainst ? lowered : steps[without.strength]);
        }
        const effect = isTossUp ? 'decides' : isAgainst ? 'lowers' : 'none';
        expect(advice.existing).toMatchObject({ rule: start, effect });
        seen.add(effect);
      }),
      runs(800),
    );
    expect(seen.size).toBe(3);
  });

  it('is null if it favors neither framework', () => {
    expect(advise(rubric, { parts: 'many', start: 'knows_nothing' }).existing).toBeNull();
    expect(advise(rubric, { parts: 'many' }).existing).toBeNull();
  });

  it('takes more than half of a group’s answers', () => {
    const groupOf = (...starts: string[]): Answers =>
      findConsensus(
        rubric,
        starts.map((start, i) => ({ person: `U${i}`, answers: start === '' ? {} : { start } })),
      ).answers;
    expect(groupOf('knows_flask', 'knows_flask', 'knows_django').start).toBe('knows_flask');
    expect(groupOf('knows_flask', 'knows_flask', '', '').start).toBe('knows_flask');
    expect(groupOf('knows_flask', 'knows_django').start).toBeUndefined();
    expect(groupOf('knows_flask', 'knows_django', 'knows_nothing').start).toBeUndefined();
  });

  it('is listed as a disagreement if settling it changes the verdict', () => {
    const close = { screens: 'office', tools: 'new' };
    const { disagreements } = findConsensus(rubric, [
      { person: 'U1', answers: { ...close, start: 'knows_flask' } },
      { person: 'U2', answers: { ...close, start: 'knows_django' } },
    ]);
    expect(disagreements.flatMap(({ disputes }) => disputes.map(({ trait }) => trait))).toEqual(['start']);
  });
});

describe('the third way', () => {
  const thirdWay: Rubric = {
    ...rubric,
    notes: rubric.notes.map((note, i) =>
      i === 0 ? { ...note, when: [{ screens: ['none'] }], third_way: ['FastAPI'] } : note,
    ),
  };

  it('is named if its conditions hold, and no such verdict is solid', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const advice = advise(thirdWay, answers);
        expect(advice.thirdWay?.names).toEqual(answers.screens === 'none' ? ['FastAPI'] : undefined);
        if (advice.thirdWay) {
          expect(advice.strength).not.toBe('solid');
          expect(advice.thirdWay.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
        }
      }),
      runs(300),
    );
    const api = { parts: 'few', screens: 'none', tools: 'new', start: 'knows_flask' };
    expect(advise(rubric, api).strength).toBe('solid');
    expect(advise(thirdWay, api).why?.missing).toBe('FastAPI may fit better.');
  });
});

describe('few answers', () => {
  const strict: Rubric = { ...rubric, strength: { ...rubric.strength, min_answers: 3 } };

  it('are never more than a toss-up, unless a rule decides', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const { rule, strength, why } = advise(strict, answers);
        const count = Object.keys(answers).length;
        if (count >= 3 || rule !== null) return;
        expect(strength).toBe('toss-up');
        expect(why?.missing).toBe(`Only ${count} of ${rubric.questions.length} questions are answered.`);
      }),
      runs(500),
    );
  });
});

describe('what is missing for a firmer verdict', () => {
  it('is said for every verdict that isn’t solid, and for no other', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const { strength, why } = advise(rubric, answers);
        expect(why?.strength).toMatch(/\.$/);
        expect(why?.missing === null).toBe(strength === 'solid');
      }),
      runs(500),
    );
  });

  it('is true: one more answer settles it, or two do', () => {
    const found = { One: 0, Two: 0 };
    const rubric: Rubric = { ...practicalRubric, projects: [] };
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const { verdict, why } = advise(rubric, answers);
        const said = /^(One|Two) more answers? for (Django|Flask) would (settle it|make it likely)\.$/.exec(
          why?.missing ?? '',
        );
        if (!said) return;
        const [, count, name, effect] = said;
        const open = rubric.questions.filter((q) => answers[q.id] === undefined);
        const more = (some: Answers): Answers[] =>
          open
            .filter((q) => some[q.id] === undefined)
            .flatMap((q) => q.options.map((o) => ({ ...some, [q.id]: o.id })));
        const wanted = effect === 'settle it' ? ['solid'] : ['solid', 'leaning'];
        const reaches = (some: Answers): boolean => {
          const { strength, verdict: then } = advise(rubric, some);
          return then === verdict && wanted.includes(strength);
        };
        expect(verdict).toBe(name?.toLowerCase());
        const singles = more(answers);
        expect(singles.some(reaches)).toBe(count === 'One');
        if (count === 'Two') expect(singles.flatMap(more).some(reaches)).toBe(true);
        found[count as 'One' | 'Two'] += 1;
      }),
      runs(600),
    );
    expect(Math.min(found.One, found.Two)).toBeGreaterThan(5);
  });
});
