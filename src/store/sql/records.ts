import { z } from 'zod';
import { CHOICES } from '../../decision/ballot.ts';
import { type DecisionKey, STATUSES } from '../../decision/decision.ts';
import type { PostKind } from '../../decision/post.ts';
import type { DecisionRecord } from '../../decision/record.ts';
import type { RecordResult, RecordStore } from '../store.ts';
import { TABLES } from '../transfer/tables.ts';
import { markCardStale } from './card-updates.ts';
import { planDeadlineReminders } from './deadline-reminders.ts';
import { appendToList, decisionParams, lockNameOf, OF_DECISION } from './fragments.ts';
import { columnReader, rowReader } from './reading.ts';
import { type Database, defineQuery, execute, queryAll, queryFirst, type Work } from './work.ts';

const ID = 'tenant = :tenant AND id = :decision';

const recordRow = z
  .object({
    number: z.number(),
    outcome: z.enum(CHOICES),
    rationale: z.string(),
    revisit: z.string().nullable(),
    decided_by: z.string(),
    decided_at: z.number(),
    reopened_by: z.string().nullable(),
    reopened_at: z.number().nullable(),
  })
  .transform(
    ({ number, outcome, rationale, revisit, ...row }): DecisionRecord => ({
      number,
      outcome,
      rationale,
      revisit,
      by: row.decided_by,
      at: row.decided_at,
      reopened: row.reopened_by === null ? null : { by: row.reopened_by, at: row.reopened_at ?? 0 },
    }),
  );

export const readRecord = rowReader(recordRow);

const RECORD = defineQuery(`SELECT * FROM records WHERE ${OF_DECISION}`, readRecord);

const WANT_AGAIN = `
  INSERT INTO posts AS p (tenant, decision, kind, state, channel, due_at, wanted_at)
  SELECT tenant, id, :kind, 'wanted', channel, CAST(:due_at AS BIGINT), CAST(:now AS BIGINT) FROM decisions
  WHERE ${ID}
  ON CONFLICT (tenant, decision, kind) DO UPDATE SET
    -- A post in flight is not interrupted. Its sender stores the result, which makes it wanted at again_at.
    state = CASE WHEN p.state = 'sent' THEN 'sent' ELSE 'wanted' END,
    again_at = CASE WHEN p.state = 'sent' THEN excluded.due_at END,
    due_at = CASE WHEN p.state = 'sent' THEN p.due_at ELSE excluded.due_at END,
    attempts = CASE WHEN p.state = 'sent' THEN p.attempts ELSE 0 END,
    wanted_at = excluded.wanted_at, error = NULL, ts = NULL,
    earlier = CASE WHEN p.ts IS NULL THEN p.earlier ELSE ${appendToList('p.earlier', 'p.ts')} END`;

const STANDING = defineQuery(
  `SELECT status, channel, (SELECT number FROM records WHERE ${OF_DECISION}) AS number FROM decisions WHERE ${ID}`,
  rowReader(z.object({ status: z.enum(STATUSES), channel: z.string(), number: z.number().nullable() })),
);
const NEXT_NUMBER = defineQuery(
  `INSERT INTO record_numbers AS n (tenant, channel, last) VALUES (:tenant, :channel, 1)
   ON CONFLICT (tenant, channel) DO UPDATE SET last = n.last + 1 RETURNING last`,
  columnReader('last', z.number()),
);
const WRITE = `
  INSERT INTO records (tenant, decision, number, outcome, rationale, revisit, revisit_at, decided_by, decided_at)
  VALUES (:tenant, :decision, :number, :outcome, :rationale, :revisit, :revisit_at, :by, :at)
  ON CONFLICT (tenant, decision) DO UPDATE SET outcome = excluded.outcome, rationale = excluded.rationale,
    revisit = excluded.revisit, revisit_at = excluded.revisit_at, decided_by = excluded.decided_by, decided_at = excluded.decided_at,
    reopened_by = NULL, reopened_at = NULL`;
const SET_REVISIT = `UPDATE records SET revisit = :revisit, revisit_at = :revisit_at WHERE ${OF_DECISION}`;
const REVISIT_AT = defineQuery(
  `SELECT revisit_at FROM records WHERE ${OF_DECISION}`,
  columnReader('revisit_at', z.number().nullable()),
);
const readStatus = rowReader(z.object({ id: z.string(), status: z.enum(STATUSES) }));
/** Locked until the transaction ends, because another person may be reopening or deleting it. */
const PREDECESSOR = defineQuery(
  `SELECT id, status FROM decisions WHERE tenant = :tenant
     AND id = (SELECT supersedes FROM decisions WHERE tenant = :tenant AND id = :decision) FOR UPDATE`,
  readStatus,
);
/** The decision that replaced this one, apart from `:except`. There is at most one. */
const TOOK_ITS_PLACE = defineQuery(
  `SELECT id, status FROM decisions WHERE tenant = :tenant AND supersedes = :decision AND id <> :except
     AND status IN ('decided', 'superseded') ORDER BY created_at DESC, id DESC LIMIT 1 FOR UPDATE`,
  readStatus,
);
const SUCCESSORS = defineQuery(
  `SELECT id FROM decisions WHERE tenant = :tenant AND supersedes = :decision AND status <> 'deleted'`,
  columnReader('id', z.string()),
);
const SET_SUPERSEDES = `UPDATE decisions SET supersedes = :supersedes WHERE ${ID}`;
/** Links the successors of this decision to its predecessor. */
const CLOSE_GAP = `
  UPDATE decisions SET supersedes = (SELECT supersedes FROM decisions WHERE ${ID})
  WHERE tenant = :tenant AND supersedes = :decision`;
const VOTE_UNTIL = defineQuery(
  `SELECT vote_until FROM decisions WHERE ${ID}`,
  columnReader('vote_until', z.number().nullable()),
);
const TAKE_BACK = `UPDATE records SET reopened_by = :by, reopened_at = :at WHERE ${OF_DECISION}`;
const SET_STATUS = `UPDATE decisions SET status = :status WHERE ${ID}`;
const DROP = `
  UPDATE posts SET state = CASE WHEN state = 'wanted' THEN 'dropped' ELSE state END, again_at = NULL
  WHERE ${OF_DECISION} AND kind = :kind`;
const WANTED_SINCE = defineQuery(
  `SELECT kind FROM posts WHERE ${OF_DECISION} AND kind = 'file' AND wanted_at > :since AND wanted_at <= :now
     AND state IN ('wanted', 'sent', 'posted')`,
  (row) => row.kind,
);
const IS_DROPPED = defineQuery(
  `SELECT kind FROM posts WHERE ${OF_DECISION} AND kind = :kind AND state = 'dropped'`,
  (row) => row.kind,
);
// Leaves a tombstone: the row without its project name and group view.
const BURY = `
  UPDATE decisions SET status = 'deleted', project = '', search = '', group_view = NULL WHERE ${ID}`;
/** Deletes the decision's rows from every table except posts, whose messages are still in Slack. */
const CLEAR = TABLES.filter(({ name, key }) => key.includes('decision') && name !== 'posts').map(
  ({ name }) => `DELETE FROM ${name} WHERE ${OF_DECISION}`,
);
const REMOVE_POSTS = `
  UPDATE posts SET due_at = :now, wanted_at = :now, attempts = 0, error = NULL, reply_url = NULL, again_at = NULL,
    state = CASE
      -- A workflow waits for its completion, even if the card is deleted.
      WHEN kind = 'completion' AND state IN ('wanted', 'sent') THEN state
      WHEN ts IS NULL AND earlier = '[]' THEN 'dropped' ELSE 'unwanted' END WHERE ${OF_DECISION}`;

/** Returns a decision's record, in the caller's transaction; null for none. */
export function* selectRecord(key: DecisionKey): Work<DecisionRecord | null> {
  return yield* queryFirst(RECORD, decisionParams(key));
}

/** Queues another post of this kind, in the caller's transaction. The messages posted before stay in Slack. */
export function* wantAgain(key: DecisionKey, kind: PostKind, dueAt: number, now: number): Work<void> {
  yield* execute(WANT_AGAIN, { ...decisionParams(key), kind, due_at: dueAt, now });
}

function* drop(key: DecisionKey, kinds: readonly PostKind[]): Work<void> {
  for (const kind of kinds) yield* execute(DROP, { ...decisionParams(key), kind });
}

/** Minimum time between two exports of a record, so that they don't flood its thread. */
const NO_FILE_AGAIN_WITHIN_MS = 5 * 60_000;

/** Longest chain of decisions that replaced each other, so that the search always ends. */
const LONGEST_CHAIN = 1_000;

/**
 * Marks the predecessor as superseded. If another decision has superseded it in the meantime, that one becomes the
 * predecessor.
 */
function* replacePredecessor(key: DecisionKey, now: number): Work<void> {
  const { tenant } = key;
  let before = yield* queryFirst(PREDECESSOR, decisionParams(key));
  const asked = before?.id;
  for (let i = 0; before?.status === 'superseded' && i < LONGEST_CHAIN; i++) {
    const next = yield* queryFirst(TOOK_ITS_PLACE, { tenant, decision: before.id, except: key.decision });
    if (!next) break;
    before = next;
  }
  if (before?.status !== 'decided') return;
  if (before.id !== asked) yield* execute(SET_SUPERSEDES, { ...decisionParams(key), supersedes: before.id });
  const earlier = { tenant, decision: before.id };
  yield* execute(SET_STATUS, { ...earlier, status: 'superseded' });
  yield* drop(earlier, ['revisit']);
  // The predecessor's file names its successor.
  yield* wantAgain(earlier, 'file', now, now);
  yield* markCardStale(earlier, now);
}

/** Makes the predecessor decided again, with its reminder, unless another decision has replaced it. */
function* restorePredecessor(key: DecisionKey, now: number): Work<void> {
  const { tenant } = key;
  const before = yield* queryFirst(PREDECESSOR, decisionParams(key));
  if (before?.status !== 'superseded') return;
  const earlier = { tenant, decision: before.id };
  if (yield* queryFirst(TOOK_ITS_PLACE, { ...earlier, except: key.decision })) return;
  yield* execute(SET_STATUS, { ...earlier, status: 'decided' });
  const at = yield* queryFirst(REVISIT_AT, earlier);
  if (at !== null && (yield* queryFirst(IS_DROPPED, { ...earlier, kind: 'revisit' }))) {
    yield* wantAgain(earlier, 'revisit', Math.max(at, now), now);
  }
  yield* wantAgain(earlier, 'file', now, now);
  yield* markCardStale(earlier, now);
}

/** Marks the cards of this decision's successors as stale, because they quote it. */
function* successorsChanged(key: DecisionKey, now: number): Work<void> {
  for (const id of yield* queryAll(SUCCESSORS, decisionParams(key))) {
    yield* markCardStale({ tenant: key.tenant, decision: id }, now);
  }
}

/** Deletes a decision, except for its tombstone, in the caller's transaction. */
export function* removeDecision(key: DecisionKey, now: number): Work<RecordResult> {
  const found = yield* queryFirst(STANDING, decisionParams(key));
  if (!found || found.status === 'deleted') return 'gone';
  // Only a decision that still holds can have replaced an earlier one.
  if (found.status === 'decided') yield* restorePredecessor(key, now);
  yield* successorsChanged(key, now);
  if (found.status === 'superseded') yield* execute(CLOSE_GAP, decisionParams(key));
  yield* execute(BURY, decisionParams(key));
  for (const sql of CLEAR) yield* execute(sql, decisionParams(key));
  yield* execute(REMOVE_POSTS, { ...decisionParams(key), now });
  return 'done';
}

export function createRecordStore(db: Database): RecordStore {
  const whileStatus = (
    key: DecisionKey,
    status: 'open' | 'decided',
    work: (channel: string, number: number | null) => Work<void>,
  ): Promise<RecordResult> =>
    db.transaction(lockNameOf(key), function* (): Work<RecordResult> {
      const found = yield* queryFirst(STANDING, decisionParams(key));
      if (!found || found.status === 'deleted') return 'gone';
      if (found.status !== status) return 'elsewhere';
      yield* work(found.channel, found.number);
      return 'done';
    });

  return {
    decide: (key, { outcome, rationale, revisit, by, revisitAt }, now) =>
      whileStatus(key, 'open', function* (channel, number) {
        const given = number ?? (yield* queryFirst(NEXT_NUMBER, { tenant: key.tenant, channel }));
        yield* execute(WRITE, {
          ...decisionParams(key),
          number: given,
          outcome,
          rationale,
          revisit,
          revisit_at: revisitAt,
          by,
          at: now,
        });
        yield* execute(SET_STATUS, { ...decisionParams(key), status: 'decided' });
        yield* replacePredecessor(key, now);
        yield* drop(key, ['deadline_soon', 'deadline']);
        yield* wantAgain(key, 'announcement', now, now);
        yield* wantAgain(key, 'file', now, now);
        if (revisitAt === null) yield* drop(key, ['revisit']);
        else yield* wantAgain(key, 'revisit', revisitAt, now);
        yield* markCardStale(key, now);
        yield* successorsChanged(key, now);
      }),
    reopen: (key, by, now) =>
      whileStatus(key, 'decided', function* () {
        yield* execute(TAKE_BACK, { ...decisionParams(key), by, at: now });
        yield* execute(SET_STATUS, { ...decisionParams(key), status: 'open' });
        yield* restorePredecessor(key, now);
        yield* wantAgain(key, 'announcement', now, now);
        yield* drop(key, ['file', 'revisit']);
        const until = yield* queryFirst(VOTE_UNTIL, decisionParams(key));
        for (const { kind, at } of planDeadlineReminders(until, now)) {
          if (at > now) yield* wantAgain(key, kind, at, now);
        }
        yield* markCardStale(key, now);
        yield* successorsChanged(key, now);
      }),
    snooze: (key, revisit, revisitAt, now) =>
      whileStatus(key, 'decided', function* () {
        yield* execute(SET_REVISIT, { ...decisionParams(key), revisit, revisit_at: revisitAt });
        yield* wantAgain(key, 'revisit', revisitAt, now);
        yield* markCardStale(key, now);
      }),
    exportFile: async (key, now) => {
      let same = false;
      const changed = await whileStatus(key, 'decided', function* () {
        same =
          (yield* queryFirst(WANTED_SINCE, {
            ...decisionParams(key),
            now,
            since: now - NO_FILE_AGAIN_WITHIN_MS,
          })) !== null;
        if (!same) yield* wantAgain(key, 'file', now, now);
      });
      return same ? 'same' : changed;
    },
    remove: (key, now) => db.transaction(lockNameOf(key), () => removeDecision(key, now)),
  };
}
