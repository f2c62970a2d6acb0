import { z } from 'zod';
import type { DecisionKey } from '../../decision/decision.ts';
import { MIN_UPDATE_INTERVAL_MS, type StaleCard } from '../../decision/post.ts';
import type { CardUpdateStore } from '../store.ts';
import { decisionParams, lockNameOf, OF_DECISION } from './fragments.ts';
import { columnReader, rowReader } from './reading.ts';
import { notDeparted, tenantsWith } from './tenants.ts';
import { type Database, defineQuery, didChange, execute, queryFirst, type Work } from './work.ts';

const STALE = 'u.shown < u.revision AND u.stuck IS NULL';

// An updated card is due again within BETWEEN_UPDATES_MS. A later time was stored by a clock that was ahead.
const CHANGED = `
  INSERT INTO card_updates AS u (tenant, decision, unseen_since, due_at) VALUES (:tenant, :decision, :now, :now)
  ON CONFLICT (tenant, decision) DO UPDATE SET revision = u.revision + 1, stuck = NULL,
    unseen_since = CASE WHEN ${STALE} THEN least(u.unseen_since, excluded.unseen_since) ELSE excluded.unseen_since END,
    due_at = CASE WHEN ${STALE} THEN greatest(u.due_at, excluded.due_at)
      ELSE least(greatest(u.due_at, excluded.due_at), excluded.due_at + ${MIN_UPDATE_INTERVAL_MS}) END`;

const TENANTS = tenantsWith('card_updates u', 'u.tenant', STALE);
const SPENT_UNTIL = 'coalesce((SELECT spent_until FROM update_budgets WHERE tenant = tenants.tenant), 0)';

const IN_QUESTION = `tenants.tenant NOT IN :except[] AND ${notDeparted('tenants')}`;

const staleRow = z.object({
  tenant: z.string(),
  decision: z.string(),
  revision: z.number(),
  attempts: z.number(),
});

/** Selects the stale card that has waited longest, among tenants with a call left. */
const NEXT = defineQuery(
  `SELECT u.tenant, u.decision, u.revision, u.attempts FROM card_updates u WHERE (u.tenant, u.decision) IN (
     SELECT u.tenant, u.decision FROM ${TENANTS} CROSS JOIN card_updates u
     WHERE ${SPENT_UNTIL} <= :spent_until_at_most AND ${IN_QUESTION}
       AND u.tenant = tenants.tenant AND ${STALE} AND u.due_at <= :now
     ORDER BY u.unseen_since, u.tenant, u.decision LIMIT 1)
     -- Checked again, because another process may have claimed the card in the meantime.
     AND ${STALE} AND u.due_at <= :now
   FOR UPDATE OF u SKIP LOCKED`,
  rowReader(staleRow),
);

const TAKE_CALL = `
  INSERT INTO update_budgets AS b (tenant, spent_until) VALUES (:tenant, CAST(:now AS BIGINT) + :ms_per_call)
  ON CONFLICT (tenant) DO UPDATE SET spent_until = greatest(b.spent_until, CAST(:now AS BIGINT)) + :ms_per_call
  WHERE b.spent_until <= :spent_until_at_most RETURNING tenant`;

const NONE_BEFORE = `
  INSERT INTO update_budgets AS b (tenant, spent_until) VALUES (:tenant, :spent_until)
  ON CONFLICT (tenant) DO UPDATE SET spent_until = greatest(b.spent_until, excluded.spent_until)`;

const NEXT_DUE = defineQuery(
  `SELECT min(due.at) AS at FROM (
     SELECT greatest(${SPENT_UNTIL} - :slack,
       (SELECT min(u.due_at) FROM card_updates u WHERE u.tenant = tenants.tenant AND ${STALE})) AS at
     FROM ${TENANTS} WHERE ${IN_QUESTION}) due`,
  columnReader('at', z.number().nullable()),
);

const CLAIM = `UPDATE card_updates SET due_at = :until WHERE ${OF_DECISION}`;

const LATER = `UPDATE card_updates SET due_at = :due_at, attempts = attempts + 1 WHERE ${OF_DECISION}`;

const WAKE = `
  UPDATE card_updates AS u SET due_at = :now
  WHERE u.tenant = :tenant AND ${STALE} AND u.attempts > 0 AND u.due_at > :now`;

const SHOWN = `
  UPDATE card_updates SET shown = greatest(shown, :revision), attempts = 0, due_at = :again, unseen_since = :now
  WHERE ${OF_DECISION}`;

const STUCK = defineQuery(
  `UPDATE card_updates SET stuck = :code, told = told + 1 WHERE ${OF_DECISION} RETURNING told`,
  columnReader('told', z.number()),
);

const TELL = `
  INSERT INTO posts (tenant, decision, kind, state, channel, due_at, wanted_at)
  SELECT tenant, id, 'notice', 'wanted', channel, CAST(:now AS BIGINT), CAST(:now AS BIGINT) FROM decisions
  WHERE tenant = :tenant AND id = :decision
  ON CONFLICT (tenant, decision, kind) DO UPDATE SET state = 'wanted', due_at = excluded.due_at, attempts = 0`;

const STUCK_AT = defineQuery(
  `SELECT stuck FROM card_updates WHERE ${OF_DECISION}`,
  columnReader('stuck', z.string().nullable()),
);

const KNOWN = defineQuery(`SELECT revision FROM card_updates WHERE ${OF_DECISION}`, (row) => row.revision);

const BACKLOG = defineQuery(
  `SELECT count(*) AS n FROM card_updates u WHERE ${STALE} AND ${notDeparted('u')}`,
  columnReader('n', z.number()),
);

/**
 * Marks a decision's card as stale, in the caller's transaction. A card that is already stale keeps its place in the
 * queue. A stuck card is tried again, because the change shows that a person can use it.
 */
export function* markCardStale(key: DecisionKey, now: number): Work<void> {
  yield* execute(CHANGED, { ...decisionParams(key), now });
}

/** Marks a card as stale only if it was ever marked before: its data changed before it was posted. */
export function* markStaleIfTracked(key: DecisionKey, now: number): Work<void> {
  if ((yield* queryFirst(KNOWN, decisionParams(key))) !== null) yield* markCardStale(key, now);
}

export function createCardUpdateStore(db: Database): CardUpdateStore {
  return {
    markStale: (key, now) => db.write(() => markCardStale(key, now)),
    claim: (now, until, { burst, msPerCall }, except) =>
      db.transaction(null, function* (): Work<StaleCard | null> {
        // A budget is stored as the time at which the tenant has its full burst again. Each call moves it by
        // `msPerCall`; it may be up to `burst` calls ahead of the clock.
        const budget = { now, ms_per_call: msPerCall, spent_until_at_most: now + (burst - 1) * msPerCall };
        const next = yield* queryFirst(NEXT, {
          now,
          spent_until_at_most: budget.spent_until_at_most,
          except,
        });
        if (next === null) return null;
        if (!(yield* didChange(TAKE_CALL, { tenant: next.tenant, ...budget }))) return null;
        yield* execute(CLAIM, { ...decisionParams(next), until });
        return next;
      }),
    blockUntil: (tenant, time, { burst, msPerCall }) =>
      db.write(() => execute(NONE_BEFORE, { tenant, spent_until: time + (burst - 1) * msPerCall })),
    nextDue: ({ burst, msPerCall }, except) =>
      db.read(() => queryFirst(NEXT_DUE, { slack: (burst - 1) * msPerCall, except })),
    wake: (tenant, now) => db.write(() => execute(WAKE, { tenant, now })),
    markShown: (stale, now, again) =>
      db.write(() => execute(SHOWN, { ...decisionParams(stale), revision: stale.revision, now, again })),
    postpone: (key, dueAt) => db.write(() => execute(LATER, { ...decisionParams(key), due_at: dueAt })),
    markStuck: (key, code, now) =>
      db.transaction(lockNameOf(key), function* () {
        if ((yield* queryFirst(STUCK, { ...decisionParams(key), code })) === 1)
          yield* execute(TELL, { ...decisionParams(key), now });
      }),
    getStuckCode: (key) => db.read(() => queryFirst(STUCK_AT, decisionParams(key))),
    countStale: async () => (await db.read(() => queryFirst(BACKLOG, {}))) ?? 0,
  };
}
