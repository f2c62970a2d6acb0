import pg from 'pg';
import type { ComputeGroup } from '../../decision/discussion.ts';
import { latestVersion, readMigrations } from '../migrations.ts';
import { createStore } from '../sql/create-store.ts';
import { type Store, StoreError } from '../store.ts';
import { errorCode, postgresDatabase } from './database.ts';
import { refusedParameter, refuseSharedSessions } from './pooler.ts';

const MIGRATIONS = new URL('./migrations/', import.meta.url);
/** Id of the advisory lock held during migrations, because several processes may start at once. ASCII for "DjFl". */
const MIGRATION_LOCK = 0x446a466c;
/** PostgreSQL's type id of bigint, which pg returns as text by default. */
const BIGINT = 20;

/** Client-side timeout of a statement, slightly longer than the server's statement_timeout. */
const ANSWER_WITHIN_MS = 2_500;
/**
 * Settings of every session. They aren't startup parameters, because PgBouncer refuses those, or silently drops them.
 * The timeouts stay below the three seconds that Slack gives a person's click. The isolation level is set because a
 * role or database may have a stricter default, under which concurrent transactions fail instead of waiting.
 * DEALLOCATE removes statements that an earlier client of a pooler prepared: their names could clash with the bot's.
 */
const SESSION = `
  SET statement_timeout = 2000;
  SET lock_timeout = 1500;
  SET idle_in_transaction_session_timeout = 5000;
  SET default_transaction_isolation = 'read committed';
  DEALLOCATE ALL`;
/** Timeout of a migration. A process may have to wait for another process's migration first. */
const MIGRATED_WITHIN_S = 60;

export interface PostgresOptions {
  /** Maximum number of this process's connections; 10 by default. */
  readonly connections?: number;
  /** Client-side timeout of a statement, in milliseconds; null for none. */
  readonly answerWithinMs?: number | null;
  /** True if the URL is known to lead to PostgreSQL itself, so no check for a pooler is needed. */
  readonly isDirect?: boolean;
}

/**
 * Opens the store on PostgreSQL and migrates its schema. Throws StoreError if the database can't be used.
 *
 * @param url postgres://user:password@host/database, with `?sslmode=verify-full` for TLS
 */
export async function openPostgresStore(
  url: string,
  groupOf: ComputeGroup,
  options: PostgresOptions = {},
): Promise<Store> {
  const pool = await openPool(url, options);
  return createStore(postgresDatabase(pool), {
    alone: false,
    groupOf,
    pool: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
  });
}

/** Opens a pool of connections with separate sessions, and migrates the schema. Throws StoreError on failure. */
export async function openPool(url: string, options: PostgresOptions = {}): Promise<pg.Pool> {
  const pool = poolFor(url, options);
  try {
    if (options.isDirect !== true) await refuseSharedSessions(url, placeOf(url));
    await migrate(pool);
    return pool;
  } catch (error) {
    await pool.end();
    throw toStoreError(error, url);
  }
}

function poolFor(
  url: string,
  { connections = 10, answerWithinMs = ANSWER_WITHIN_MS }: PostgresOptions,
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'django-or-flask',
    max: connections,
    connectionTimeoutMillis: 2_000,
    // For a server that stops answering. Without this timeout, a statement would wait a quarter of an hour until the
    // network gives up, although another server may have taken over.
    ...(answerWithinMs === null ? {} : { query_timeout: answerWithinMs }),
    keepAlive: true,
    pipeline: true,
    types: {
      getTypeParser: (type: number, format?: 'text' | 'binary') =>
        // The bigint columns are times in milliseconds and counts, far below Number.MAX_SAFE_INTEGER.
        type === BIGINT ? Number : pg.types.getTypeParser(type, format),
    },
    onConnect: async (client) => {
      // pg accepts query_timeout for a single statement, but its types don't declare it.
      const statement = { text: SESSION, query_timeout: ANSWER_WITHIN_MS };
      await client.query(statement);
    },
  });
  // An idle connection broke. The pool has dropped it already and makes a new one when needed.
  pool.on('error', () => {});
  // A pooled connection broke. Its user gets the error; this handler only keeps the process alive.
  pool.on('connect', (client) => {
    client.on('error', () => {});
  });
  return pool;
}

/** Returns the schema version that this program works with. */
export function newestPostgresSchema(): number {
  return latestVersion(MIGRATIONS);
}

/** Runs the missing migrations in one transaction, in one process at a time. Never downgrades. */
async function migrate(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  const patiently = async (text: string, values: unknown[] = []): Promise<void> => {
    // pg accepts query_timeout for a single statement, but its types don't declare it.
    const statement = { text, values, query_timeout: (MIGRATED_WITHIN_S + 5) * 1_000 };
    await client.query(statement);
  };
  try {
    await client.query('BEGIN');
    // Another process's migration may take longer than the timeouts of normal statements.
    await client.query(
      `SET LOCAL lock_timeout = '${MIGRATED_WITHIN_S}s'; SET LOCAL statement_timeout = '${MIGRATED_WITHIN_S}s'`,
    );
    await patiently('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    const version = await schemaVersion(client);
    const known = newestPostgresSchema();
    if (version > known) {
      throw new StoreError(
        `The database was written by a newer version of this program (schema ${version}, this one knows ${known}). ` +
          'Start that version; nothing was changed.',
      );
    }
    for (const migration of readMigrations(MIGRATIONS)) {
      if (migration.version <= version) continue;
      await patiently(migration.sql);
      await client.query('UPDATE django_or_flask_schema SET version = $1', [migration.version]);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

/** Returns 0 for an empty database. Throws StoreError if another program has a table with one of the bot's names. */
async function schemaVersion(client: pg.PoolClient): Promise<number> {
  const { rows } = await client.query<{ ours: boolean; foreign: boolean }>(
    `SELECT to_regclass('django_or_flask_schema') IS NOT NULL AS ours, to_regclass('decisions') IS NOT NULL AS foreign`,
  );
  if (rows[0]?.ours) {
    const found = await client.query<{ version: number }>('SELECT version FROM django_or_flask_schema');
    return found.rows[0]?.version ?? 0;
  }
  if (rows[0]?.foreign) {
    throw new StoreError(
      'Another program has a table "decisions" in this database. Give the bot its own database or schema in DATABASE_URL.',
    );
  }
  await client.query('CREATE TABLE django_or_flask_schema (version INTEGER NOT NULL)');
  await client.query('INSERT INTO django_or_flask_schema (version) VALUES (0)');
  return 0;
}

/** Turns an error into a sentence for the operator, with the address but without user and password. */
function toStoreError(error: unknown, url: string): StoreError {
  if (error instanceof StoreError) return error;
  const place = placeOf(url);
  const code = errorCode(error) ?? '';
  const detail = error instanceof Error ? error.message : String(error);
  const refused = refusedParameter(detail, place);
  if (refused !== null) return new StoreError(refused);
  switch (code) {
    case 'ECONNREFUSED':
    case 'EHOSTUNREACH':
    case 'ETIMEDOUT':
      return new StoreError(
        `PostgreSQL at ${place} doesn't respond. Check that it runs, and that this machine can reach it.`,
      );
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StoreError(`The host of ${place} doesn't exist. Check DATABASE_URL.`);
    case '28P01':
    case '28000':
      return new StoreError(
        `PostgreSQL at ${place} rejected the user or password. Check both in DATABASE_URL.`,
      );
    case '3D000':
      return new StoreError(`The database ${place} doesn't exist. Create it first: createdb NAME.`);
    case '42501':
      return new StoreError(
        `The user in DATABASE_URL may not create tables at ${place}. Let it own the database: ALTER DATABASE … OWNER TO ….`,
      );
    case '53300':
      return new StoreError(`PostgreSQL at ${place} has no connections left. Raise its max_connections.`);
    default:
      return new StoreError(`PostgreSQL at ${place} failed: ${detail}.`);
  }
}

function placeOf(url: string): string {
  const parsed = URL.parse(url);
  return parsed ? `${parsed.host}${parsed.pathname}` : 'the address in DATABASE_URL';
}
