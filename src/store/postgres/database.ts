import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import type { Database, Params, Row, SqlStatement, Work } from '../sql/work.ts';

/** Waits before connecting again, in milliseconds, so that people in Slack don't notice a server restart. */
const CONNECT_AGAIN_AFTER_MS = [50, 200, 500];
/**
 * PostgreSQL's codes for two transactions that conflicted, so that one was rolled back and may be retried:
 * https://www.postgresql.org/docs/current/mvcc-serialization-failure-handling.html
 */
const BEGIN_AGAIN = new Set(['40001', '40P01']);
const MOST_ATTEMPTS = 4;
/**
 * PostgreSQL's codes for an outdated session. A newer version of the bot changed a table under prepared statements
 * (0A000). A pooler lost a prepared statement (26000) or kept one (42P05). The session started while the database was
 * read-only (25006). The statement had no effect, and a new session works. Other sessions may be outdated too.
 */
const STALE_SESSION = new Set(['0A000', '26000', '42P05', '25006']);
const LOCK = 'SELECT pg_advisory_xact_lock(hashtextextended(:subject, 0))';

/**
 * Runs work on PostgreSQL, over a pool of connections. A connection takes several statements without waiting for each
 * answer, so a vote takes two round trips instead of seven. Work that fails before COMMIT is sent is retried if
 * that can help. Work that fails later isn't, because its outcome is unknown.
 */
export function postgresDatabase(pool: Pool): Database {
  const compiled = new Map<string, Compiled>();
  const sessions = new Sessions(pool);
  const query = async (client: PoolClient, { sql, params }: SqlStatement): Promise<readonly Row[]> => {
    const known = compiled.get(sql) ?? compile(sql);
    compiled.set(sql, known);
    const { rows } = await client.query<Row>({
      name: known.name,
      text: known.text,
      values: known.names.map((name) => bound(params, name)),
    });
    return rows;
  };

  /** Runs the work once, in a transaction unless `begin` is null. */
  const attempt = async <T>(
    client: PoolClient,
    begin: string | null,
    subject: string | null,
    work: Work<T>,
  ): Promise<T> => {
    const sent = new SentStatements();
    let committing = false;
    let broken: Error | undefined;
    try {
      if (begin !== null) sent.add(client.query(begin));
      if (subject !== null) sent.add(query(client, { sql: LOCK, params: { subject } }));
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
      // After a failed statement, PostgreSQL turns COMMIT into a rollback, so ROLLBACK is needed only if COMMIT wasn't
      // sent.
      if (begin !== null && !committing) {
        await client.query('ROLLBACK').catch((failure: Error) => {
          broken = failure;
        });
      } else if (isLost(cause)) broken = cause;
      if (STALE_SESSION.has(errorCode(cause) ?? '')) sessions.replaceFrom(client);
      throw new FailedAttempt(cause, !committing && sent.failed);
    } finally {
      sessions.release(client, broken);
    }
  };

  const withRetries = async <T>(
    begin: string | null,
    subject: string | null,
    work: () => Work<T>,
    repeatable = true,
  ): Promise<T> => {
    for (let tries = 1; ; tries++) {
      try {
        return await attempt(await sessions.take(), begin, subject, work());
      } catch (error) {
        if (!(error instanceof FailedAttempt)) throw error;
        const { cause, before } = error;
        const passes = repeatable && before && isTransient(cause);
        const code = errorCode(cause) ?? '';
        const isHarmless = BEGIN_AGAIN.has(code) || STALE_SESSION.has(code);
        if (tries === MOST_ATTEMPTS || !(passes || isHarmless)) throw cause;
        if (passes) await pause(CONNECT_AGAIN_AFTER_MS[tries - 1] ?? 0);
      }
    }
  };

  return {
    read: (work) => withRetries(null, null, work),
    // Autocommits. If the connection drops, the outcome is unknown, so don't retry.
    write: (work) => withRetries(null, null, work, false),
    snapshot: (work) => withRetries('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', null, work),
    transaction: (subject, work) => withRetries('BEGIN', subject, work),
    close: async () => {
      if (!pool.ending) await pool.end();
    },
  };
}

/** Hands out the pool's connections, except those whose session is out of date. */
class Sessions {
  readonly #pool: Pool;
  readonly #generations = new WeakMap<PoolClient, number>();
  #generation = 0;

  constructor(pool: Pool) {
    this.#pool = pool;
    pool.on('connect', (client) => void this.#generations.set(client, this.#generation));
  }

  async take(): Promise<PoolClient> {
    for (;;) {
      const client = await connect(this.#pool);
      if (this.#isCurrent(client)) return client;
      client.release(true);
    }
  }

  release(client: PoolClient, broken: Error | undefined): void {
    client.release(broken ?? !this.#isCurrent(client));
  }

  /** Replaces all connections as old as this one, or older. */
  replaceFrom(client: PoolClient): void {
    if (this.#isCurrent(client)) this.#generation += 1;
  }

  /** Connections made before this object existed count as the first generation. */
  #isCurrent(client: PoolClient): boolean {
    return (this.#generations.get(client) ?? 0) === this.#generation;
  }
}

/** A failed attempt, with its cause. */
class FailedAttempt extends Error {
  override readonly cause: unknown;
  /** True if the database failed before COMMIT was sent, so nothing was changed. */
  readonly before: boolean;

  constructor(cause: unknown, before: boolean) {
    super('an attempt failed');
    this.cause = cause;
    this.before = before;
  }
}

/** Statements sent to the server, in order, whose responses may still be missing. */
class SentStatements {
  readonly #answers: Promise<unknown>[] = [];
  /** True if a statement failed. */
  failed = false;

  add<T>(answer: Promise<T>): Promise<T> {
    // Avoids an unhandled rejection. The caller that awaits the statement gets the error, and so does `all`.
    answer.catch(() => {
      this.failed = true;
    });
    this.#answers.push(answer);
    return answer;
  }

  async all(): Promise<void> {
    await Promise.all(this.#answers);
  }

  /** Returns the first failed statement's error. PostgreSQL rejects every later statement only because of that one. */
  async firstFailure(): Promise<unknown> {
    const settled = await Promise.allSettled(this.#answers);
    return settled.find((each) => each.status === 'rejected')?.reason;
  }
}

/** True for an error without a code: it comes from a lost connection, not from the server. */
function isLost(error: unknown): error is Error {
  return error instanceof Error && errorCode(error) === undefined;
}

async function connect(pool: Pool): Promise<PoolClient> {
  for (const wait of [...CONNECT_AGAIN_AFTER_MS, null]) {
    try {
      return await pool.connect();
    } catch (error) {
      if (wait === null || !isTransient(error)) throw error;
      await pause(wait);
    }
  }
  throw new Error('unreachable');
}

/** True if a new connection may help: the server is restarting, or an idle connection broke. */
function isTransient(error: unknown): boolean {
  const code = errorCode(error);
  return (
    code === undefined ||
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03'].includes(code) ||
    code.startsWith('08')
  );
}

/** Returns an error's code, from PostgreSQL or the operating system. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

interface Compiled {
  /**
   * Name of the prepared statement in a session. A hash of the text: if two programs ever share a session, equal names
   * still mean equal statements.
   */
  readonly name: string;
  readonly text: string;
  /** Names of the parameters, in order: $1 is the first. */
  readonly names: readonly string[];
}

function compile(sql: string): Compiled {
  const names: string[] = [];
  const text = sql.replaceAll(/:(\w+)(\[\])?/g, (_, param: string, list: string | undefined) => {
    if (!names.includes(param)) names.push(param);
    const place = `$${names.indexOf(param) + 1}`;
    return list === undefined ? place : `(SELECT unnest(CAST(${place} AS text[])) AS value)`;
  });
  return { name: createHash('sha256').update(text).digest('hex').slice(0, 40), text, names };
}

function bound(params: Params, name: string): unknown {
  const value = params[name];
  if (value === undefined) throw new Error(`no value for :${name}`);
  // PostgreSQL's texts can't contain NUL, which is invisible anyway.
  return typeof value === 'string' ? value.replaceAll('\0', '') : value;
}
