import { advise } from '../advice/advise.ts';
import { consensus } from '../advice/consensus.ts';
import type { Rubric } from '../advice/rubric/schema.ts';
import type { Discussion, GroupOf, GroupView } from './discussion.ts';

/** What everybody who answered says together; null while that is the asker alone. */
export function groupOf(
  rubric: Rubric,
  { decision, ownAnswers }: Pick<Discussion, 'decision' | 'ownAnswers'>,
): GroupView | null {
  // The asker's answers are those of the round: nobody counts twice.
  const others = ownAnswers.filter(({ person }) => person !== decision.asker);
  if (others.length === 0) return null;
  const people = [{ person: decision.asker, answers: decision.round.answers }, ...others];
  const { answers, disagreements } = consensus(rubric, people);
  return { advice: advise(rubric, answers), people: people.length, disagreements };
}

/** The same for a store, which writes it down with the answers; the rubric is read when it is first needed. */
export function groupsBy(load: () => Rubric): GroupOf {
  return (discussion) => groupOf(load(), discussion);
}
