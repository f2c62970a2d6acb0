import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../src/advice/advice.ts';
import { advise } from '../../src/advice/advise.ts';
import { type Answers, parseAnswers } from '../../src/advice/answers.ts';
import { type Rubric, UNSURE } from '../../src/advice/rubric/schema.ts';
import { fewOpen, partialAnswers, runs } from '../support/arbitrary.ts';
import { doubledRubric, practicalRubric, smallRubric, yieldingRubric } from '../support/small-rubric.ts';
import { apply, type Change, completions, pivotalTraits, score, singleChanges } from './oracle.ts';

/** Three questions that rules and adjustments name, three that none does, and one that only favors a framework. */
const rubric = practicalRubric;
const anyAnswers = partialAnswers(rubric);
const fewOpenAnswers = fewOpen(rubric);

const line = (changes: readonly Change[], verdict: Verdict): string =>
  `${changes.map((c) => `${c.trait}: ${c.from} → ${c.to}`).join(', ')} = ${verdict}`;
const linesOf = (answers: Answers): string[] =>
  advise(rubric, answers).flips.map((f) => line(f.changes, f.verdict));
const shiftOf = (rubric: Rubric, answers: Answers, changes: readonly Change[]): number =>
  Math.abs(score(rubric, apply(answers, changes)).margin - score(rubric, answers).margin);

/** Changes of one answer that change the verdict. */
function flippingSingles(rubric: Rubric, answers: Answers): Change[] {
  const { verdict } = score(rubric, answers);
  return singleChanges(rubric, answers).filter((c) => score(rubric, apply(answers, [c])).verdict !== verdict);
}

function flippingPairs(rubric: Rubric, answers: Answers): [Change, Change][] {
  const { verdict } = score(rubric, answers);
  const changes = singleChanges(rubric, answers);
  return changes.flatMap((first, i) =>
    changes
      .slice(i + 1)
      .filter((second) => second.trait !== first.trait)
      .map((second): [Change, Change] => [first, second])
      .filter((pair) => score(rubric, apply(answers, pair)).verdict !== verdict),
  );
}

describe('verdict and margin', () => {
  it('are what the plain description of the scoring says, for every kind of answers', () => {
    const seen = new Set<Verdict>();
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const { verdict, margin } = advise(rubric, answers);
        seen.add(verdict);
        expect({ verdict, margin }).toEqual(score(rubric, answers));
        expect(Number.isInteger(margin)).toBe(true);
      }),
      runs(1000),
    );
    expect([...seen].sort()).toEqual(['both', 'django', 'flask', 'undecided']);
  });

  it('depend on the answers alone: nothing is changed, kept or drawn at random', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const frozen = Object.freeze({ ...answers });
        const first = advise(rubric, frozen);
        const text = JSON.stringify(first);
        expect(advise(rubric, frozen)).toEqual(first);
        expect(JSON.stringify(advise(rubric, { ...answers }))).toBe(text);
        expect(frozen).toEqual(answers);
      }),
      runs(200),
    );
  });

  it('do not depend on the order of the answers', () => {
    const shuffled = anyAnswers.chain((answers) =>
      fc
        .shuffledSubarray(Object.entries(answers), { minLength: Object.keys(answers).length })
        .map((entries) => ({ answers, reordered: Object.fromEntries(entries) })),
    );
    fc.assert(
      fc.property(shuffled, ({ answers, reordered }) => {
        expect(JSON.stringify(advise(rubric, reordered))).toBe(JSON.stringify(advise(rubric, answers)));
      }),
      runs(200),
    );
  });

  it('are the same for "unsure" and for no answer', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const spelledOut = Object.fromEntries(rubric.questions.map((q) => [q.id, answers[q.id] ?? UNSURE]));
        const parsed = parseAnswers(rubric, spelledOut);
        expect(parsed).toEqual({ ok: true, answers });
        expect(parsed).toEqual(parseAnswers(rubric, answers));
      }),
      runs(300),
    );
  });
});

describe('flips', () => {
  it('keep their promise: applied, each gives the verdict it names and not the present one', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const { flips, verdict } = advise(rubric, answers);
        for (const flip of flips) {
          expect(flip.verdict).not.toBe(verdict);
          expect(advise(rubric, apply(answers, flip.changes)).verdict).toBe(flip.verdict);
          expect(new Set(flip.changes.map((c) => c.trait)).size).toBe(flip.changes.length);
          for (const change of flip.changes) {
            expect(change.from).toBe(answers[change.trait] ?? UNSURE);
            expect(change.to).not.toBe(change.from);
            expect(change.to).not.toBe(UNSURE);
          }
        }
      }),
      runs(60),
    );
  });

  it('are smallest: no part of a flip flips', () => {
    let pairs = 0;
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const { flips, verdict } = advise(rubric, answers);
        for (const { changes } of flips.filter((f) => f.changes.length > 1)) {
          pairs += 1;
          for (const change of changes) {
            const rest = changes.filter((c) => c !== change);
            expect(score(rubric, apply(answers, rest)).verdict).toBe(verdict);
          }
        }
      }),
      runs(1000),
    );
    expect(pairs).toBeGreaterThan(50);
  });

  it('are all there: every single change that changes the verdict, the smallest move first', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const singles = flippingSingles(rubric, answers);
        if (singles.length === 0) return;
        const expected = singles.map((c) => line([c], score(rubric, apply(answers, [c])).verdict));
        expect(linesOf(answers).sort()).toEqual(expected.sort());
        const shifts = advise(rubric, answers).flips.map((f) => shiftOf(rubric, answers, f.changes));
        expect(shifts).toEqual(shifts.toSorted((a, b) => a - b));
      }),
      runs(500),
    );
  });

  it('are the smallest pairs where no single change will do', () => {
    let tried = 0;
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        if (flippingSingles(rubric, answers).length > 0) return;
        tried += 1;
        const pairs = flippingPairs(rubric, answers);
        const { flips } = advise(rubric, answers);
        const all = new Set(pairs.map((p) => line(p, score(rubric, apply(answers, p)).verdict)));
        expect(linesOf(answers).filter((l) => !all.has(l))).toEqual([]);
        expect(new Set(linesOf(answers)).size).toBe(flips.length);
        expect(flips.length > 0).toBe(pairs.length > 0);
        const smallest = pairs.map((p) => shiftOf(rubric, answers, p)).sort((a, b) => a - b);
        expect(flips.map((f) => shiftOf(rubric, answers, f.changes))).toEqual(
          smallest.slice(0, flips.length),
        );
      }),
      runs(600),
    );
    expect(tried).toBeGreaterThan(30);
  });
});

describe('the flips that lead to a clear verdict', () => {
  // With six questions one of them nearly always leads to a clear one by itself.
  const rubric = smallRubric;
  const anyAnswers = partialAnswers(rubric);
  const isClear = (answers: Answers, changes: readonly Change[]): boolean =>
    score(rubric, apply(answers, changes)).verdict !== 'undecided';

  it('are looked for among the pairs where no flip leads to one, and only there', () => {
    let searched = 0;
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const { flips, clearFlips } = advise(rubric, answers);
        if (flips.some((f) => f.verdict !== 'undecided')) {
          expect(clearFlips).toEqual([]);
          return;
        }
        searched += 1;
        const pairs = flippingPairs(rubric, answers).filter((pair) => isClear(answers, pair));
        const all = new Set(pairs.map((p) => line(p, score(rubric, apply(answers, p)).verdict)));
        const found = clearFlips.map((f) => line(f.changes, f.verdict));
        expect(found.filter((l) => !all.has(l))).toEqual([]);
        expect(new Set(found).size).toBe(found.length);
        expect(found.length > 0).toBe(pairs.length > 0);
        const smallest = pairs.map((p) => shiftOf(rubric, answers, p)).sort((a, b) => a - b);
        expect(clearFlips.map((f) => shiftOf(rubric, answers, f.changes))).toEqual(
          smallest.slice(0, found.length),
        );
      }),
      runs(1000),
    );
    expect(searched).toBeGreaterThan(5);
  });

  it('for one, a split where single answers only make it unclear', () => {
    const { flips, clearFlips } = advise(rubric, { screens: 'office' });
    expect(new Set(flips.map((f) => f.verdict))).toEqual(new Set(['undecided']));
    expect(clearFlips.map((f) => [f.changes.map((c) => c.to), f.verdict])).toContainEqual([
      ['many', 'own'],
      'both',
    ]);
  });
});

describe('what the open questions can still do', () => {
  it('bounds are the lowest and highest margin of all ways to answer all of them', () => {
    fc.assert(
      fc.property(fewOpenAnswers, (answers) => {
        const all = completions(rubric, answers);
        const complete = all.filter((c) => rubric.questions.every((q) => c.answers[q.id] !== undefined));
        const { bounds } = advise(rubric, answers);
        expect(bounds).toEqual(rangeOf(complete.map((c) => c.margin)));
      }),
      runs(300),
    );
  });

  it('settled is true exactly when all ways to answer a few of them give this verdict', () => {
    const seen = { true: 0, false: 0 };
    fc.assert(
      fc.property(fewOpenAnswers, (answers) => {
        const { settled, verdict } = advise(rubric, answers);
        expect(settled).toBe(completions(rubric, answers).every((c) => c.verdict === verdict));
        seen[`${settled}`] += 1;
      }),
      runs(400),
    );
    expect(Math.min(seen.true, seen.false)).toBeGreaterThan(50);
  });

  it('settled never lies, however many are open', () => {
    let settled = 0;
    fc.assert(
      fc.property(anyAnswers, fc.infiniteStream(fc.nat()), (answers, random) => {
        const advice = advise(rubric, answers);
        if (!advice.settled) return;
        settled += 1;
        for (let tries = 0; tries < 50; tries++) {
          const completed: Record<string, string> = { ...answers };
          for (const q of rubric.questions) {
            const option = q.options[Number(random.next().value) % (q.options.length + 1)];
            if (option) completed[q.id] ??= option.id;
          }
          expect(score(rubric, completed).verdict).toBe(advice.verdict);
        }
      }),
      runs(1000),
    );
    expect(settled).toBeGreaterThan(100);
  });

  it('nextQuestions are the open traits that could change the verdict, all of them and no other', () => {
    let asked = 0;
    fc.assert(
      fc.property(fewOpenAnswers, (answers) => {
        const { nextQuestions } = advise(rubric, answers);
        asked += nextQuestions.length;
        expect(nextQuestions.toSorted()).toEqual(pivotalTraits(rubric, answers).sort());
      }),
      runs(600),
    );
    expect(asked).toBeGreaterThan(50);
  });

  it('nextQuestions begin with those whose answer alone would do; then the widest range comes first', () => {
    const spread = (answers: Answers, trait: string): number => {
      const options = rubric.questions.find((q) => q.id === trait)?.options ?? [];
      const { low, high } = rangeOf(options.map((o) => score(rubric, { ...answers, [trait]: o.id }).margin));
      return high - low;
    };
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const { nextQuestions } = advise(rubric, answers);
        const open = new Set(
          flippingSingles(rubric, answers)
            .filter((c) => c.from === UNSURE)
            .map((c) => c.trait),
        );
        const [alone, together] = [nextQuestions.slice(0, open.size), nextQuestions.slice(open.size)];
        expect(new Set(alone)).toEqual(open);
        for (const group of [alone, together]) {
          const spreads = group.map((trait) => spread(answers, trait));
          expect(spreads).toEqual(spreads.toSorted((a, b) => b - a));
        }
      }),
      runs(300),
    );
  });

  it('nothing is left to ask once it is settled', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const { settled, nextQuestions } = advise(rubric, answers);
        if (settled) expect(nextQuestions).toEqual([]);
      }),
      runs(500),
    );
  });
});

describe('a rule that yields', () => {
  const rubric = yieldingRubric;
  const anyAnswers = partialAnswers(rubric);

  it('gives way exactly where the other answers are solid for the other framework', () => {
    let yielded = 0;
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const { verdict, margin, rule, why } = advise(rubric, answers);
        expect({ verdict, margin }).toEqual(score(rubric, answers));
        if (rule !== null || why?.missing !== 'The rule would still choose Django.') return;
        yielded += 1;
        expect(verdict).toBe('flask');
      }),
      runs(2000),
    );
    expect(yielded).toBeGreaterThan(3);
  });

  it('never makes a verdict look settled that isn’t, nor hides a question that could change it', () => {
    fc.assert(
      fc.property(fewOpen(rubric), (answers) => {
        const { nextQuestions, settled, verdict } = advise(rubric, answers);
        if (settled) expect(completions(rubric, answers).every((c) => c.verdict === verdict)).toBe(true);
        expect(nextQuestions).toEqual(expect.arrayContaining(pivotalTraits(rubric, answers)));
      }),
      runs(300),
    );
  });
});

describe('more evidence for a framework never lowers it', () => {
  const rubric = doubledRubric;
  const anyAnswers = partialAnswers(rubric);
  const rank: Record<Verdict, number> = { flask: 0, undecided: 1, django: 2, both: Number.NaN };
  /** One answer more can make a tie say something, and a tie is Flask. */
  const tied = (verdict: Verdict): number => (verdict === 'undecided' ? rank.flask : rank[verdict]);
  const named = new Set([
    ...rubric.rules.flatMap((r) => r.when.flatMap((condition) => Object.keys(condition))),
    ...rubric.adjustments.flatMap((a) => [a.trait, ...Object.keys(a.when), ...Object.keys(a.unless ?? {})]),
  ]);
  const plain = rubric.questions.filter((q) => !named.has(q.id));

  it('there are traits that no rule and no adjustment names', () => {
    expect(plain.map((q) => q.id)).toEqual(['parts_2', 'screens_2', 'tools_2']);
  });

  it('for every change of such an answer to one with more points or fewer', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const { verdict } = advise(rubric, answers);
        for (const question of plain) {
          const now = question.options.find((o) => o.id === answers[question.id])?.points ?? 0;
          for (const option of question.options) {
            const changed = score(rubric, { ...answers, [question.id]: option.id }).verdict;
            if (verdict === 'both' || changed === 'both') expect(changed).toBe(verdict);
            else if (option.points > now) expect(rank[changed]).toBeGreaterThanOrEqual(tied(verdict));
            else if (option.points < now) expect(rank[changed]).toBeLessThanOrEqual(rank[verdict]);
          }
        }
      }),
      runs(1000),
    );
  });

  it('an answer that speaks for Django never lowers the sum, nor one for Flask raises it', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const { margin } = score(rubric, answers);
        for (const question of plain.filter((q) => answers[q.id] === undefined)) {
          for (const option of question.options) {
            const moved = score(rubric, { ...answers, [question.id]: option.id }).margin - margin;
            if (option.points > 0) expect(moved).toBeGreaterThanOrEqual(0);
            if (option.points < 0) expect(moved).toBeLessThan(0);
          }
        }
      }),
      runs(500),
    );
  });
});

function rangeOf(margins: readonly number[]): { low: number; high: number } {
  return { low: Math.min(...margins), high: Math.max(...margins) };
}
