/**
 * Database work that runs on both SQLite and PostgreSQL: a generator that yields SQL statements and receives their
 * rows. SQLite runs a generator synchronously, so nothing else of the process runs in between. PostgreSQL gets each
 * statement over the network.
 *
 * The SQL is the common subset of the two: `:name` is a value, `:name[]` a list (a table with the column `value`). Each
 * database translates it: SQLite has other names for `strpos`, `greatest` and `least`, and gets no `FOR UPDATE …`.
 */

export type Row = Readonly<Record<string, unknown>>;
export type SqlValue = string | number | null | readonly string[];
export type Params = Readonly<Record<string, SqlValue>>;

export interface SqlStatement {
  readonly sql: string;
  readonly params: Params;
  /** The work doesn't need this statement's rows, so PostgreSQL gets the next statement without waiting for them. */
  readonly blind?: true;
}

/** Statements that run one after the other, and the result of the work. */
export type Work<T> = Generator<SqlStatement, T, readonly Row[]>;

/** Runs work. All calls reject if the database fails. */
export interface Database {
  /** Runs a single statement that reads. */
  read<T>(work: () => Work<T>): Promise<T>;
  /** Runs a single statement that writes. Its change is on disk when this resolves. */
  write<T>(work: () => Work<T>): Promise<T>;
  /** Runs several statements that read the same snapshot. */
  snapshot<T>(work: () => Work<T>): Promise<T>;
  /**
   * Runs work in a transaction: all of it is on disk when this resolves, or none. Calls `work` again after a conflict
   * or a lost connection.
   *
   * @param subject lock name: transactions with the same subject run one after the other, in all processes. Null if the
   *   statements need no lock.
   */
  transaction<T>(subject: string | null, work: () => Work<T>): Promise<T>;
  close(): Promise<void>;
}

/** A query and the reader of its rows. */
export interface Query<T> {
  readonly sql: string;
  readonly read: (row: Row) => T;
}

/** Defines a query. `read` throws if a row doesn't fit. */
export function defineQuery<T>(sql: string, read: (row: Row) => T): Query<T> {
  return { sql, read };
}

/** Runs a query and returns all rows. */
export function* queryAll<T>({ sql, read }: Query<T>, params: Params): Work<T[]> {
  const rows = yield { sql, params };
  return rows.map(read);
}

/** Runs a query and returns the first row; null for none. */
export function* queryFirst<T>({ sql, read }: Query<T>, params: Params): Work<T | null> {
  const [row] = yield { sql, params };
  return row === undefined ? null : read(row);
}

/** Runs a statement without reading its rows. */
export function* execute(sql: string, params: Params): Work<void> {
  yield { sql, params, blind: true };
}

/** Runs a statement that ends in RETURNING. @returns true if it changed a row */
export function* didChange(sql: string, params: Params): Work<boolean> {
  const rows = yield { sql, params };
  return rows.length > 0;
}
