import type { PoolClient } from 'pg';
import { newestPostgresSchema, openPool } from '../postgres/open.ts';
import { restoredSql } from '../sql/restored.ts';
import type { Endpoint } from './endpoint.ts';
import type { Cells, ExportedRow } from './format.ts';
import { insertInto, selectAll, TABLES } from './tables.ts';

/** Rows fetched at once. */
const FETCH = 500;

/** Opens a PostgreSQL database and migrates its schema. Bots may keep using it. Throws StoreError on failure. */
export async function openPostgresEndpoint(url: string): Promise<Endpoint> {
  const pool = await openPool(url, { connections: 2, answerWithinMs: null });
  let writing: PoolClient | null = null;

  async function* rows(client: PoolClient, tenant: string | null): AsyncGenerator<ExportedRow> {
    for (const table of TABLES) {
      const values = tenant === null ? [] : [tenant];
      await client.query(`DECLARE items NO SCROLL CURSOR FOR ${selectAll(table, tenant, '$1')}`, values);
      for (;;) {
        const { rows: found } = await client.query<Cells>(`FETCH ${FETCH} FROM items`);
        for (const row of found) yield { table: table.name, row };
        if (found.length < FETCH) break;
      }
      await client.query('CLOSE items');
    }
  }

  /** Runs `work` in a transaction without timeouts. `items` reads in the same transaction. */
  const transaction = async (work: (client: PoolClient) => Promise<void>): Promise<void> => {
    const client = await pool.connect();
    writing = client;
    try {
      await client.query('BEGIN');
      await client.query(
        'SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0',
      );
      await work(client);
      await client.query('COMMIT');
    } catch (error) {
      // Ignore a failed rollback: the first error says more.
      await client.query('ROLLBACK').catch(() => {});
      throw error;
    } finally {
      writing = null;
      client.release();
    }
  };

  return {
    schema: newestPostgresSchema(),
    items: async function* (tenant) {
      if (writing) return yield* rows(writing, tenant);
      const client = await pool.connect();
      try {
        await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
        await client.query(
          'SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0',
        );
        yield* rows(client, tenant);
      } finally {
        await client.query('ROLLBACK').catch(() => {});
        client.release();
      }
    },
    write: (items, { tenant, now }, check) =>
      transaction(async (client) => {
        for await (const { table, row } of items) {
          const columns = Object.keys(row);
          await client.query(
            insertInto(table, columns, (i) => `$${i + 1}`),
            columns.map((column) => row[column]),
          );
        }
        await check();
        await markRestored(client, tenant, now);
      }),
    markRestored: (now) => transaction((client) => markRestored(client, null, now)),
    close: () => pool.end(),
  };
}

async function markRestored(client: PoolClient, tenant: string | null, now: number): Promise<void> {
  for (const sql of restoredSql(now, tenant, '$1')) await client.query(sql, tenant === null ? [] : [tenant]);
}
