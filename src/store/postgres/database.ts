import { setTimeout as pause } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import type { Database, Params, Row, Statement, Work } from '../sql/work.ts';

/** Waits before connecting again, in milliseconds: a server that restarts is not noticed by anyone in Slack. */
const CONNECT_AGAIN_AFTER_MS = [50, 200, 500];
/** Two works got in each other's way; https://www.postgresql.org/docs/current/mvcc-serialization-failure-handling.html */
const BEGIN_AGAIN = new Set(['40001', '40P01']);
const MOST_ATTEMPTS = 4;

/**
 * Works on PostgreSQL, over a pool of connections that take several statements without waiting for the answer of each:
 * a vote takes two round trips instead of seven. What fails before it was to be committed is begun again where that
 * may help; what broke off later is not, since nobody knows whether it happened.
 */
export function postgresDatabase(pool: Pool): Database {
  const compiled = new Map<string, Compiled>();
  const query = async (client: PoolClient, { sql, params }: Statement): Promise<readonly Row[]> => {
    const known = compiled.get(sql) ?? compile(sql, `statement_${compiled.size + 1}`);
    compiled.set(sql, known);
    const { rows } = await client.query<Row>({
      name: known.name,
      text: known.text,
      values: known.names.map((name) => bound(params, name)),
    });
    return rows;
  };

  /** One attempt, within a transaction unless `begin` is null. */
  const attempt = async <T>(
    client: PoolClient,
    begin: string | null,
    subject: string | null,
    work: Work<T>,
  ): Promise<T> => {
    const sent = new Sent();
    let committing = false;
    let broken: Error | undefined;
    try {
      if (begin !== null) sent.add(client.query(begin));
      if (subject !== null) {
        const lock = 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))';
        sent.add(client.query({ name: 'lock', text: lock, values: [subject] }));
      }
      let step = work.next();
      while (!step.done) {
        const rows = sent.add(query(client, step.value));
        step = work.next(step.value.blind ? [] : await rows);
      }
      committing = true;
      if (begin !== null) sent.add(client.query('COMMIT'));
      await sent.all();
      return step.value;
    } catch (error) {
      const cause = (await sent.firstFailure()) ?? error;
      // After a failure within a transaction, COMMIT undoes it, too.
      if (begin !== null && !committing) {
        await client.query('ROLLBACK').catch((failure: Error) => {
          broken = failure;
        });
      } else if (isLost(cause)) broken = cause;
      throw new Failed(cause, !committing && sent.failed);
    } finally {
      client.release(broken);
    }
  };

  const within = async <T>(
    begin: string | null,
    subject: string | null,
    work: () => Work<T>,
    repeatable = true,
  ): Promise<T> => {
    for (let tries = 1; ; tries++) {
      try {
        return await attempt(await connect(pool), begin, subject, work());
      } catch (error) {
        if (!(error instanceof Failed)) throw error;
        const { cause, before } = error;
        const passes = repeatable && before && mayPass(cause);
        if (tries === MOST_ATTEMPTS || !(passes || BEGIN_AGAIN.has(codeOf(cause) ?? ''))) throw cause;
        if (passes) await pause(CONNECT_AGAIN_AFTER_MS[tries - 1] ?? 0);
      }
    }
  };

  return {
    read: (work) => within(null, null, work),
    // A transaction of its own: where it broke off, nobody knows whether it happened.
    write: (work) => within(null, null, work, false),
    snapshot: (work) => within('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', null, work),
    transaction: (subject, work) => within('BEGIN', subject, work),
    close: async () => {
      if (!pool.ending) await pool.end();
    },
  };
}

/** Why an attempt failed. */
class Failed extends Error {
  override readonly cause: unknown;
  /** The database failed, before it was asked to commit: nothing has happened. */
  readonly before: boolean;

  constructor(cause: unknown, before: boolean) {
    super('an attempt failed');
    this.cause = cause;
    this.before = before;
  }
}

/** What was sent to the server, in order; each answer may come later. */
class Sent {
  readonly #answers: Promise<unknown>[] = [];
  /** Did one of them fail? */
  failed = false;

  add<T>(answer: Promise<T>): Promise<T> {
    // Whoever waits for it hears of it; so does `all`.
    answer.catch(() => {
      this.failed = true;
    });
    this.#answers.push(answer);
    return answer;
  }

  async all(): Promise<void> {
    await Promise.all(this.#answers);
  }

  /** What failed first: all that follow fail for no other reason than that one. */
  async firstFailure(): Promise<unknown> {
    const settled = await Promise.allSettled(this.#answers);
    return settled.find((each) => each.status === 'rejected')?.reason;
  }
}

/** Not an answer of the server: the connection is gone. */
function isLost(error: unknown): error is Error {
  return error instanceof Error && codeOf(error) === undefined;
}

async function connect(pool: Pool): Promise<PoolClient> {
  for (const wait of [...CONNECT_AGAIN_AFTER_MS, null]) {
    try {
      return await pool.connect();
    } catch (error) {
      if (wait === null || !mayPass(error)) throw error;
      await pause(wait);
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
