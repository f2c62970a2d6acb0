import { advise } from '../advice/advise.ts';
import { findConsensus } from '../advice/consensus.ts';
import type { Rubric } from '../advice/rubric/schema.ts';
import type { ComputeGroup, Discussion, GroupView } from './discussion.ts';

/** Returns the combined advice of all people who answered, or null while only the asker has. */
export function computeGroup(
  rubric: Rubric,
  { decision, ownAnswers }: Pick<Discussion, 'decision' | 'ownAnswers'>,
): GroupView | null {
  // The asker's answers are in the round, so their own answers would count twice.
  const others = ownAnswers.filter(({ person }) => person !== decision.asker);
  if (others.length === 0) return null;
  const people = [{ person: decision.asker, answers: decision.round.answers }, ...others];
  const { answers, disagreements } = findConsensus(rubric, people);
  return { advice: advise(rubric, answers), people: people.length, disagreements };
}

/** Returns a `ComputeGroup` for the store, which saves the result with each answer. The rubric is loaded on first use. */
export function createComputeGroup(load: () => Rubric): ComputeGroup {
  return (discussion) => computeGroup(load(), discussion);
}
