import type { AdviceWithBasis, Contribution } from '../advice.ts';
import type { Rubric } from '../rubric/schema.ts';
import { findTopics } from './search.ts';

/** A trait that a question in the thread refers to. */
export interface AskedTrait {
  readonly trait: string;
  /** Points of the answer to the trait. Null if it is open. */
  readonly contribution: Contribution | null;
}

/** Returns the traits of an advice that a question refers to, in the order of the question. */
export function findAskedTraits(rubric: Rubric, question: string, advice: AdviceWithBasis): AskedTrait[] {
  const named = findTopics(rubric, question).flatMap(
    (id) => rubric.synonyms.topics.find((topic) => topic.id === id)?.trait ?? [],
  );
  return [...new Set(named)]
    .filter((trait) => advice.basis.questions.some((asked) => asked.id === trait))
    .map((trait) => ({ trait, contribution: advice.contributions.find((c) => c.trait === trait) ?? null }));
}
