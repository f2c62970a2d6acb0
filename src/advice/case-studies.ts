import type { Advice, Verdict } from './advice.ts';
import type { Answers } from './answers.ts';
import type { CaseStudy, Rubric } from './rubric/schema.ts';

type Match = NonNullable<Advice['caseStudy']>;

/**
 * Returns the best-fitting case that supports the verdict, and the best-fitting case that doesn't. `matches` may be
 * empty, in which case the caller must say that no case is close. An undecided verdict has no
 * counter-case, and a case only if at least one answer matches.
 */
export function matchCases(
  rubric: Rubric,
  answers: Answers,
  verdict: Verdict,
): { caseStudy: Match | null; counterCase: Match | null } {
  if (verdict === 'undecided') {
    const best = closest(rubric.cases, answers);
    return { caseStudy: best && best.matches.length > 0 ? best : null, counterCase: null };
  }
  return {
    caseStudy: closest(
      rubric.cases.filter((c) => c.supports === verdict),
      answers,
    ),
    counterCase: closest(
      rubric.cases.filter((c) => c.supports !== verdict),
      answers,
    ),
  };
}

function closest(cases: readonly CaseStudy[], answers: Answers): Match | null {
  const ranked = cases
    .map((c) => {
      const known = Object.keys(c.traits).filter((trait) => answers[trait] !== undefined);
      const matches = known.filter((trait) => c.traits[trait]?.includes(answers[trait] ?? ''));
      // A matching answer counts twice as much as a different one.
      return { id: c.id, matches, likeness: matches.length - (known.length - matches.length) / 2 };
    })
    .sort((a, b) => b.likeness - a.likeness);
  const best = ranked[0];
  return best ? { id: best.id, matches: best.matches } : null;
}
