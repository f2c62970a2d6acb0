import pg from 'pg';
import type { GroupOf } from '../../decision/discussion.ts';
import { migrationsIn, newestIn } from '../migrations.ts';
import { storeOn } from '../sql/store-on.ts';
import type { Store } from '../store.ts';
import { StoreError } from '../store-error.ts';
import { codeOf, postgresDatabase } from './database.ts';
import { refusedParameter, refuseSharedSessions } from './pooler.ts';

const MIGRATIONS = new URL('./migrations/', import.meta.url);
/** Held while the schema is brought up to date: several processes may start at once. ("DjFl") */
const MIGRATION_LOCK = 0x446a466c;
/** PostgreSQL's number for the type bigint, which pg would hand over as text. */
const BIGINT = 20;

/** A little longer than the server itself takes to give up a statement. */
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
/** A process may wait for another one that brings the schema up to date. */
const MIGRATED_WITHIN_S = 60;

export interface PostgresOptions {
  /** Connections of this process. */
  readonly connections?: number;
  /** How long to wait for the answer to a statement, in milliseconds; null for as long as it takes. */
  readonly answerWithinMs?: number | null;
  /** True if the URL is known to lead to PostgreSQL itself, so no check for a pooler is needed. */
  readonly isDirect?: boolean;
}

/**
 * The store on PostgreSQL, with its schema up to date. Throws StoreError where the database cannot be used.
 *
 * @param url postgres://user:password@host/database, with `?sslmode=verify-full` for TLS
 */
export async function openPostgresStore(
  url: string,
  groupOf: GroupOf,
  options: PostgresOptions = {},
): Promise<Store> {
  const pool = await openPool(url, options);
  return storeOn(postgresDatabase(pool), {
    alone: false,
    groupOf,
    pool: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
  });
}

/** Connections to a database whose schema is up to date, each with a session of its own. */
export async function openPool(url: string, options: PostgresOptions = {}): Promise<pg.Pool> {
  const pool = poolFor(url, options);
  try {
    if (options.isDirect !== true) await refuseSharedSessions(url, placeOf(url));
    await migrate(pool);
    return pool;
  } catch (error) {
    await pool.end();
    throw explain(error, url);
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
        // Times in milliseconds and counts: far below what a number holds exactly.
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

/** The schema that this program knows. */
export function newestPostgresSchema(): number {
  return newestIn(MIGRATIONS);
}

/** Forward only, all or nothing, one process at a time. */
async function migrate(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  const patiently = async (text: string, values: unknown[] = []): Promise<void> => {
    // pg knows this of a single statement as well, its types do not.
    const statement = { text, values, query_timeout: (MIGRATED_WITHIN_S + 5) * 1_000 };
    await client.query(statement);
  };
  try {
    await client.query('BEGIN');
    // Another process may be at it, with more to do than a click may take.
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
    for (const migration of migrationsIn(MIGRATIONS)) {
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

/** 0 for an empty database. Refuses one in which another program keeps its tables under our names. */
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
      'The database has a table "decisions" of another program. Give the bot a database or schema of its own in DATABASE_URL.',
    );
  }
  await client.query('CREATE TABLE django_or_flask_schema (version INTEGER NOT NULL)');
  await client.query('INSERT INTO django_or_flask_schema (version) VALUES (0)');
  return 0;
}

/** Turns an error into a sentence for the operator. It names the address without user and password. */
function explain(error: unknown, url: string): StoreError {
  if (error instanceof StoreError) return error;
  const place = placeOf(url);
  const code = codeOf(error) ?? '';
  const detail = error instanceof Error ? error.message : String(error);
  const refused = refusedParameter(detail, place);
  if (refused !== null) return new StoreError(refused);
  switch (code) {
    case 'ECONNREFUSED':
    case 'EHOSTUNREACH':
    case 'ETIMEDOUT':
      return new StoreError(
        `PostgreSQL does not answer at ${place}. Is it running, and may this machine reach it?`,
      );
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StoreError(`There is no host of that name: ${place}. Check DATABASE_URL.`);
    case '28P01':
    case '28000':
      return new StoreError(
        `PostgreSQL at ${place} does not let this user in. Check user and password in DATABASE_URL.`,
      );
    case '3D000':
      return new StoreError(`There is no such database: ${place}. Create it first: createdb NAME.`);
    case '42501':
      return new StoreError(
        `The user in DATABASE_URL may not create tables at ${place}. Let it own the database: ALTER DATABASE … OWNER TO ….`,
      );
    case '53300':
      return new StoreError(`PostgreSQL at ${place} has no connections left. Raise its max_connections.`);
    default:
      return new StoreError(`PostgreSQL at ${place} cannot be used: ${detail}.`);
  }
}

function placeOf(url: string): string {
  const parsed = URL.parse(url);
  return parsed ? `${parsed.host}${parsed.pathname}` : 'the address in DATABASE_URL';
}
