import { DatabaseSync } from 'node:sqlite';
import { restoredSql } from '../sql/restored.ts';
import {
  newestSqliteSchema,
  openSqlite,
  refuseOthers,
  schemaVersion,
  toStoreError,
} from '../sqlite/open-file.ts';
import { StoreError } from '../store.ts';
import type { Endpoint } from './endpoint.ts';
import type { Cell, Cells, ExportedRow } from './format.ts';
import { insertInto, selectAll, TABLES } from './tables.ts';

/** Opens a file for an export. A bot may use it meanwhile. Throws StoreError if it can't be read or needs migration. */
export function openSqliteForReading(path: string): Endpoint {
  let db: DatabaseSync;
  try {
    db = new DatabaseSync(path, { readOnly: true });
  } catch {
    throw new StoreError(`Can't open ${path}. Check DATABASE_URL.`);
  }
  try {
    refuseOthers(db, path);
    const version = schemaVersion(db);
    if (version !== newestSqliteSchema()) {
      throw new StoreError(
        `${path} has schema ${version}, this program ${newestSqliteSchema()}. Bring it up to date first: npm run migrate.`,
      );
    }
  } catch (error) {
    db.close();
    throw toStoreError(error, path);
  }
  return { ...endpointOn(db), close: async () => db.close() };
}

/** Opens a file for an import, after creating and migrating it if needed. Throws StoreError if a bot uses the file. */
export function openSqliteForWriting(path: string): Endpoint {
  const { db, close } = openSqlite(path);
  return { ...endpointOn(db), close: async () => close() };
}

function endpointOn(db: DatabaseSync): Omit<Endpoint, 'close'> {
  async function* rows(tenant: string | null): AsyncGenerator<ExportedRow> {
    for (const table of TABLES) {
      const statement = db.prepare(selectAll(table, tenant, '?'));
      for (const row of statement.iterate(...(tenant === null ? [] : [tenant]))) {
        yield { table: table.name, row: cells(row) };
      }
    }
  }
  return {
    schema: newestSqliteSchema(),
    items: async function* (tenant) {
      if (db.isTransaction) return yield* rows(tenant);
      db.exec('BEGIN');
      try {
        yield* rows(tenant);
      } finally {
        db.exec('COMMIT');
      }
    },
    write: async (items, { tenant, now }, check) => {
      db.exec('BEGIN IMMEDIATE');
      try {
        for await (const { table, row } of items) {
          const columns = Object.keys(row);
          const values = columns.map((column) => row[column] ?? null);
          db.prepare(insertInto(table, columns, () => '?')).run(...values);
        }
        await check();
        markRestored(db, tenant, now);
        db.exec('COMMIT');
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK');
        throw error;
      }
    },
    markRestored: async (now) => {
      db.exec('BEGIN IMMEDIATE');
      markRestored(db, null, now);
      db.exec('COMMIT');
    },
  };
}

function markRestored(db: DatabaseSync, tenant: string | null, now: number): void {
  for (const sql of restoredSql(now, tenant, '?')) db.prepare(sql).run(...(tenant === null ? [] : [tenant]));
}

function cells(row: Readonly<Record<string, unknown>>): Cells {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]): [string, Cell] => [name, cellOf(value)]),
  );
}

function cellOf(value: unknown): Cell {
  if (typeof value === 'string' || typeof value === 'number' || value === null) return value;
  throw new Error('a column that is neither text nor number');
}
