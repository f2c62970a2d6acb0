import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { Database, Params, Row, SqlStatement, Work } from '../sql/work.ts';

const NO_ROWS: readonly Row[] = [];

/** A change that waits to be written. */
interface PendingChange {
  /** Does the work, inside the transaction. Throws where it cannot be done. */
  attempt(): void;
  /** What it did is on disk. */
  committed(): void;
  failed(error: unknown): void;
}

interface Prepared {
  readonly statement: StatementSync;
  /** Of the values, one for each place in which one stands. */
  readonly names: readonly string[];
  readonly reads: boolean;
}

/**
 * Works on one SQLite file. Each runs at one go, so that nothing of this process comes in between; other processes
 * are kept out of the file altogether.
 *
 * Bringing a commit to disk takes many times as long as the writing itself. So all changes that wait at the same
 * moment are written in one transaction, each within a savepoint of its own: one that fails leaves its neighbours be.
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
    // After everything that has arrived by now was looked at.
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
  /** Why it is not on disk; null where it is. */
  readonly error: { readonly cause: unknown } | null;
}

/** Prepared: every change has one, and reading the SQL would take longer than carrying it out. */
interface Savepoint {
  begin(): void;
  /** What was done since then stays, as far as the transaction does. */
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

/** All in one transaction. What the database refuses as a whole, a full disk for instance, fails for each of them. */
function writeTogether(db: DatabaseSync, savepoint: Savepoint, group: readonly PendingChange[]): Written[] {
  const written: Written[] = [];
  try {
    db.exec('BEGIN IMMEDIATE');
    for (const change of group) written.push({ change, error: attempt(db, savepoint, change) });
    db.exec('COMMIT');
    return written;
  } catch (cause) {
    // A full disk may have rolled back already; then there is nothing left to undo.
    if (db.isOpen && db.isTransaction) db.exec('ROLLBACK');
    return group.map((change) => ({
      change,
      error: written.find((each) => each.change === change)?.error ?? { cause },
    }));
  }
}

/** Null where it was done. Throws where the whole transaction is lost. */
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

/** What PostgreSQL calls otherwise. Functions of our own would leave SQLite for each row. */
const NAMES: Readonly<Record<string, string>> = { strpos: 'instr', greatest: 'max', least: 'min' };

/** With values in the order of their places: SQLite finds them faster than by name. */
function asSqlite(sql: string): { readonly text: string; readonly names: readonly string[] } {
  const names: string[] = [];
  const text = sql
    .replace(/\s+FOR UPDATE[\w\s]*$/, '')
    .replaceAll(/\b(strpos|greatest|least)(?=\()/g, (name) => NAMES[name] ?? name)
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
