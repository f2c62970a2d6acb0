import { advise } from '../../src/core/advise.ts';
import { loadRubric } from '../../src/rubric/rubric.ts';
import { openStore } from '../../src/store/open.ts';
import type { Draft } from '../../src/store/store.ts';
import type { Vote } from './requests.ts';
import { TEAM } from './requests.ts';

const answers = { stage: 'product', size: 'grow', admin: 'yes' };
const advice = advise(loadRubric(), answers);

function draft(id: string, n: number): Draft {
  return {
    id,
    tenant: TEAM,
    workspace: TEAM,
    submission: id,
    // Ten to a channel and to a person: a large workspace has more of them, not longer lists.
    channel: `C${Math.floor(n / 10)}`,
    thread: null,
    project: `Project ${id}`,
    asker: `U${Math.floor(n / 10)}`,
    deciders: [`U${Math.floor(n / 10)}`],
    hideUntilDecided: false,
    voteUntil: null,
    supersedes: null,
    step: null,
    round: { answers, advice, by: 'U1', at: Date.now() },
    replyUrl: null,
  };
}

/** Adds decisions whose cards are posted. Resolves to their ids. */
export async function addDecisions(database: string, count: number): Promise<string[]> {
  const store = await openStore(database);
  const ids = Array.from({ length: count }, (_, n) => `bench${n}`);
  for (let from = 0; from < count; from += 100) {
    await Promise.all(
      ids.slice(from, from + 100).map(async (id, i) => {
        const now = Date.now();
        await store.decisions.submit(draft(id, from + i));
        const key = { tenant: TEAM, decision: id, kind: 'card' } as const;
        await store.posts.claim(key, now);
        await store.posts.posted(key, '1.1', now);
        // What follows a card is not what is measured.
        await store.posts.dropped({ ...key, kind: 'reasoning' });
      }),
    );
  }
  await store.close();
  return ids;
}

/** Votes of so many people on one card. */
export async function addVotes(database: string, decision: string, people: number): Promise<void> {
  const store = await openStore(database);
  for (let n = 0; n < people; n += 1) {
    await store.discussions.vote({ tenant: TEAM, decision }, `UV${n}`, 'django', Date.now());
  }
  await store.close();
}

/** Throws unless the database holds each of these votes. */
export async function checkVotes(database: string, votes: Iterable<Vote>): Promise<void> {
  const store = await openStore(database);
  const held = new Map<string, Map<string, string>>();
  for (const { decision, person, choice } of votes) {
    let cast = held.get(decision);
    if (!cast) {
      const discussion = await store.discussions.get({ tenant: TEAM, decision });
      cast = new Map(discussion?.votes.map((vote) => [vote.person, vote.choice]));
      held.set(decision, cast);
    }
    if (cast.get(person) !== choice) {
      throw new Error(
        `${person} was told that the vote for ${choice} is recorded; there is ${cast.get(person)}`,
      );
    }
  }
  await store.close();
}
