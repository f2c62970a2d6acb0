import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { CHOICES } from '../core/ballot.ts';
import type { Decision } from '../core/decision.ts';
import {
  type Listed,
  type Own,
  POST_KINDS,
  POST_STATES,
  type Post,
  type PostKey,
  type PostKind,
  type PostState,
} from '../core/post.ts';
import { fold } from './fold.ts';
import { openSqlite } from './open-sqlite.ts';
import { cardUpdateStore } from './sqlite-card-updates.ts';
import { DECISION, readDecision, readGroupView } from './sqlite-decision.ts';
import { discussionStore } from './sqlite-discussions.ts';
import { recordOf, recordStore } from './sqlite-records.ts';
import { atomically, type Row, statements } from './sqlite-statements.ts';
import type { DecisionStore, Draft, HomeStore, PostStore, Store, Submitted } from './store.ts';

const DAY_MS = 86_400_000;
/** A new card is left to the listener that is about to post it for this long before anyone else tries. */
const LISTENER_HEAD_START_MS = 4_000;
/** A refused card is left to the dialog that is about to say so for this long before its asker is told elsewhere. */
const DIALOG_HEAD_START_MS = 4_000;

const postRow = z
  .object({
    tenant: z.string(),
    decision: z.string(),
    kind: z.enum(POST_KINDS),
    state: z.enum(POST_STATES),
    channel: z.string(),
    ts: z.string().nullable(),
    permalink: z.string().nullable(),
    error: z.string().nullable(),
    attempts: z.number(),
    due_at: z.number(),
    wanted_at: z.number(),
    reply_url: z.string().nullable(),
    earlier: z.string(),
  })
  .transform(
    ({ due_at, wanted_at, reply_url, earlier, ...row }): Post => ({
      ...row,
      earlier: z.array(z.string()).parse(JSON.parse(earlier)),
      dueAt: due_at,
      wantedAt: wanted_at,
      replyUrl: reply_url,
    }),
  );

const POST_KEY = 'tenant = :tenant AND decision = :decision AND kind = :kind';

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
    (row) => postRow.parse(row),
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

function postStore(db: DatabaseSync): PostStore {
  const query = statements(db);
  const readPost = (row: Row): Post => postRow.parse(row);

  const get = query(`SELECT * FROM posts WHERE ${POST_KEY}`, readPost);
  const claim = query(
    `UPDATE posts SET state = 'sent', sent_at = :now, attempts = attempts + 1
     WHERE ${POST_KEY} AND state = 'wanted' RETURNING *`,
    readPost,
  );
  const due = query(
    `SELECT * FROM posts WHERE state IN ('wanted', 'unwanted') AND due_at <= :now
     -- A card without replies leaves no trace in the channel, so it is removed after them.
     ORDER BY due_at, state = 'unwanted' AND kind = 'card' LIMIT :limit`,
    readPost,
  );
  const nextDue = query(`SELECT min(due_at) AS at FROM posts WHERE state IN ('wanted', 'unwanted')`, (row) =>
    z.number().nullable().parse(row.at),
  );
  const abandoned = query(`SELECT * FROM posts WHERE state = 'sent' AND sent_at < :before`, readPost);

  const setPosted = db.prepare(
    `UPDATE posts SET ts = coalesce(:ts, ts), error = NULL, reply_url = NULL,
       -- Deleted while it was on its way: what has appeared goes again.
       state = CASE WHEN (SELECT status FROM decisions WHERE tenant = :tenant AND id = :decision) = 'deleted'
         THEN 'unwanted' ELSE 'posted' END
     WHERE ${POST_KEY}`,
  );
  const setState = db.prepare(`UPDATE posts SET state = :state, error = :error WHERE ${POST_KEY}`);
  const retry = db.prepare(
    `UPDATE posts SET state = 'wanted', due_at = :now, wanted_at = :now, attempts = 0
     WHERE ${POST_KEY} AND state IN ('refused', 'unknown')`,
  );
  const setPermalink = db.prepare(`UPDATE posts SET permalink = :permalink WHERE ${POST_KEY}`);
  const want = db.prepare(
    `INSERT INTO posts (tenant, decision, kind, state, channel, due_at, wanted_at)
     SELECT tenant, id, :kind, 'wanted', channel, :due_at, :now FROM decisions WHERE tenant = :tenant AND id = :decision
     ON CONFLICT (tenant, decision, kind) DO UPDATE SET state = 'wanted', due_at = :due_at,
       attempts = CASE WHEN state IN ('wanted', 'sent') THEN attempts ELSE 0 END
     WHERE posts.state NOT IN ('posted', 'unwanted') OR posts.kind = 'notice'`,
  );

  const postpone = db.prepare(`UPDATE posts SET due_at = :due_at, attempts = attempts + (state = 'unwanted')
     WHERE ${POST_KEY} AND state IN ('wanted', 'unwanted')`);

  const params = ({ tenant, decision, kind }: { tenant: string; decision: string; kind: string }) => ({
    tenant,
    decision,
    kind,
  });
  /** The state that a post ended in, and for a card the word to its asker: both on disk, or neither. */
  const failed = (key: PostKey, state: PostState, error: string | null, now: number, tellAt: number): void =>
    atomically(db, () => {
      setState.run({ ...params(key), state, error });
      if (key.kind === 'card') want.run({ ...params({ ...key, kind: 'notice' }), due_at: tellAt, now });
    });
  return {
    get: async (key) => get.first(params(key)),
    claim: async (key, now) => claim.first({ ...params(key), now }),
    posted: async (key, ts, now) =>
      atomically(db, () => {
        setPosted.run({ ...params(key), ts });
        if (key.kind === 'card' && ts !== null) {
          want.run({ ...params({ ...key, kind: 'reasoning' }), due_at: now, now });
          setState.run({ ...params({ ...key, kind: 'notice' }), state: 'dropped', error: null });
        }
      }),
    refused: async (key, error, now) => failed(key, 'refused', error, now, now + DIALOG_HEAD_START_MS),
    unknown: async (key, now) => failed(key, 'unknown', null, now, now),
    retry: async (key, now) => retry.run({ ...params(key), now }).changes > 0,
    want: async (key, now, dueAt) => void want.run({ ...params(key), due_at: dueAt, now }),
    postpone: async (key, dueAt) => void postpone.run({ ...params(key), due_at: dueAt }),
    dropped: async (key) => void setState.run({ ...params(key), state: 'dropped', error: null }),
    permalink: async (key, permalink) => void setPermalink.run({ ...params(key), permalink }),
    due: async (now, limit) => due.all({ now, limit }),
    nextDue: async () => nextDue.first({}),
    abandoned: async (before) => abandoned.all({ before }),
  };
}
