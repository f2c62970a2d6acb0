import { z } from 'zod';
import type { TenantStore } from '../store.ts';
import { all, type Database, first, query, run, type Work } from './work.ts';

/** Every table that has something of a tenant; what hangs on decisions goes with them. */
const TABLES = [
  'decisions',
  'homes',
  'record_numbers',
  'update_budgets',
  'deliveries',
  'inbox',
  'installations',
  'departures',
];

const INSTALLED_SINCE = query(
  'SELECT tenant FROM installations WHERE tenant = :tenant AND installed_at > :left_at',
  (row) => z.string().parse(row.tenant),
);
const LEAVE = `
  INSERT INTO departures (tenant, left_at, erase_at) VALUES (:tenant, :left_at, :erase_at)
  ON CONFLICT (tenant) DO NOTHING`;
/** For other stores' transactions: who had left is back. */
export const COME_BACK = 'DELETE FROM departures WHERE tenant = :tenant';
const TO_ERASE = query(
  'SELECT tenant FROM departures WHERE erase_at <= :now ORDER BY erase_at, tenant LIMIT :limit',
  (row) => z.string().parse(row.tenant),
);
const STILL_GONE = query('SELECT tenant FROM departures WHERE tenant = :tenant AND erase_at <= :now', (row) =>
  z.string().parse(row.tenant),
);
const NEXT = query('SELECT min(erase_at) AS at FROM departures', (row) =>
  z.number().nullable().parse(row.at),
);

/** For queries about what is to be done: not for tenants that have left; `table` is where `tenant` is. */
export const stillHere = (table: string): string =>
  `NOT EXISTS (SELECT 1 FROM departures gone WHERE gone.tenant = ${table}.tenant)`;

export function tenantStore(db: Database): TenantStore {
  return {
    leave: (tenant, leftAt, eraseAt) =>
      db.transaction(`tenant ${tenant}`, function* (): Work<boolean> {
        // Slack may say so late, or again: whoever has installed the app since has not left.
        if (yield* first(INSTALLED_SINCE, { tenant, left_at: leftAt })) return false;
        yield* run(LEAVE, { tenant, left_at: leftAt, erase_at: eraseAt });
        return true;
      }),
    comeBack: (tenant) => db.write(() => run(COME_BACK, { tenant })),
    toErase: (now, limit) => db.read(() => all(TO_ERASE, { now, limit })),
    nextErasure: () => db.read(() => first(NEXT, {})),
    erase: (tenant, now) =>
      db.transaction(`tenant ${tenant}`, function* (): Work<boolean> {
        if (!(yield* first(STILL_GONE, { tenant, now }))) return false;
        for (const table of TABLES) yield* run(`DELETE FROM ${table} WHERE tenant = :tenant`, { tenant });
        return true;
      }),
  };
}
