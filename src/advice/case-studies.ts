import type { Advice, Verdict } from './advice.ts';
import type { Answers } from './answers.ts';
import type { CaseStudy, Rubric } from './rubric/schema.ts';

type Match = NonNullable<Advice['caseStudy']>;

/**
 * Returns the best-fitting case, and the best-fitting case that doesn't support the verdict. Among equals, a case that
 * supports the verdict comes first. Null without a trait in common. An undecided verdict has no counter-case.
 */
export function matchCases(
  rubric: Rubric,
  answers: Answers,
  verdict: Verdict,
): { caseStudy: Match | null; counterCase: Match | null } {
  const [supporting, others] = [true, false].map((supports) =>
    rubric.cases.filter((study) => (study.supports === verdict) === supports),
  );
  return {
    caseStudy: closest([...(supporting ?? []), ...(others ?? [])], answers),
    counterCase: verdict === 'undecided' ? null : closest(others ?? [], answers),
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
  const best = ranked.find(({ matches }) => matches.length > 0);
  return best ? { id: best.id, matches: best.matches } : null;
}
