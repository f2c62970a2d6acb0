import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { loadRubric } from '../../../../src/advice/rubric/rubric.ts';
import { createComputeGroup } from '../../../../src/decision/group.ts';
import { openPostgresStore } from '../../../../src/store/postgres/open.ts';
import type { Store } from '../../../../src/store/store.ts';
import type { Place } from '../world.ts';

const rubric = loadRubric();

/** What use cases and promises look at. */
const COLUMNS = {
  decisions: ['tenant', 'id', 'status'],
  posts: ['tenant', 'decision', 'kind', 'state', 'ts'],
  departures: ['tenant'],
  installations: ['tenant', 'token'],
};
const LOOKED_AT = Object.keys(COLUMNS);
const CONNECTIONS = 3;

/** A database in which one world after the other keeps its data. */
export class PostgresPlaces {
  readonly #url: string;
  readonly #admin: pg.Client;
  readonly #outside: Store;
  readonly #tables: string;

  private constructor(url: string, admin: pg.Client, outside: Store, tables: string) {
    this.#url = url;
    this.#admin = admin;
    this.#outside = outside;
    this.#tables = tables;
  }

  static async open(url: string): Promise<PostgresPlaces> {
    const outside = await openPostgresStore(
      url,
      createComputeGroup(() => rubric),
      { connections: 1 },
    );
    const admin = new pg.Client({ connectionString: url });
    await admin.connect();
    const { rows } = await admin.query<{ name: string }>(
      `SELECT quote_ident(tablename) AS name FROM pg_tables
       WHERE schemaname = current_schema() AND tablename <> 'django_or_flask_schema'`,
    );
    return new PostgresPlaces(url, admin, outside, rows.map(({ name }) => name).join(', '));
  }

  async close(): Promise<void> {
    await this.#outside.close();
    await this.#admin.end();
  }

  /** The same database, empty. */
  async fresh(): Promise<Place> {
    await this.#admin.query(`TRUNCATE ${this.#tables} CASCADE`);
    let opened: Store[] = [];
    const closed = async (): Promise<void> => {
      const stores = opened;
      opened = [];
      for (const store of stores) await store.close();
    };
    let seen = await this.#copy();
    return {
      openStore: async () => {
        const store = await openPostgresStore(
          this.#url,
          createComputeGroup(() => rubric),
          { connections: CONNECTIONS },
        );
        opened.push(store);
        return store;
      },
      outside: this.#outside,
      rows: (sql) => seen.prepare(sql).all(),
      rests: async () => {
        const before = seen;
        seen = await this.#copy();
        before.close();
      },
      // Which statements change something is seen from these.
      changes: () => 0,
      abandoned: closed,
      end: async () => {
        await closed();
        seen.close();
      },
    };
  }

  /** So that looks need not be waited for. */
  async #copy(): Promise<DatabaseSync> {
    // All in one answer: it is asked for each time that the bot comes to rest.
    const all = LOOKED_AT.map((table) => `(SELECT coalesce(json_agg(t), '[]') FROM ${table} t) AS ${table}`);
    const { rows } = await this.#admin.query<Record<string, Record<string, unknown>[]>>(
      `SELECT ${all.join(', ')}`,
    );
    const copy = new DatabaseSync(':memory:');
    for (const [table, columns] of Object.entries(COLUMNS)) {
      copy.exec(`CREATE TABLE ${table} (${columns.join(', ')})`);
      const insert = copy.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => '?').join(', ')})`);
      for (const row of rows[0]?.[table] ?? []) insert.run(...columns.map((name) => asValue(row[name])));
    }
    return copy;
  }
}

const asValue = (value: unknown): string | number | null =>
  value === null || typeof value === 'number' ? value : String(value);
