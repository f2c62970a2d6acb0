import { z } from 'zod';
import { CHOICES } from '../../decision/ballot.ts';
import { type DecisionKey, STATUSES } from '../../decision/decision.ts';
import type { PostKind } from '../../decision/post.ts';
import type { DecisionRecord } from '../../decision/record.ts';
import type { Changed, RecordStore } from '../store.ts';
import { cardChanged } from './card-updates.ts';
import { deadlineReminders } from './deadline-reminders.ts';
import { KEY, keyOf, subjectOf } from './key.ts';
import { appended } from './list.ts';
import { columnAs, rowAs } from './reading.ts';
import { all, type Database, first, query, run, type Work } from './work.ts';

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

export const readRecord = rowAs(recordRow);

const RECORD = query(`SELECT * FROM records WHERE ${KEY}`, readRecord);

const WANT_ANEW = `
  INSERT INTO posts AS p (tenant, decision, kind, state, channel, due_at, wanted_at)
  SELECT tenant, id, :kind, 'wanted', channel, CAST(:due_at AS BIGINT), CAST(:now AS BIGINT) FROM decisions
  WHERE ${ID}
  ON CONFLICT (tenant, decision, kind) DO UPDATE SET
    -- One that is on its way is let through first: whoever sends it says afterwards what became of it.
    state = CASE WHEN p.state = 'sent' THEN 'sent' ELSE 'wanted' END,
    again_at = CASE WHEN p.state = 'sent' THEN excluded.due_at END,
    due_at = CASE WHEN p.state = 'sent' THEN p.due_at ELSE excluded.due_at END,
    attempts = CASE WHEN p.state = 'sent' THEN p.attempts ELSE 0 END,
    wanted_at = excluded.wanted_at, error = NULL, ts = NULL,
    earlier = CASE WHEN p.ts IS NULL THEN p.earlier ELSE ${appended('p.earlier', 'p.ts')} END`;

const STANDING = query(
  `SELECT status, channel, (SELECT number FROM records WHERE ${KEY}) AS number FROM decisions WHERE ${ID}`,
  rowAs(z.object({ status: z.enum(STATUSES), channel: z.string(), number: z.number().nullable() })),
);
const NEXT_NUMBER = query(
  `INSERT INTO record_numbers AS n (tenant, channel, last) VALUES (:tenant, :channel, 1)
   ON CONFLICT (tenant, channel) DO UPDATE SET last = n.last + 1 RETURNING last`,
  columnAs('last', z.number()),
);
const WRITE = `
  INSERT INTO records (tenant, decision, number, outcome, rationale, revisit, revisit_at, decided_by, decided_at)
  VALUES (:tenant, :decision, :number, :outcome, :rationale, :revisit, :revisit_at, :by, :at)
  ON CONFLICT (tenant, decision) DO UPDATE SET outcome = excluded.outcome, rationale = excluded.rationale,
    revisit = excluded.revisit, revisit_at = excluded.revisit_at, decided_by = excluded.decided_by, decided_at = excluded.decided_at,
    reopened_by = NULL, reopened_at = NULL`;
const SET_REVISIT = `UPDATE records SET revisit = :revisit, revisit_at = :revisit_at WHERE ${KEY}`;
const REVISIT_AT = query(
  `SELECT revisit_at FROM records WHERE ${KEY}`,
  columnAs('revisit_at', z.number().nullable()),
);
const readStatus = rowAs(z.object({ id: z.string(), status: z.enum(STATUSES) }));
/** Kept as it is until this one is done with: somebody else may be about to reopen or delete it. */
const PREDECESSOR = query(
  `SELECT id, status FROM decisions WHERE tenant = :tenant
     AND id = (SELECT supersedes FROM decisions WHERE tenant = :tenant AND id = :decision) FOR UPDATE`,
  readStatus,
);
/** The one that took its place: there is one at most, beside this one. */
const TOOK_ITS_PLACE = query(
  `SELECT id, status FROM decisions WHERE tenant = :tenant AND supersedes = :decision AND id <> :except
     AND status IN ('decided', 'superseded') ORDER BY created_at DESC, id DESC LIMIT 1 FOR UPDATE`,
  readStatus,
);
const SUCCESSORS = query(
  `SELECT id FROM decisions WHERE tenant = :tenant AND supersedes = :decision AND status <> 'deleted'`,
  columnAs('id', z.string()),
);
const SET_SUPERSEDES = `UPDATE decisions SET supersedes = :supersedes WHERE ${ID}`;
/** Whatever was to replace this one replaces what this one replaced. */
const CLOSE_GAP = `
  UPDATE decisions SET supersedes = (SELECT supersedes FROM decisions WHERE ${ID})
  WHERE tenant = :tenant AND supersedes = :decision`;
const VOTE_UNTIL = query(
  `SELECT vote_until FROM decisions WHERE ${ID}`,
  columnAs('vote_until', z.number().nullable()),
);
const TAKE_BACK = `UPDATE records SET reopened_by = :by, reopened_at = :at WHERE ${KEY}`;
const SET_STATUS = `UPDATE decisions SET status = :status WHERE ${ID}`;
const DROP = `
  UPDATE posts SET state = CASE WHEN state = 'wanted' THEN 'dropped' ELSE state END, again_at = NULL
  WHERE ${KEY} AND kind = :kind`;
const WANTED_SINCE = query(
  `SELECT kind FROM posts WHERE ${KEY} AND kind = 'file' AND wanted_at > :since AND wanted_at <= :now
     AND state IN ('wanted', 'sent', 'posted')`,
  (row) => row.kind,
);
const IS_DROPPED = query(
  `SELECT kind FROM posts WHERE ${KEY} AND kind = :kind AND state = 'dropped'`,
  (row) => row.kind,
);
// The tombstone: that there was something, and in which channel. Everything that people wrote goes.
const BURY = `
  UPDATE decisions SET status = 'deleted', project = '', search = '', group_view = NULL WHERE ${ID}`;
const CLEAR = ['rounds', 'votes', 'own_answers', 'records', 'deciders', 'card_updates'].map(
  (table) => `DELETE FROM ${table} WHERE ${KEY}`,
);
const REMOVE_POSTS = `
  UPDATE posts SET due_at = :now, wanted_at = :now, attempts = 0, error = NULL, reply_url = NULL, again_at = NULL,
    state = CASE
      -- A workflow waits for it, whatever became of the card.
      WHEN kind = 'completion' AND state IN ('wanted', 'sent') THEN state
      WHEN ts IS NULL AND earlier = '[]' THEN 'dropped' ELSE 'unwanted' END WHERE ${KEY}`;

/** For other stores' transactions: the record of a decision, null for none. */
export function* recordOf(key: DecisionKey): Work<DecisionRecord | null> {
  return yield* first(RECORD, keyOf(key));
}

/** For other stores' transactions: says something anew each time; what was said before stays where it is. */
export function* wantAnew(key: DecisionKey, kind: PostKind, dueAt: number, now: number): Work<void> {
  yield* run(WANT_ANEW, { ...keyOf(key), kind, due_at: dueAt, now });
}

function* drop(key: DecisionKey, kinds: readonly PostKind[]): Work<void> {
  for (const kind of kinds) yield* run(DROP, { ...keyOf(key), kind });
}

/** So that a thread is not filled with copies of one file. */
const NO_FILE_AGAIN_WITHIN_MS = 5 * 60_000;

/** Longer chains of decisions that replace each other than anybody has. */
const LONGEST_CHAIN = 1_000;

/** The decision before this one is replaced by it; where another one has done so since, that one is. */
function* replacePredecessor(key: DecisionKey, now: number): Work<void> {
  const { tenant } = key;
  let before = yield* first(PREDECESSOR, keyOf(key));
  const asked = before?.id;
  for (let i = 0; before?.status === 'superseded' && i < LONGEST_CHAIN; i++) {
    const next = yield* first(TOOK_ITS_PLACE, { tenant, decision: before.id, except: key.decision });
    if (!next) break;
    before = next;
  }
  if (before?.status !== 'decided') return;
  if (before.id !== asked) yield* run(SET_SUPERSEDES, { ...keyOf(key), supersedes: before.id });
  const earlier = { tenant, decision: before.id };
  yield* run(SET_STATUS, { ...earlier, status: 'superseded' });
  yield* drop(earlier, ['revisit']);
  // Its file says by which one it was replaced.
  yield* wantAnew(earlier, 'file', now, now);
  yield* cardChanged(earlier, now);
}

/** The decision before this one holds again, with its reminder, unless another one stands in its place. */
function* restorePredecessor(key: DecisionKey, now: number): Work<void> {
  const { tenant } = key;
  const before = yield* first(PREDECESSOR, keyOf(key));
  if (before?.status !== 'superseded') return;
  const earlier = { tenant, decision: before.id };
  if (yield* first(TOOK_ITS_PLACE, { ...earlier, except: key.decision })) return;
  yield* run(SET_STATUS, { ...earlier, status: 'decided' });
  const at = yield* first(REVISIT_AT, earlier);
  if (at !== null && (yield* first(IS_DROPPED, { ...earlier, kind: 'revisit' }))) {
    yield* wantAnew(earlier, 'revisit', Math.max(at, now), now);
  }
  yield* wantAnew(earlier, 'file', now, now);
  yield* cardChanged(earlier, now);
}

/** Cards that quote this decision, since they replace it or are to. */
function* successorsChanged(key: DecisionKey, now: number): Work<void> {
  for (const id of yield* all(SUCCESSORS, keyOf(key))) {
    yield* cardChanged({ tenant: key.tenant, decision: id }, now);
  }
}

/** Deletes a decision, except for its tombstone. For other stores' transactions. */
export function* removeDecision(key: DecisionKey, now: number): Work<Changed> {
  const found = yield* first(STANDING, keyOf(key));
  if (!found || found.status === 'deleted') return 'gone';
  // Only a decision that still holds can have replaced an earlier one.
  if (found.status === 'decided') yield* restorePredecessor(key, now);
  yield* successorsChanged(key, now);
  if (found.status === 'superseded') yield* run(CLOSE_GAP, keyOf(key));
  yield* run(BURY, keyOf(key));
  for (const sql of CLEAR) yield* run(sql, keyOf(key));
  yield* run(REMOVE_POSTS, { ...keyOf(key), now });
  return 'done';
}

export function recordStore(db: Database): RecordStore {
  const whileStatus = (
    key: DecisionKey,
    status: 'open' | 'decided',
    work: (channel: string, number: number | null) => Work<void>,
  ): Promise<Changed> =>
    db.transaction(subjectOf(key), function* (): Work<Changed> {
      const found = yield* first(STANDING, keyOf(key));
      if (!found || found.status === 'deleted') return 'gone';
      if (found.status !== status) return 'elsewhere';
      yield* work(found.channel, found.number);
      return 'done';
    });

  return {
    decide: (key, { outcome, rationale, revisit, by, revisitAt }, now) =>
      whileStatus(key, 'open', function* (channel, number) {
        const given = number ?? (yield* first(NEXT_NUMBER, { tenant: key.tenant, channel }));
        yield* run(WRITE, {
          ...keyOf(key),
          number: given,
          outcome,
          rationale,
          revisit,
          revisit_at: revisitAt,
          by,
          at: now,
        });
        yield* run(SET_STATUS, { ...keyOf(key), status: 'decided' });
        yield* replacePredecessor(key, now);
        yield* drop(key, ['deadline_soon', 'deadline']);
        yield* wantAnew(key, 'announcement', now, now);
        yield* wantAnew(key, 'file', now, now);
        if (revisitAt === null) yield* drop(key, ['revisit']);
        else yield* wantAnew(key, 'revisit', revisitAt, now);
        yield* cardChanged(key, now);
        yield* successorsChanged(key, now);
      }),
    reopen: (key, by, now) =>
      whileStatus(key, 'decided', function* () {
        yield* run(TAKE_BACK, { ...keyOf(key), by, at: now });
        yield* run(SET_STATUS, { ...keyOf(key), status: 'open' });
        yield* restorePredecessor(key, now);
        yield* wantAnew(key, 'announcement', now, now);
        yield* drop(key, ['file', 'revisit']);
        const until = yield* first(VOTE_UNTIL, keyOf(key));
        for (const { kind, at } of deadlineReminders(until, now)) {
          if (at > now) yield* wantAnew(key, kind, at, now);
        }
        yield* cardChanged(key, now);
        yield* successorsChanged(key, now);
      }),
    snooze: (key, revisit, revisitAt, now) =>
      whileStatus(key, 'decided', function* () {
        yield* run(SET_REVISIT, { ...keyOf(key), revisit, revisit_at: revisitAt });
        yield* wantAnew(key, 'revisit', revisitAt, now);
        yield* cardChanged(key, now);
      }),
    exportFile: async (key, now) => {
      let same = false;
      const changed = await whileStatus(key, 'decided', function* () {
        same =
          (yield* first(WANTED_SINCE, { ...keyOf(key), now, since: now - NO_FILE_AGAIN_WITHIN_MS })) !== null;
        if (!same) yield* wantAnew(key, 'file', now, now);
      });
      return same ? 'same' : changed;
    },
    remove: (key, now) => db.transaction(subjectOf(key), () => removeDecision(key, now)),
  };
}
