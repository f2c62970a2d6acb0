import { setTimeout as pause } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import type { Database, Params, Row, Statement, Work } from '../sql/work.ts';

/** Waits before connecting again, in milliseconds: a server that restarts is not noticed by anyone in Slack. */
const CONNECT_AGAIN_AFTER_MS = [50, 200, 500];
/** Two works got in each other's way; https://www.postgresql.org/docs/current/mvcc-serialization-failure-handling.html */
const BEGIN_AGAIN = new Set(['40001', '40P01']);
const MOST_ATTEMPTS = 4;

/**
 * Works on PostgreSQL, over a pool of connections. What could not be begun is begun again; what broke off in the
 * middle is not, since nobody knows whether it happened.
 */
export function postgresDatabase(pool: Pool): Database {
  const compiled = new Map<string, Compiled>();
  const execute = async (client: Pool | PoolClient, { sql, params }: Statement): Promise<readonly Row[]> => {
    const known = compiled.get(sql) ?? compile(sql, `statement_${compiled.size + 1}`);
    compiled.set(sql, known);
    const { rows } = await client.query<Row>({
      name: known.name,
      text: known.text,
      values: known.names.map((name) => bound(params, name)),
    });
    return rows;
  };
  const drive = async <T>(client: PoolClient, work: Work<T>): Promise<T> => {
    let step = work.next();
    while (!step.done) step = work.next(await execute(client, step.value));
    return step.value;
  };

  const within = async <T>(begin: string, subject: string | null, work: () => Work<T>): Promise<T> => {
    const client = await connect(pool, begin);
    let broken: Error | undefined;
    try {
      if (subject !== null) {
        await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [subject]);
      }
      const result = await drive(client, work());
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((failure: Error) => {
        broken = failure;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  };

  const once = async <T>(work: () => Work<T>): Promise<T> => {
    const client = await connect(pool, null);
    let broken: Error | undefined;
    try {
      return await drive(client, work());
    } catch (error) {
      broken = codeOf(error) === undefined && error instanceof Error ? error : undefined;
      throw error;
    } finally {
      client.release(broken);
    }
  };

  return {
    read: once,
    write: once,
    snapshot: (work) => within('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', null, work),
    transaction: async (subject, work) => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await within('BEGIN', subject, work);
        } catch (error) {
          if (attempt === MOST_ATTEMPTS || !BEGIN_AGAIN.has(codeOf(error) ?? '')) throw error;
        }
      }
    },
    close: async () => {
      if (!pool.ending) await pool.end();
    },
  };
}

/** A connection that works, since it has just answered. */
async function connect(pool: Pool, begin: string | null): Promise<PoolClient> {
  for (const [attempt, wait] of [0, ...CONNECT_AGAIN_AFTER_MS].entries()) {
    if (wait > 0) await pause(wait);
    let client: PoolClient | undefined;
    try {
      client = await pool.connect();
      if (begin !== null) await client.query(begin);
      return client;
    } catch (error) {
      client?.release(true);
      if (attempt === CONNECT_AGAIN_AFTER_MS.length || !mayPass(error)) throw error;
    }
  }
  throw new Error('unreachable');
}

/** The server is restarting, or the connection had died while nobody used it. */
function mayPass(error: unknown): boolean {
  const code = codeOf(error);
  return (
    code === undefined ||
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03'].includes(code) ||
    code.startsWith('08')
  );
}

/** PostgreSQL's or the system's code of an error. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

interface Compiled {
  /** Under which the server keeps the parsed statement for this connection. */
  readonly name: string;
  readonly text: string;
  /** Of the parameters, in their order: $1 is the first. */
  readonly names: readonly string[];
}

function compile(sql: string, name: string): Compiled {
  const names: string[] = [];
  const text = sql.replaceAll(/:(\w+)(\[\])?/g, (_, param: string, list: string | undefined) => {
    if (!names.includes(param)) names.push(param);
    const place = `$${names.indexOf(param) + 1}`;
    return list === undefined ? place : `(SELECT unnest(CAST(${place} AS text[])) AS value)`;
  });
  return { name, text, names };
}

function bound(params: Params, name: string): unknown {
  const value = params[name];
  if (value === undefined) throw new Error(`no value for :${name}`);
  // PostgreSQL has no place for this character in texts, and nobody can see it.
  return typeof value === 'string' ? value.replaceAll('\0', '') : value;
}
