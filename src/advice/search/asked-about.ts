import type { Contribution, FoundedAdvice } from '../advice.ts';
import type { Rubric } from '../rubric/schema.ts';
import { topicsIn } from './search.ts';

/** A question of the dialog that somebody asks about, and what its answer added; null where it is open. */
export interface AskedAbout {
  readonly trait: string;
  readonly contribution: Contribution | null;
}

/** What this advice has to do with a question: the traits that the question names, in its order. */
export function askedAbout(rubric: Rubric, question: string, advice: FoundedAdvice): AskedAbout[] {
  const named = topicsIn(rubric, question).flatMap(
    (id) => rubric.synonyms.topics.find((topic) => topic.id === id)?.trait ?? [],
  );
  return [...new Set(named)]
    .filter((trait) => advice.basis.questions.some((asked) => asked.id === trait))
    .map((trait) => ({ trait, contribution: advice.contributions.find((c) => c.trait === trait) ?? null }));
}
