import { z } from 'zod';
import type { ErasureResult, TenantStore } from '../store.ts';
import { TABLES } from '../transfer/tables.ts';
import { columnReader } from './reading.ts';
import { type Database, defineQuery, execute, queryAll, queryFirst, type Work } from './work.ts';

/** Deletes a tenant's rows in every table, except decisions, their child tables and the departure itself. */
const CLEAR = TABLES.filter(
  ({ name, key }) => name !== 'decisions' && name !== 'departures' && !key.includes('decision'),
).map(({ name }) => `DELETE FROM ${name} WHERE tenant = :tenant`);
const DELETE_TOKENS = 'DELETE FROM installations WHERE tenant = :tenant';

const tenantColumn = columnReader('tenant', z.string());
/** A time in the future came from a clock that was ahead, so it proves nothing. */
const INSTALLED_SINCE = defineQuery(
  'SELECT tenant FROM installations WHERE tenant = :tenant AND installed_at > :left_at AND installed_at <= :now',
  tenantColumn,
);
const LEAVE = `
  INSERT INTO departures (tenant, left_at, erase_at) VALUES (:tenant, :left_at, :erase_at)
  ON CONFLICT (tenant) DO NOTHING`;
/** SQL that cancels a tenant's departure. */
export const DELETE_DEPARTURE = 'DELETE FROM departures WHERE tenant = :tenant';
/** Cancels the departure, unless the workspace left after `:seen`. */
const SEEN = `${DELETE_DEPARTURE} AND left_at < :seen`;
const TO_ERASE = defineQuery(
  'SELECT tenant FROM departures WHERE erase_at <= :now ORDER BY erase_at, tenant LIMIT :limit',
  tenantColumn,
);
const STILL_GONE = defineQuery(
  'SELECT left_at FROM departures WHERE tenant = :tenant AND erase_at <= :now',
  columnReader('left_at', z.number()),
);
const DELETE_DECISIONS = defineQuery(
  `DELETE FROM decisions WHERE tenant = :tenant AND id IN (
     SELECT id FROM decisions WHERE tenant = :tenant LIMIT :limit) RETURNING id`,
  (row) => row.id,
);
const ERASE_AGAIN = 'UPDATE departures SET erase_at = :again WHERE tenant = :tenant';
const NEXT = defineQuery(
  'SELECT min(erase_at) AS at FROM departures',
  columnReader('at', z.number().nullable()),
);

/** Returns an SQL condition that excludes tenants that have left, so that queues skip their rows. */
export const notDeparted = (table: string): string =>
  `NOT EXISTS (SELECT 1 FROM departures gone WHERE gone.tenant = ${table}.tenant)`;

/**
 * Returns an SQL table `tenants` of the tenants with rows that meet `condition`. The recursive query jumps from tenant
 * to tenant, so it doesn't scan all rows. Needs an index that begins with the tenant.
 */
export const tenantsWith = (rows: string, tenant: string, condition: string): string => `(
  WITH RECURSIVE found(tenant) AS (
    SELECT min(${tenant}) FROM ${rows} WHERE ${condition}
    UNION ALL
    SELECT (SELECT min(${tenant}) FROM ${rows} WHERE ${condition} AND ${tenant} > found.tenant)
    FROM found WHERE found.tenant IS NOT NULL)
  SELECT tenant FROM found WHERE tenant IS NOT NULL) tenants`;

export function createTenantStore(db: Database): TenantStore {
  return {
    leave: (tenant, leftAt, now, eraseAt) =>
      db.transaction(`tenant ${tenant}`, function* (): Work<boolean> {
        // Slack may send the event late or twice. By then the workspace may have installed the app again.
        if (yield* queryFirst(INSTALLED_SINCE, { tenant, left_at: leftAt, now })) return false;
        yield* execute(LEAVE, { tenant, left_at: leftAt, erase_at: eraseAt });
        yield* execute(DELETE_TOKENS, { tenant });
        return true;
      }),
    comeBack: (tenant, seen) => db.write(() => execute(SEEN, { tenant, seen })),
    listToErase: (now, limit) => db.read(() => queryAll(TO_ERASE, { now, limit })),
    nextErasure: () => db.read(() => queryFirst(NEXT, {})),
    erase: (tenant, now, again, limit) =>
      db.transaction(`tenant ${tenant}`, function* (): Work<ErasureResult> {
        const leftAt = yield* queryFirst(STILL_GONE, { tenant, now });
        if (leftAt === null) return 'back';
        const decisions = (yield* queryAll(DELETE_DECISIONS, { tenant, limit })).length;
        if (decisions === limit) return 'more';
        for (const sql of CLEAR) yield* execute(sql, { tenant });
        // Another process may not have noticed the departure yet, and may still write something. Until the second pass,
        // the tenant counts as gone, so the bot does no work for it.
        const leftJustNow = now - leftAt < again - now;
        yield* leftJustNow ? execute(ERASE_AGAIN, { tenant, again }) : execute(DELETE_DEPARTURE, { tenant });
        return leftJustNow ? 'again' : 'done';
      }),
  };
}
