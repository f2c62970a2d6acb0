import pg from 'pg';
import { advise } from '../../src/advice/advise.ts';
import { loadRubric } from '../../src/advice/rubric/rubric.ts';
import { draftRound } from '../../src/decision/decision.ts';
import { createComputeGroup } from '../../src/decision/group.ts';
import { openStore } from '../../src/store/open.ts';
import { openSqlite } from '../../src/store/sqlite/open-file.ts';
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
    anyoneDecides: false,
    round: draftRound({ answers, advice, by: 'U1', at: Date.now() }),
    replyUrl: null,
  };
}

/** Adds decisions whose cards are posted. Resolves to their ids. */
export async function addDecisions(database: string, count: number): Promise<string[]> {
  const store = await openStore(database, createComputeGroup(loadRubric));
  const ids = Array.from({ length: count }, (_, n) => `bench${n}`);
  for (let from = 0; from < count; from += 100) {
    await Promise.all(
      ids.slice(from, from + 100).map(async (id, i) => {
        const now = Date.now();
        await store.decisions.submit(draft(id, from + i));
        const key = { tenant: TEAM, decision: id, kind: 'card' } as const;
        await store.posts.claim(key, now);
        await store.posts.markPosted(key, '1.1', now);
        // What follows a card is not what is measured.
        await store.posts.drop({ ...key, kind: 'reasoning' });
      }),
    );
  }
  await store.close();
  return ids;
}

/** Votes of so many people on one card. */
export async function addVotes(database: string, decision: string, people: number): Promise<void> {
  const store = await openStore(database, createComputeGroup(loadRubric));
  for (let n = 0; n < people; n += 1) {
    await store.discussions.vote({ tenant: TEAM, decision }, `UV${n}`, 'django', Date.now());
  }
  await store.close();
}

/** Throws unless the database holds each of these votes. */
export async function checkVotes(database: string, votes: Iterable<Vote>): Promise<void> {
  const store = await openStore(database, createComputeGroup(loadRubric));
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

/** The id of decision number n, of those that were copied. */
export function grownId(n: number): string {
  return `more${PADDING + n}`;
}

/** Numbers of the same length, so that ids come in the order of their numbers. */
const PADDING = 10_000_000;

/** What belongs to a decision whose card is posted, as SQL for both databases: copies of decision "bench0". */
const COPIES: readonly string[] = [
  `INSERT INTO decisions (tenant, id, workspace, channel, project, search, asker, status, submission, created_at)
   WITH RECURSIVE more(i) AS (SELECT $from UNION ALL SELECT i + 1 FROM more WHERE i + 1 < $until)
   SELECT d.tenant, 'more' || (${PADDING} + i), d.workspace, 'C' || (i / 10), 'Project more' || i,
     'project more' || i, 'U' || (i / 10), 'open', 'more' || (${PADDING} + i), d.created_at
   FROM more, decisions d WHERE d.tenant = '${TEAM}' AND d.id = 'bench0'`,
  `INSERT INTO deciders (tenant, decision, "user")
   SELECT tenant, id, asker FROM decisions WHERE id >= 'more'`,
  `INSERT INTO rounds (tenant, decision, number, answers, advice, rubric_version, asked_by, asked_at)
   SELECT d.tenant, d.id, r.number, r.answers, r.advice, r.rubric_version, r.asked_by, r.asked_at
   FROM decisions d, rounds r WHERE d.id >= 'more' AND r.tenant = '${TEAM}' AND r.decision = 'bench0'`,
  `INSERT INTO posts (tenant, decision, kind, state, channel, ts, due_at, wanted_at)
   SELECT d.tenant, d.id, p.kind, p.state, d.channel, p.ts, p.due_at, p.wanted_at
   FROM decisions d, posts p WHERE d.id >= 'more' AND p.tenant = '${TEAM}' AND p.decision = 'bench0'`,
  `INSERT INTO card_updates (tenant, decision, revision, shown, unseen_since, due_at)
   SELECT tenant, id, 1, 1, created_at, created_at FROM decisions WHERE id >= 'more'`,
];

/** Adds decisions until there are so many. */
export async function grow(database: string, from: number, until: number): Promise<void> {
  const statements = COPIES.map((sql) => sql.replace('$from', `${from}`).replace('$until', `${until}`));
  if (database.startsWith('postgres:')) {
    const client = new pg.Client(database);
    await client.connect();
    for (const sql of statements) await client.query(sql);
    await client.query('ANALYZE');
    await client.end();
    return;
  }
  const { db, close } = openSqlite(database);
  // Nothing has to survive this: what goes wrong is begun again.
  db.exec('PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; PRAGMA cache_size = -200000');
  for (const sql of statements) db.exec(sql);
  db.exec('PRAGMA journal_mode = WAL');
  close();
}
