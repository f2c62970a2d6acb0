import { loadRubric } from '../../../src/advice/rubric/rubric.ts';
import { createComputeGroup } from '../../../src/decision/group.ts';
import { openStore } from '../../../src/store/open.ts';
import type { Voted } from './one-workspace.ts';
import { type Card, decisionIn } from './people.ts';

/** Who was told that their vote is recorded although this database does not have it. */
export async function votesNotOnDisk(
  database: string,
  card: Card,
  votes: ReadonlyMap<string, Voted>,
): Promise<string[]> {
  const store = await openStore(database, createComputeGroup(loadRubric));
  const discussion = await store.discussions.get({ tenant: 'T1', decision: decisionIn(card) });
  await store.close();
  const held = new Set(discussion?.votes.map(({ person }) => person));
  return [...votes].flatMap(([person, how]) => (how === 'recorded' && !held.has(person) ? [person] : []));
}
