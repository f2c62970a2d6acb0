// What the shipped rubric advises, where that isn't one of the article's scenarios.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advise } from '../../../src/advice/advise.ts';
import type { Answers } from '../../../src/advice/answers.ts';
import { loadRubric } from '../../../src/advice/rubric/rubric.ts';
import { fewOpen, partialAnswers, runs } from '../../support/arbitrary.ts';
import { apply, completions, score, singleChanges } from '../oracle.ts';

const rubric = loadRubric();
const anyAnswers = partialAnswers(rubric);
const pointsOf = (answers: Answers, trait: string): number | undefined =>
  advise(rubric, answers).contributions.find((c) => c.trait === trait)?.points;

describe('the shipped rubric', () => {
  it('lets the pull of novelty shrink for the general public, unless it is a start-up', () => {
    const tech = (answers: Answers): number | undefined => pointsOf({ tech: 'frontier', ...answers }, 'tech');
    expect(tech({})).toBe(-9);
    expect(tech({ audience: 'general' })).toBe(-3);
    expect(tech({ audience: 'general', stage: 'enterprise' })).toBe(-3);
    expect(tech({ audience: 'general', stage: 'mvp' })).toBe(-9);
    expect(tech({ audience: 'technical' })).toBe(-9);
    expect(tech({ audience: 'mixed' })).toBe(-9);
  });

  it('stops open technology from pulling to Flask where a back office may be needed', () => {
    const unknowns = (answers: Answers): number | undefined =>
      pointsOf({ unknowns: 'technical', ...answers }, 'unknowns');
    expect(unknowns({})).toBe(-6);
    expect(unknowns({ admin: 'no' })).toBe(-6);
    for (const admin of ['yes', 'maybe', 'end_user']) expect(unknowns({ admin })).toBe(0);
  });

  it('never takes points from Django for more need of a back office', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const margins = ['no', 'end_user', 'maybe', 'yes'].map(
          (admin) => advise(rubric, { ...answers, admin }).margin,
        );
        expect(margins).toEqual(margins.toSorted((a, b) => a - b));
      }),
      runs(200),
    );
  });

  it('brings up for constant experiments with an API that today it may be neither', () => {
    const { notes } = advise(rubric, { tech: 'frontier', interface: 'api_only' });
    expect(notes.map((n) => n.text).join(' ')).toContain('FastAPI');
  });

  it('keeps the laws: verdict, margin and single flips are what the plain scoring says', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const { verdict, margin, flips } = advise(rubric, answers);
        expect({ verdict, margin }).toEqual(score(rubric, answers));
        const singles = singleChanges(rubric, answers).filter(
          (change) => score(rubric, apply(answers, [change])).verdict !== verdict,
        );
        if (singles.length === 0) return;
        const named = (change: { trait: string; to: string }): string => `${change.trait}: ${change.to}`;
        expect(flips.flatMap((flip) => flip.changes.map(named)).sort()).toEqual(singles.map(named).sort());
      }),
      runs(500),
    );
  });

  it('keeps the laws: what is called settled is settled', () => {
    fc.assert(
      fc.property(fewOpen(rubric), (answers) => {
        const { settled, verdict } = advise(rubric, answers);
        const all = completions(rubric, answers);
        if (settled) expect(all.filter((c) => c.verdict !== verdict)).toEqual([]);
      }),
      runs(200),
    );
  });

  it('never moves by two steps for one weak answer more or fewer', () => {
    const ladder = (answers: Answers): number | null => {
      const { verdict, strength } = advise(rubric, answers);
      if (verdict === 'both') return null;
      const size = { solid: 2, leaning: 1, 'toss-up': 0 }[strength];
      return verdict === 'flask' ? -size : size;
    };
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const before = ladder(answers);
        for (const { id, options } of rubric.questions.filter((q) => answers[q.id] === undefined)) {
          for (const option of options.filter(({ points }) => Math.abs(points) <= 1)) {
            const after = ladder({ ...answers, [id]: option.id });
            if (before === null || after === null) continue;
            expect(Math.abs(after - before), `${id}: ${option.id}`).toBeLessThanOrEqual(1);
          }
        }
      }),
      runs(400),
    );
  });
});
