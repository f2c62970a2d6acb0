import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { CHOICES } from '../core/ballot.ts';
import type { Decision } from '../core/decision.ts';
import { type Listed, type Own, POST_STATES, type PostKind } from '../core/post.ts';
import { fold } from './fold.ts';
import { openSqlite } from './open-sqlite.ts';
import { cardUpdateStore } from './sqlite-card-updates.ts';
import { DECISION, readDecision, readGroupView } from './sqlite-decision.ts';
import { discussionStore } from './sqlite-discussions.ts';
import { postStore, readPost } from './sqlite-posts.ts';
import { recordOf, recordStore } from './sqlite-records.ts';
import { atomically, statements } from './sqlite-statements.ts';
import type { DecisionStore, Draft, HomeStore, Store, Submitted } from './store.ts';

const DAY_MS = 86_400_000;
/** A new card is left to the listener that is about to post it for this long before anyone else tries. */
const LISTENER_HEAD_START_MS = 4_000;

/** The store in one SQLite file. Throws StoreError where the file cannot be used. */
export function openSqliteStore(path: string): Store {
  const { db, close } = openSqlite(path);
  return {
    decisions: decisionStore(db),
    posts: postStore(db),
    discussions: discussionStore(db),
    records: recordStore(db),
    cardUpdates: cardUpdateStore(db),
    homes: homeStore(db),
    close: async () => close(),
  };
}

function decisionStore(db: DatabaseSync): DecisionStore {
  const query = statements(db);
  const byId = query(`${DECISION} WHERE d.tenant = :tenant AND d.id = :id`, readDecision);
  const bySubmission = query(
    `SELECT d.id, p.state FROM decisions d
     JOIN posts p ON p.tenant = d.tenant AND p.decision = d.id AND p.kind = 'card'
     WHERE d.tenant = :tenant AND d.submission = :submission`,
    (row) => z.object({ id: z.string(), state: z.enum(POST_STATES) }).parse(row),
  );
  const inChannel = query(
    `${DECISION}
     JOIN posts p ON p.tenant = d.tenant AND p.decision = d.id AND p.kind = 'card'
     WHERE d.tenant = :tenant AND d.channel = :channel AND d.status <> 'deleted'
       AND (p.state = 'posted' OR d.asker = :viewer)
       AND NOT EXISTS (
         SELECT 1 FROM json_each(:words) WHERE instr(d.search, json_each.value) = 0)
     ORDER BY d.created_at DESC, d.id DESC LIMIT :limit OFFSET :offset`,
    readDecision,
  );
  const inThread = query(
    `${DECISION}
     JOIN posts p ON p.tenant = d.tenant AND p.decision = d.id AND p.kind = 'card'
     WHERE d.tenant = :tenant AND d.channel = :channel AND d.status <> 'deleted'
       AND p.state = 'posted' AND coalesce(d.thread, p.ts) = :thread
     ORDER BY d.created_at DESC, d.id DESC LIMIT 1`,
    readDecision,
  );
  const ofPerson = query(
    `${DECISION}
     JOIN posts p ON p.tenant = d.tenant AND p.decision = d.id AND p.kind = 'card'
     WHERE d.tenant = :tenant AND d.status <> 'deleted'
       AND (d.asker = :person OR (p.state = 'posted' AND (
         EXISTS (SELECT 1 FROM deciders WHERE tenant = d.tenant AND decision = d.id AND user = :person)
         OR EXISTS (SELECT 1 FROM votes WHERE tenant = d.tenant AND decision = d.id AND person = :person)
         OR EXISTS (SELECT 1 FROM own_answers WHERE tenant = d.tenant AND decision = d.id AND person = :person))))
     ORDER BY d.created_at DESC, d.id DESC LIMIT :limit`,
    readDecision,
  );
  const ownOf = query(
    `SELECT (SELECT choice FROM votes WHERE tenant = :tenant AND decision = :decision AND person = :person) AS vote,
       EXISTS (SELECT 1 FROM own_answers WHERE tenant = :tenant AND decision = :decision AND person = :person) AS answered`,
    ({ vote, answered }): Own => ({ vote: z.enum(CHOICES).nullable().parse(vote), answered: answered === 1 }),
  );
  const record = recordOf(db);
  const cards = query(
    `SELECT * FROM posts WHERE tenant = :tenant AND kind = 'card'
       AND decision IN (SELECT value FROM json_each(:ids))`,
    readPost,
  );
  const groups = query(
    `SELECT id, group_view FROM decisions WHERE tenant = :tenant AND group_view IS NOT NULL
       AND id IN (SELECT value FROM json_each(:ids))`,
    (row) => [z.string().parse(row.id), readGroupView(row)] as const,
  );

  const remove = db.prepare('DELETE FROM decisions WHERE tenant = :tenant AND id = :id');
  const insertDecision = db.prepare(
    `INSERT INTO decisions (tenant, id, workspace, channel, thread, project, search, asker, status, submission, created_at, hide_until_decided, supersedes, vote_until)
     VALUES (:tenant, :id, :workspace, :channel, :thread, :project, :search, :asker, 'open', :submission, :created_at, :hide, :supersedes, :vote_until)`,
  );
  const insertDecider = db.prepare(
    'INSERT OR IGNORE INTO deciders (tenant, decision, user) VALUES (?, ?, ?)',
  );
  const insertRound = db.prepare(
    `INSERT INTO rounds (tenant, decision, number, answers, advice, rubric_version, asked_by, asked_at)
     VALUES (:tenant, :decision, 1, :answers, :advice, :rubric_version, :asked_by, :asked_at)`,
  );
  const insertCard = db.prepare(
    `INSERT INTO posts (tenant, decision, kind, state, channel, due_at, wanted_at, reply_url)
     VALUES (:tenant, :decision, 'card', 'wanted', :channel, :due_at, :wanted_at, :reply_url)`,
  );

  const insert = (draft: Draft, id: string): void => {
    const { tenant, round } = draft;
    insertDecision.run({
      tenant,
      id,
      workspace: draft.workspace,
      channel: draft.channel,
      thread: draft.thread,
      project: draft.project,
      search: fold(draft.project),
      asker: draft.asker,
      submission: draft.submission,
      created_at: round.at,
      hide: Number(draft.hideUntilDecided),
      supersedes: draft.supersedes,
      vote_until: draft.voteUntil,
    });
    for (const user of draft.deciders) insertDecider.run(tenant, id, user);
    insertRound.run({
      tenant,
      decision: id,
      answers: JSON.stringify(round.answers),
      advice: JSON.stringify(round.advice),
      rubric_version: round.advice.rubricVersion,
      asked_by: round.by,
      asked_at: round.at,
    });
    insertCard.run({
      tenant,
      decision: id,
      channel: draft.channel,
      due_at: round.at + LISTENER_HEAD_START_MS,
      wanted_at: round.at,
      reply_url: draft.replyUrl,
    });
    for (const { kind, at } of deadlineReminders(draft.voteUntil, round.at)) {
      insertReminder.run({
        tenant,
        decision: id,
        kind,
        channel: draft.channel,
        due_at: at,
        wanted_at: round.at,
      });
    }
  };

  const insertReminder = db.prepare(
    `INSERT INTO posts (tenant, decision, kind, state, channel, due_at, wanted_at)
     VALUES (:tenant, :decision, :kind, 'wanted', :channel, :due_at, :wanted_at)`,
  );

  const withCards = (tenant: string, found: readonly Decision[]): Listed[] => {
    const ids = JSON.stringify(found.map((decision) => decision.id));
    const posts = new Map(cards.all({ tenant, ids }).map((post) => [post.decision, post]));
    const views = new Map(groups.all({ tenant, ids }));
    return found.flatMap((decision) => {
      const card = posts.get(decision.id);
      return card
        ? [
            {
              decision,
              card,
              group: views.get(decision.id) ?? null,
              record: record({ tenant, decision: decision.id }),
            },
          ]
        : [];
    });
  };

  const existing = (tenant: string, id: string): Decision => {
    const decision = byId.first({ tenant, id });
    if (!decision) throw new Error(`decision ${id} vanished inside its own transaction`);
    return decision;
  };

  return {
    submit: async (draft) =>
      atomically(db, (): Submitted => {
        const { tenant, submission } = draft;
        const before = bySubmission.first({ tenant, submission });
        if (before && before.state !== 'wanted' && before.state !== 'refused') {
          return { kind: 'unchanged', decision: existing(tenant, before.id) };
        }
        if (before) remove.run({ tenant, id: before.id });
        const id = before?.id ?? draft.id;
        insert(draft, id);
        return { kind: before ? 'replaced' : 'created', decision: existing(tenant, id) };
      }),
    get: async (tenant, id) => byId.first({ tenant, id }),
    inChannel: async (tenant, channel, { viewer, words, offset, limit }) =>
      withCards(
        tenant,
        inChannel.all({ tenant, channel, viewer, words: JSON.stringify(words.map(fold)), offset, limit }),
      ),
    inThread: async (tenant, channel, thread) => inThread.first({ tenant, channel, thread }),
    ofPerson: async (tenant, person, limit) =>
      withCards(tenant, ofPerson.all({ tenant, person, limit })).map((listed) => ({
        ...listed,
        own: ownOf.first({ tenant, decision: listed.decision.id, person }) ?? { vote: null, answered: false },
      })),
  };
}

/** A day before, where that is still to come, and at the time itself. */
function deadlineReminders(voteUntil: number | null, now: number): { kind: PostKind; at: number }[] {
  if (voteUntil === null) return [];
  const soon = voteUntil - DAY_MS;
  return [
    ...(soon > now ? [{ kind: 'deadline_soon' as const, at: soon }] : []),
    { kind: 'deadline', at: voteUntil },
  ];
}

function homeStore(db: DatabaseSync): HomeStore {
  const insert = db.prepare('INSERT OR IGNORE INTO homes (tenant, person) VALUES (?, ?)');
  const among = statements(db)(
    'SELECT person FROM homes WHERE tenant = :tenant AND person IN (SELECT value FROM json_each(:people))',
    (row) => z.string().parse(row.person),
  );
  return {
    opened: async (tenant, person) => void insert.run(tenant, person),
    among: async (tenant, people) => among.all({ tenant, people: JSON.stringify(people) }),
  };
}
