import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { Database, Params, Row, SqlStatement, Work } from '../sql/work.ts';

const NO_ROWS: readonly Row[] = [];

/** A change that waits for the next group commit. */
interface PendingChange {
  /** Does the work, inside the transaction. Throws if it fails. */
  attempt(): void;
  /** Called once the change is on disk. */
  committed(): void;
  failed(error: unknown): void;
}

interface Prepared {
  readonly statement: StatementSync;
  /** Names of the parameters, one for each placeholder, in order. */
  readonly names: readonly string[];
  readonly reads: boolean;
}

/**
 * Runs work on one SQLite file. Each piece of work runs synchronously, so nothing else of this process runs in between.
 * A lock keeps other processes out of the file.
 *
 * Syncing a commit to disk takes many times as long as writing the rows. So changes that wait at the same moment share
 * a transaction (group commit). Each has its own savepoint, so a failed change is rolled back without the others.
 *
 * @param whyLost called after each commit; returns an error if the file is gone, and the commit with it
 */
export function sqliteDatabase(
  db: DatabaseSync,
  close: () => void,
  whyLost: () => Error | null = () => null,
): Database {
  const prepared = new Map<string, Prepared>();
  const prepare = (sql: string): Prepared => {
    const known = prepared.get(sql);
    if (known) return known;
    const { text, names } = asSqlite(sql);
    const made = { statement: db.prepare(text), names, reads: /^\s*SELECT\b/.test(sql) };
    prepared.set(sql, made);
    return made;
  };
  const runStatement = ({ sql, params, blind }: SqlStatement): readonly Row[] => {
    const { statement, names } = prepare(sql);
    const values = names.map((name) => bound(params, name));
    if (!blind) return statement.all(...values);
    statement.run(...values);
    return NO_ROWS;
  };
  const runToEnd = <T>(work: Work<T>): T => {
    let step = work.next();
    while (!step.done) step = work.next(runStatement(step.value));
    return step.value;
  };
  const runReadOnly = <T>(work: Work<T>): T => {
    let step = work.next();
    while (!step.done) {
      if (!prepare(step.value.sql).reads) throw new Error(`a read that changes something: ${step.value.sql}`);
      step = work.next(runStatement(step.value));
    }
    return step.value;
  };

  const savepoint = savepointIn(db);
  let waiting: PendingChange[] = [];
  const writeAll = (): void => {
    const group = waiting;
    waiting = [];
    const written = writeTogether(db, savepoint, group);
    const lost = whyLost();
    for (const { change, error } of written) {
      if (lost !== null) change.failed(lost);
      else if (error === null) change.committed();
      else change.failed(error.cause);
    }
  };
  const change = <T>(work: () => Work<T>): Promise<T> => {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    let result: T;
    waiting.push({
      attempt: () => {
        result = runToEnd(work());
      },
      committed: () => resolve(result),
      failed: reject,
    });
    // Runs after all requests that have already arrived, so that their changes join this commit.
    if (waiting.length === 1) setImmediate(writeAll);
    return promise;
  };

  return {
    read: async (work) => runReadOnly(work()),
    snapshot: async (work) => runReadOnly(work()),
    write: change,
    transaction: (_subject, work) => change(work),
    close: async () => {
      if (waiting.length > 0) writeAll();
      close();
    },
  };
}

interface Written {
  readonly change: PendingChange;
  /** The reason that the change isn't on disk; null if it is. */
  readonly error: { readonly cause: unknown } | null;
}

/** Prepared savepoint statements. Every change runs them, and parsing the SQL takes longer than executing it. */
interface Savepoint {
  begin(): void;
  /** Keeps the changes since `begin`, as part of the transaction. */
  release(): void;
  rollBack(): void;
}

function savepointIn(db: DatabaseSync): Savepoint {
  const prepared = (sql: string): (() => void) => {
    const statement = db.prepare(sql);
    return () => void statement.run();
  };
  return {
    begin: prepared('SAVEPOINT change'),
    release: prepared('RELEASE change'),
    rollBack: prepared('ROLLBACK TO change'),
  };
}

/** Writes all changes in one transaction. If the transaction itself fails, as on a full disk, every change fails. */
function writeTogether(db: DatabaseSync, savepoint: Savepoint, group: readonly PendingChange[]): Written[] {
  const written: Written[] = [];
  try {
    db.exec('BEGIN IMMEDIATE');
    for (const change of group) written.push({ change, error: attempt(db, savepoint, change) });
    db.exec('COMMIT');
    return written;
  } catch (cause) {
    // On a full disk, SQLite may have rolled back already.
    if (db.isOpen && db.isTransaction) db.exec('ROLLBACK');
    return group.map((change) => ({
      change,
      error: written.find((each) => each.change === change)?.error ?? { cause },
    }));
  }
}

/** Returns null if the change succeeded. Throws if SQLite rolled back the whole transaction. */
function attempt(
  db: DatabaseSync,
  savepoint: Savepoint,
  change: PendingChange,
): { readonly cause: unknown } | null {
  savepoint.begin();
  try {
    change.attempt();
    savepoint.release();
    return null;
  } catch (cause) {
    if (!db.isTransaction) throw cause;
    savepoint.rollBack();
    savepoint.release();
    return { cause };
  }
}

/** SQLite's names of PostgreSQL's functions. User-defined functions would call JavaScript for each row. */
const FUNCTION_NAMES: Readonly<Record<string, string>> = { strpos: 'instr', greatest: 'max', least: 'min' };

/** Translates SQL for SQLite. Uses positional parameters, which SQLite binds faster than named ones. */
function asSqlite(sql: string): { readonly text: string; readonly names: readonly string[] } {
  const names: string[] = [];
  const text = sql
    .replace(/\s+FOR UPDATE[\w\s]*$/, '')
    .replaceAll(/\b(strpos|greatest|least)(?=\()/g, (name) => FUNCTION_NAMES[name] ?? name)
    .replaceAll(/:(\w+)(\[\])?/g, (_, name: string, list: string | undefined) => {
      names.push(name);
      return list === undefined ? '?' : '(SELECT value FROM json_each(?))';
    });
  return { text, names };
}

function bound(params: Params, name: string): SQLInputValue {
  const value = params[name];
  if (value === undefined) throw new Error(`no value for :${name}`);
  return typeof value === 'string' || typeof value === 'number' || value === null
    ? value
    : JSON.stringify(value);
}
