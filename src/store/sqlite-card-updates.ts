import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { DecisionKey } from '../core/decision.ts';
import type { StaleCard } from '../core/post.ts';
import { atomically, statements } from './sqlite-statements.ts';
import type { CardUpdateStore } from './store.ts';

const KEY = 'tenant = :tenant AND decision = :decision';
const STALE = 'shown < revision AND stuck IS NULL';

const staleRow = z.object({
  tenant: z.string(),
  decision: z.string(),
  revision: z.number(),
  attempts: z.number(),
});

/**
 * For other stores' transactions: this card is not what the database has any more. A change that nobody has seen
 * yet keeps its place in the queue. Somebody used the card, so one that was stuck is tried again.
 */
export function cardChanged(db: DatabaseSync): (key: DecisionKey, now: number) => void {
  const changed = db.prepare(
    `INSERT INTO card_updates (tenant, decision, unseen_since, due_at) VALUES (:tenant, :decision, :now, :now)
     ON CONFLICT (tenant, decision) DO UPDATE SET revision = revision + 1, stuck = NULL,
       unseen_since = CASE WHEN ${STALE} THEN unseen_since ELSE :now END,
       due_at = max(due_at, :now)`,
  );
  return ({ tenant, decision }, now) => void changed.run({ tenant, decision, now });
}

export function cardUpdateStore(db: DatabaseSync): CardUpdateStore {
  const query = statements(db);
  const changed = cardChanged(db);
  const due = query(
    `SELECT * FROM card_updates WHERE ${STALE} AND due_at <= :now
       AND tenant NOT IN (SELECT value FROM json_each(:not_of))
     ORDER BY unseen_since, tenant, decision LIMIT :limit`,
    (row): StaleCard => staleRow.parse(row),
  );
  const nextDue = query(`SELECT min(due_at) AS at FROM card_updates WHERE ${STALE}`, (row) =>
    z.number().nullable().parse(row.at),
  );
  const shown = db.prepare(
    `UPDATE card_updates SET shown = max(shown, :revision), attempts = 0, due_at = :again, unseen_since = :now
     WHERE ${KEY}`,
  );
  const later = db.prepare(`UPDATE card_updates SET due_at = :due_at, attempts = attempts + 1 WHERE ${KEY}`);
  const stuck = query(
    `UPDATE card_updates SET stuck = :code, told = told + 1 WHERE ${KEY} RETURNING told`,
    (row) => z.number().parse(row.told),
  );
  const tell = db.prepare(
    `INSERT INTO posts (tenant, decision, kind, state, channel, due_at, wanted_at)
     SELECT tenant, id, 'notice', 'wanted', channel, :now, :now FROM decisions WHERE tenant = :tenant AND id = :decision
     ON CONFLICT (tenant, decision, kind) DO UPDATE SET state = 'wanted', due_at = :now, attempts = 0`,
  );
  const stuckAt = query(`SELECT stuck FROM card_updates WHERE ${KEY}`, (row) =>
    z.string().nullable().parse(row.stuck),
  );
  const params = ({ tenant, decision }: DecisionKey) => ({ tenant, decision });
  return {
    changed: async (key, now) => changed(key, now),
    due: async (now, notOf, limit) => due.all({ now, not_of: JSON.stringify(notOf), limit }),
    nextDue: async () => nextDue.first({}),
    shown: async (stale, now, again) =>
      void shown.run({ ...params(stale), revision: stale.revision, now, again }),
    later: async (key, dueAt) => void later.run({ ...params(key), due_at: dueAt }),
    stuck: async (key, code, now) =>
      atomically(db, () => {
        if (stuck.first({ ...params(key), code }) === 1) tell.run({ ...params(key), now });
      }),
    stuckAt: async (key) => stuckAt.first(params(key)),
  };
}
