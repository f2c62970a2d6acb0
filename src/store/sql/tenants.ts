import { z } from 'zod';
import type { Erased, TenantStore } from '../store.ts';
import { columnAs } from './reading.ts';
import { all, type Database, didChange, first, query, run, type Work } from './work.ts';

/** Every other table that has something of a tenant; what hangs on decisions goes with them. */
const TABLES = ['homes', 'record_numbers', 'update_budgets', 'deliveries', 'inbox'];
const UNINSTALL = 'DELETE FROM installations WHERE tenant = :tenant RETURNING tenant';

const tenantColumn = columnAs('tenant', z.string());
const INSTALLED_SINCE = query(
  'SELECT tenant FROM installations WHERE tenant = :tenant AND installed_at > :left_at',
  tenantColumn,
);
const LEAVE = `
  INSERT INTO departures (tenant, left_at, erase_at) VALUES (:tenant, :left_at, :erase_at)
  ON CONFLICT (tenant) DO NOTHING`;
/** For other stores' transactions: who had left is back. */
export const COME_BACK = 'DELETE FROM departures WHERE tenant = :tenant';
/** The same, where it was seen to be there; whoever has left since has left. */
const SEEN = `${COME_BACK} AND left_at < :seen`;
const TO_ERASE = query(
  'SELECT tenant FROM departures WHERE erase_at <= :now ORDER BY erase_at, tenant LIMIT :limit',
  tenantColumn,
);
const STILL_GONE = query(
  'SELECT tenant FROM departures WHERE tenant = :tenant AND erase_at <= :now',
  tenantColumn,
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
    leave: (tenant, leftAt, eraseAt) =>
      db.transaction(`tenant ${tenant}`, function* (): Work<boolean> {
        // Slack may say so late, or again: whoever has installed the app since has not left.
        if (yield* first(INSTALLED_SINCE, { tenant, left_at: leftAt })) return false;
        yield* run(LEAVE, { tenant, left_at: leftAt, erase_at: eraseAt });
        return true;
      }),
    comeBack: (tenant, seen) => db.write(() => run(SEEN, { tenant, seen })),
    toErase: (now, limit) => db.read(() => all(TO_ERASE, { now, limit })),
    nextErasure: () => db.read(() => first(NEXT, {})),
    erase: (tenant, now, again, limit) =>
      db.transaction(`tenant ${tenant}`, function* (): Work<Erased> {
        if (!(yield* first(STILL_GONE, { tenant, now }))) return 'back';
        const decisions = (yield* all(DELETE_DECISIONS, { tenant, limit })).length;
        if (decisions === limit) return 'more';
        for (const table of TABLES) yield* run(`DELETE FROM ${table} WHERE tenant = :tenant`, { tenant });
        const wasInstalled = yield* didChange(UNINSTALL, { tenant });
        // Until then it counts as gone, so that nothing is done for it.
        yield* wasInstalled ? run(ERASE_AGAIN, { tenant, again }) : run(COME_BACK, { tenant });
        return wasInstalled ? 'again' : 'done';
      }),
  };
}
