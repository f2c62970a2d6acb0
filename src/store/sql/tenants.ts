import { z } from 'zod';
import type { Erased, TenantStore } from '../store.ts';
import { columnAs } from './reading.ts';
import { all, type Database, first, query, run, type Work } from './work.ts';

/** Every table with rows of a tenant, except decisions and their child tables. */
const TABLES = ['installations', 'homes', 'record_numbers', 'update_budgets', 'deliveries', 'inbox'];
const DELETE_TOKENS = 'DELETE FROM installations WHERE tenant = :tenant';

const tenantColumn = columnAs('tenant', z.string());
/** A time in the future came from a clock that was ahead, so it proves nothing. */
const INSTALLED_SINCE = query(
  'SELECT tenant FROM installations WHERE tenant = :tenant AND installed_at > :left_at AND installed_at <= :now',
  tenantColumn,
);
const LEAVE = `
  INSERT INTO departures (tenant, left_at, erase_at) VALUES (:tenant, :left_at, :erase_at)
  ON CONFLICT (tenant) DO NOTHING`;
/** For other stores' transactions: a workspace that had left is back. */
export const COME_BACK = 'DELETE FROM departures WHERE tenant = :tenant';
/** Deletes the departure, unless the workspace has left again since it was seen. */
const SEEN = `${COME_BACK} AND left_at < :seen`;
const TO_ERASE = query(
  'SELECT tenant FROM departures WHERE erase_at <= :now ORDER BY erase_at, tenant LIMIT :limit',
  tenantColumn,
);
const STILL_GONE = query(
  'SELECT left_at FROM departures WHERE tenant = :tenant AND erase_at <= :now',
  columnAs('left_at', z.number()),
);
const DELETE_DECISIONS = query(
  `DELETE FROM decisions WHERE tenant = :tenant AND id IN (
     SELECT id FROM decisions WHERE tenant = :tenant LIMIT :limit) RETURNING id`,
  (row) => row.id,
);
const ERASE_AGAIN = 'UPDATE departures SET erase_at = :again WHERE tenant = :tenant';
const NEXT = query('SELECT min(erase_at) AS at FROM departures', columnAs('at', z.number().nullable()));

/** For queries about what is to be done: not for tenants that have left; `table` is where `tenant` is. */
export const stillHere = (table: string): string =>
  `NOT EXISTS (SELECT 1 FROM departures gone WHERE gone.tenant = ${table}.tenant)`;

/**
 * For the same: `tenants`, those that have such rows, found one after the other without looking at all the rows. Takes
 * an index that begins with the tenant.
 */
export const tenantsWith = (rows: string, tenant: string, condition: string): string => `(
  WITH RECURSIVE found(tenant) AS (
    SELECT min(${tenant}) FROM ${rows} WHERE ${condition}
    UNION ALL
    SELECT (SELECT min(${tenant}) FROM ${rows} WHERE ${condition} AND ${tenant} > found.tenant)
    FROM found WHERE found.tenant IS NOT NULL)
  SELECT tenant FROM found WHERE tenant IS NOT NULL) tenants`;

export function tenantStore(db: Database): TenantStore {
  return {
    leave: (tenant, leftAt, now, eraseAt) =>
      db.transaction(`tenant ${tenant}`, function* (): Work<boolean> {
        // Slack may send this late or twice: a workspace that has installed the app since has not left.
        if (yield* first(INSTALLED_SINCE, { tenant, left_at: leftAt, now })) return false;
        yield* run(LEAVE, { tenant, left_at: leftAt, erase_at: eraseAt });
        yield* run(DELETE_TOKENS, { tenant });
        return true;
      }),
    comeBack: (tenant, seen) => db.write(() => run(SEEN, { tenant, seen })),
    toErase: (now, limit) => db.read(() => all(TO_ERASE, { now, limit })),
    nextErasure: () => db.read(() => first(NEXT, {})),
    erase: (tenant, now, again, limit) =>
      db.transaction(`tenant ${tenant}`, function* (): Work<Erased> {
        const leftAt = yield* first(STILL_GONE, { tenant, now });
        if (leftAt === null) return 'back';
        const decisions = (yield* all(DELETE_DECISIONS, { tenant, limit })).length;
        if (decisions === limit) return 'more';
        for (const table of TABLES) yield* run(`DELETE FROM ${table} WHERE tenant = :tenant`, { tenant });
        // Another process may not have noticed yet and still write something. Until the second pass the tenant
        // counts as gone, so nothing is done for it.
        const leftJustNow = now - leftAt < again - now;
        yield* leftJustNow ? run(ERASE_AGAIN, { tenant, again }) : run(COME_BACK, { tenant });
        return leftJustNow ? 'again' : 'done';
      }),
  };
}
