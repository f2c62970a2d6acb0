import { z } from 'zod';
import { CHOICES } from '../../decision/ballot.ts';
import type { Decision } from '../../decision/decision.ts';
import { type ListedDecision, type OwnListedDecision, POST_STATES } from '../../decision/post.ts';
import { fold } from '../fold.ts';
import type { DecisionStore, Draft, SubmitResult } from '../store.ts';
import { planDeadlineReminders } from './deadline-reminders.ts';
import { DECISION, readDecision, readGroupView } from './decision-rows.ts';
import { DECISIONS_OF_PERSON } from './fragments.ts';
import { hasEarlierCard, readPost } from './post-queue.ts';
import { columnReader, rowReader } from './reading.ts';
import { readRecord } from './records.ts';
import {
  type Database,
  defineQuery,
  execute,
  type Query,
  queryAll,
  queryFirst,
  type Row,
  type Work,
} from './work.ts';

/** Time that the listener of a submission has to post its card before the outbox does. */
const LISTENER_HEAD_START_MS = 4_000;

const WITH_CARD = `${DECISION}
  JOIN posts p ON p.tenant = d.tenant AND p.decision = d.id AND p.kind = 'card'`;

const BY_ID = defineQuery(`${DECISION} WHERE d.tenant = :tenant AND d.id = :id`, readDecision);
const TOMBSTONE = defineQuery(
  `SELECT id FROM decisions WHERE tenant = :tenant AND id = :id AND status = 'deleted'`,
  (row) => row.id,
);
const BY_SUBMISSION = defineQuery(
  `SELECT d.id, p.state FROM decisions d
   JOIN posts p ON p.tenant = d.tenant AND p.decision = d.id AND p.kind = 'card'
   WHERE d.tenant = :tenant AND d.submission = :submission
   FOR UPDATE OF p`,
  rowReader(z.object({ id: z.string(), state: z.enum(POST_STATES) })),
);
const IN_CHANNEL = defineQuery(
  `${WITH_CARD}
   WHERE d.tenant = :tenant AND d.channel = :channel AND d.status <> 'deleted'
     AND (p.state = 'posted' OR d.asker = :viewer)
     AND NOT EXISTS (SELECT 1 FROM :words[] AS word WHERE strpos(d.search, word.value) = 0)
   ORDER BY d.created_at DESC, d.id DESC LIMIT :limit OFFSET :offset`,
  readDecision,
);
const IN_THREAD = defineQuery(
  `${WITH_CARD}
   WHERE d.tenant = :tenant AND d.channel = :channel AND d.status <> 'deleted'
     AND p.state = 'posted' AND coalesce(d.thread, p.ts) = :thread
   ORDER BY d.created_at DESC, d.id DESC LIMIT 1`,
  readDecision,
);
const OF_PERSON = defineQuery(
  `${DECISION} WHERE d.tenant = :tenant AND d.id IN (
     SELECT c.id FROM (${DECISIONS_OF_PERSON}) mine CROSS JOIN decisions c CROSS JOIN posts p
     WHERE c.tenant = :tenant AND c.id = mine.id AND c.status <> 'deleted'
       AND p.tenant = :tenant AND p.decision = mine.id AND p.kind = 'card'
       AND (p.state = 'posted' OR c.asker = :person)
     GROUP BY c.id, c.created_at ORDER BY c.created_at DESC, c.id DESC LIMIT :limit)
   ORDER BY d.created_at DESC, d.id DESC`,
  readDecision,
);

const decisionColumn = columnReader('decision', z.string());
/** Defines a query whose rows are read as pairs of a decision's id and a value. */
const byDecision = <T>(select: string, read: (row: Row) => T): Query<readonly [string, T]> =>
  defineQuery(select, (row) => [decisionColumn(row), read(row)] as const);
const CARDS = byDecision(
  `SELECT * FROM posts WHERE tenant = :tenant AND kind = 'card' AND decision IN :ids[]`,
  readPost,
);
const GROUPS = byDecision(
  `SELECT id AS decision, group_view FROM decisions
   WHERE tenant = :tenant AND group_view IS NOT NULL AND id IN :ids[]`,
  readGroupView,
);
const RECORDS = byDecision('SELECT * FROM records WHERE tenant = :tenant AND decision IN :ids[]', readRecord);
const STUCK = byDecision(
  'SELECT decision, stuck FROM card_updates WHERE tenant = :tenant AND stuck IS NOT NULL AND decision IN :ids[]',
  columnReader('stuck', z.string()),
);
const OWN_VOTES = byDecision(
  'SELECT decision, choice FROM votes WHERE tenant = :tenant AND person = :person AND decision IN :ids[]',
  columnReader('choice', z.enum(CHOICES)),
);
const OWN_ANSWERS = byDecision(
  'SELECT decision FROM own_answers WHERE tenant = :tenant AND person = :person AND decision IN :ids[]',
  () => true,
);

const EXPIRE = defineQuery(
  `DELETE FROM decisions WHERE (tenant, id) IN (
     SELECT d.tenant, d.id FROM decisions d
     WHERE d.created_at < :before
       AND NOT EXISTS (SELECT 1 FROM rounds WHERE tenant = d.tenant AND decision = d.id AND asked_at >= :before)
       AND NOT EXISTS (SELECT 1 FROM votes WHERE tenant = d.tenant AND decision = d.id AND cast_at >= :before)
       AND NOT EXISTS (
         SELECT 1 FROM own_answers WHERE tenant = d.tenant AND decision = d.id AND answered_at >= :before)
       AND NOT EXISTS (SELECT 1 FROM records WHERE tenant = d.tenant AND decision = d.id
         AND (decided_at >= :before OR reopened_at >= :before OR revisit_at >= :before))
       AND NOT EXISTS (SELECT 1 FROM posts WHERE tenant = d.tenant AND decision = d.id
         AND state IN ('wanted', 'sent', 'unwanted'))
     LIMIT :limit)
   RETURNING id`,
  (row) => row.id,
);
const REMOVE = 'DELETE FROM decisions WHERE tenant = :tenant AND id = :id';
const INSERT_DECISION = `
  INSERT INTO decisions (tenant, id, workspace, channel, thread, project, search, asker, status, submission,
    created_at, hide_until_decided, supersedes, vote_until, step, anyone_decides)
  VALUES (:tenant, :id, :workspace, :channel, :thread, :project, :search, :asker, 'open', :submission,
    :created_at, :hide, :supersedes, :vote_until, :step, :anyone)`;
const INSERT_DECIDER = `
  INSERT INTO deciders (tenant, decision, "user") VALUES (:tenant, :decision, :person) ON CONFLICT DO NOTHING`;
const INSERT_ROUND = `
  INSERT INTO rounds (tenant, decision, number, answers, advice, rubric_version, asked_by, asked_at)
  VALUES (:tenant, :decision, 1, :answers, :advice, :rubric_version, :asked_by, :asked_at)`;
const INSERT_POST = `
  INSERT INTO posts (tenant, decision, kind, state, channel, due_at, wanted_at, reply_url, sent_at, attempts)
  VALUES (:tenant, :decision, :kind, CASE WHEN CAST(:sent_at AS BIGINT) IS NULL THEN 'wanted' ELSE 'sent' END,
    :channel, :due_at, :wanted_at, :reply_url, :sent_at, CASE WHEN CAST(:sent_at AS BIGINT) IS NULL THEN 0 ELSE 1 END)`;

function* insert(draft: Draft, id: string, claimedAt: number | null): Work<void> {
  const { tenant, channel, round } = draft;
  yield* execute(INSERT_DECISION, {
    tenant,
    id,
    workspace: draft.workspace,
    channel,
    thread: draft.thread,
    project: draft.project,
    search: fold(draft.project),
    asker: draft.asker,
    submission: draft.submission,
    created_at: round.at,
    hide: Number(draft.hideUntilDecided),
    supersedes: draft.supersedes,
    vote_until: draft.voteUntil,
    step: draft.step,
    anyone: Number(draft.anyoneDecides),
  });
  for (const person of draft.deciders) yield* execute(INSERT_DECIDER, { tenant, decision: id, person });
  yield* execute(INSERT_ROUND, {
    tenant,
    decision: id,
    answers: JSON.stringify(round.answers),
    advice: round.advice,
    rubric_version: round.rubricVersion,
    asked_by: round.by,
    asked_at: round.at,
  });
  const post = { tenant, decision: id, channel, wanted_at: round.at, sent_at: null };
  const cardDueAt = round.at + LISTENER_HEAD_START_MS;
  const claimed = { due_at: cardDueAt, reply_url: draft.replyUrl, sent_at: claimedAt };
  yield* execute(INSERT_POST, { ...post, kind: 'card', ...claimed });
  for (const { kind, at } of planDeadlineReminders(draft.voteUntil, round.at)) {
    yield* execute(INSERT_POST, { ...post, kind, due_at: at, reply_url: null });
  }
}

function* withCards(tenant: string, found: readonly Decision[]): Work<ListedDecision[]> {
  const params = { tenant, ids: found.map((decision) => decision.id) };
  const cards = new Map(yield* queryAll(CARDS, params));
  const groups = new Map(yield* queryAll(GROUPS, params));
  const records = new Map(yield* queryAll(RECORDS, params));
  const stuck = new Map(yield* queryAll(STUCK, params));
  return found.flatMap((decision) => {
    const card = cards.get(decision.id);
    if (!card) return [];
    return [
      {
        decision,
        card,
        group: groups.get(decision.id) ?? null,
        record: records.get(decision.id) ?? null,
        stuck: stuck.get(decision.id) ?? null,
      },
    ];
  });
}

export function createDecisionStore(db: Database): DecisionStore {
  return {
    submit: (draft, claimedAt) =>
      db.transaction(`submission ${draft.tenant} ${draft.submission}`, function* (): Work<SubmitResult> {
        const { tenant, submission } = draft;
        const before = yield* queryFirst(BY_SUBMISSION, { tenant, submission });
        if (before && before.state !== 'wanted' && before.state !== 'refused') {
          return { kind: 'unchanged', id: before.id };
        }
        if (before) yield* execute(REMOVE, { tenant, id: before.id });
        const id = before?.id ?? draft.id;
        const inTurn = !(yield* hasEarlierCard(tenant, draft.channel, draft.round.at));
        yield* insert(draft, id, inTurn ? (claimedAt ?? null) : null);
        return { kind: before ? 'replaced' : 'created', id, inTurn };
      }),
    expire: async (before, limit) => (await db.write(() => queryAll(EXPIRE, { before, limit }))).length,
    get: (tenant, id) => db.read(() => queryFirst(BY_ID, { tenant, id })),
    isDeleted: async (tenant, id) => (await db.read(() => queryFirst(TOMBSTONE, { tenant, id }))) !== null,
    listInChannel: (tenant, channel, { viewer, words, offset, limit }) =>
      db.snapshot(function* () {
        const params = { tenant, channel, viewer, words: words.map(fold), offset, limit };
        return yield* withCards(tenant, yield* queryAll(IN_CHANNEL, params));
      }),
    findInThread: (tenant, channel, thread) =>
      db.read(() => queryFirst(IN_THREAD, { tenant, channel, thread })),
    listOfPerson: (tenant, person, limit) =>
      db.snapshot(function* (): Work<OwnListedDecision[]> {
        const listed = yield* withCards(tenant, yield* queryAll(OF_PERSON, { tenant, person, limit }));
        const params = { tenant, person, ids: listed.map(({ decision }) => decision.id) };
        const votes = new Map(yield* queryAll(OWN_VOTES, params));
        const answers = new Map(yield* queryAll(OWN_ANSWERS, params));
        return listed.map((each) => {
          const { id } = each.decision;
          return { ...each, own: { vote: votes.get(id) ?? null, answered: answers.has(id) } };
        });
      }),
  };
}
