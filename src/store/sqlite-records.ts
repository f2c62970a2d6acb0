import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { CHOICES } from '../core/ballot.ts';
import { type DecisionKey, STATUSES, type Status } from '../core/decision.ts';
import type { DecisionRecord } from '../core/record.ts';
import { cardChanged } from './sqlite-card-updates.ts';
import { atomically, type Row, statements } from './sqlite-statements.ts';
import type { Changed, RecordStore } from './store.ts';

const KEY = 'tenant = :tenant AND decision = :decision';
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

/** For other queries: the record of a decision, null for none. */
export function recordOf(db: DatabaseSync): (key: DecisionKey) => DecisionRecord | null {
  const record = statements(db)(`SELECT * FROM records WHERE ${KEY}`, (row: Row) => recordRow.parse(row));
  return ({ tenant, decision }) => record.first({ tenant, decision });
}

/** For other stores' transactions: says something anew each time; what was said before stays where it is. */
export function wantAnew(db: DatabaseSync) {
  return db.prepare(
    `INSERT INTO posts (tenant, decision, kind, state, channel, due_at, wanted_at)
     SELECT tenant, id, :kind, 'wanted', channel, :due_at, :now FROM decisions WHERE ${ID}
     ON CONFLICT (tenant, decision, kind) DO UPDATE SET state = 'wanted', due_at = :due_at, wanted_at = :now,
       attempts = 0, error = NULL, ts = NULL,
       earlier = CASE WHEN ts IS NULL THEN earlier ELSE json_insert(earlier, '$[#]', ts) END`,
  );
}

export function recordStore(db: DatabaseSync): RecordStore {
  const query = statements(db);
  const changed = cardChanged(db);

  const standing = query(
    `SELECT status, channel, (SELECT number FROM records WHERE ${KEY}) AS number FROM decisions WHERE ${ID}`,
    (row) =>
      z.object({ status: z.enum(STATUSES), channel: z.string(), number: z.number().nullable() }).parse(row),
  );
  const nextNumber = query(
    `INSERT INTO record_numbers (tenant, channel, last) VALUES (:tenant, :channel, 1)
     ON CONFLICT (tenant, channel) DO UPDATE SET last = last + 1 RETURNING last`,
    (row) => z.number().parse(row.last),
  );
  const write = db.prepare(
    `INSERT INTO records (tenant, decision, number, outcome, rationale, revisit, decided_by, decided_at)
     VALUES (:tenant, :decision, :number, :outcome, :rationale, :revisit, :by, :at)
     ON CONFLICT (tenant, decision) DO UPDATE SET outcome = :outcome, rationale = :rationale, revisit = :revisit,
       decided_by = :by, decided_at = :at, reopened_by = NULL, reopened_at = NULL`,
  );
  const setRevisit = db.prepare(`UPDATE records SET revisit = :revisit WHERE ${KEY}`);
  const predecessor = query(
    `SELECT id, status FROM decisions WHERE tenant = :tenant
       AND id = (SELECT supersedes FROM decisions WHERE tenant = :tenant AND id = :decision)`,
    (row) => z.object({ id: z.string(), status: z.enum(STATUSES) }).parse(row),
  );
  const takeBack = db.prepare(`UPDATE records SET reopened_by = :by, reopened_at = :at WHERE ${KEY}`);
  const setStatus = db.prepare(`UPDATE decisions SET status = :status WHERE ${ID}`);
  const want = wantAnew(db);
  const drop = db.prepare(
    `UPDATE posts SET state = 'dropped' WHERE ${KEY} AND kind = :kind AND state = 'wanted'`,
  );
  // The tombstone: that there was something, and in which channel. Everything that people wrote goes.
  const bury = db.prepare(
    `UPDATE decisions SET status = 'deleted', project = '', search = '', group_view = NULL WHERE ${ID}`,
  );
  const clear = ['rounds', 'votes', 'own_answers', 'records', 'deciders', 'card_updates'].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE ${KEY}`),
  );
  const remove = db.prepare(
    `UPDATE posts SET due_at = :now, wanted_at = :now, attempts = 0, error = NULL, reply_url = NULL,
       state = CASE WHEN ts IS NULL AND earlier = '[]' THEN 'dropped' ELSE 'unwanted' END WHERE ${KEY}`,
  );

  const whileStatus = (
    key: DecisionKey,
    status: 'open' | 'decided',
    work: (channel: string, number: number | null) => void,
  ): Changed =>
    atomically(db, () => {
      const { tenant, decision } = key;
      const found = standing.first({ tenant, decision });
      if (!found || found.status === 'deleted') return 'gone';
      if (found.status !== status) return 'elsewhere';
      work(found.channel, found.number);
      return 'done';
    });

  /** The decision before this one is replaced by it, or holds again. */
  const replace = (key: DecisionKey, from: Status, to: Status, now: number): void => {
    const { tenant } = key;
    const before = predecessor.first({ tenant, decision: key.decision });
    if (before?.status !== from) return;
    setStatus.run({ tenant, decision: before.id, status: to });
    if (to === 'superseded') drop.run({ tenant, decision: before.id, kind: 'revisit' });
    changed({ tenant, decision: before.id }, now);
  };

  return {
    decide: async (key, { outcome, rationale, revisit, by, revisitAt }, now) =>
      whileStatus(key, 'open', (channel, number) => {
        const { tenant, decision } = key;
        const given = number ?? nextNumber.first({ tenant, channel });
        write.run({ tenant, decision, number: given, outcome, rationale, revisit, by, at: now });
        setStatus.run({ tenant, decision, status: 'decided' });
        replace(key, 'decided', 'superseded', now);
        for (const kind of ['deadline_soon', 'deadline']) drop.run({ tenant, decision, kind });
        for (const kind of ['announcement', 'file']) {
          want.run({ tenant, decision, kind, due_at: now, now });
        }
        if (revisitAt === null) drop.run({ tenant, decision, kind: 'revisit' });
        else want.run({ tenant, decision, kind: 'revisit', due_at: revisitAt, now });
        changed(key, now);
      }),
    reopen: async (key, by, now) =>
      whileStatus(key, 'decided', () => {
        const { tenant, decision } = key;
        takeBack.run({ tenant, decision, by, at: now });
        setStatus.run({ tenant, decision, status: 'open' });
        replace(key, 'superseded', 'decided', now);
        want.run({ tenant, decision, kind: 'announcement', due_at: now, now });
        for (const kind of ['file', 'revisit']) drop.run({ tenant, decision, kind });
        changed(key, now);
      }),
    snooze: async (key, revisit, revisitAt, now) =>
      whileStatus(key, 'decided', () => {
        const { tenant, decision } = key;
        setRevisit.run({ tenant, decision, revisit });
        want.run({ tenant, decision, kind: 'revisit', due_at: revisitAt, now });
        changed(key, now);
      }),
    exportFile: async (key, now) =>
      whileStatus(key, 'decided', () => {
        const { tenant, decision } = key;
        want.run({ tenant, decision, kind: 'file', due_at: now, now });
      }),
    remove: async (key, now) =>
      atomically(db, () => {
        const { tenant, decision } = key;
        const found = standing.first({ tenant, decision });
        if (!found || found.status === 'deleted') return 'gone';
        replace(key, 'superseded', 'decided', now);
        bury.run({ tenant, decision });
        for (const statement of clear) statement.run({ tenant, decision });
        remove.run({ tenant, decision, now });
        return 'done';
      }),
  };
}
