/**
 * What the stores do, written once for every database: plain SQL that both SQLite and PostgreSQL understand, as a
 * sequence of statements whose results are handed back. SQLite runs such a sequence at one go, so that nothing comes
 * in between; PostgreSQL sends each over the network.
 *
 * The SQL is the common part of the two: `:name` is a value, `:name[]` a list (a table with the column `value`).
 * `strpos`, `greatest` and `least` are PostgreSQL's functions; SQLite has other names for them. SQLite also gets no
 * `FOR UPDATE …` at the end.
 */

export type Row = Readonly<Record<string, unknown>>;
export type SqlValue = string | number | null | readonly string[];
export type Params = Readonly<Record<string, SqlValue>>;

export interface SqlStatement {
  readonly sql: string;
  readonly params: Params;
  /** What comes next does not depend on what comes of it, so over a network nobody waits for its answer. */
  readonly blind?: true;
}

/** Statements to be run one after the other, and what comes of them. */
export type Work<T> = Generator<SqlStatement, T, readonly Row[]>;

export interface Database {
  /** A single statement that reads. */
  read<T>(work: () => Work<T>): Promise<T>;
  /** A single statement that changes something; it is on disk when this resolves. */
  write<T>(work: () => Work<T>): Promise<T>;
  /** Several that read, all of the same moment. */
  snapshot<T>(work: () => Work<T>): Promise<T>;
  /**
   * All of it is on disk when this resolves, or none. May be begun again where the database could not do it.
   *
   * @param subject works on the same one happen one after the other, whichever process they come from; null for
   *   those whose statements see to that themselves
   */
  transaction<T>(subject: string | null, work: () => Work<T>): Promise<T>;
  close(): Promise<void>;
}

/** A query, and how one of its rows is read. */
export interface Query<T> {
  readonly sql: string;
  readonly read: (row: Row) => T;
}

export function defineQuery<T>(sql: string, read: (row: Row) => T): Query<T> {
  return { sql, read };
}

export function* queryAll<T>({ sql, read }: Query<T>, params: Params): Work<T[]> {
  const rows = yield { sql, params };
  return rows.map(read);
}

export function* queryFirst<T>({ sql, read }: Query<T>, params: Params): Work<T | null> {
  const [row] = yield { sql, params };
  return row === undefined ? null : read(row);
}

export function* execute(sql: string, params: Params): Work<void> {
  yield { sql, params, blind: true };
}

/** For statements that end in RETURNING: whether there was a row to change. */
export function* didChange(sql: string, params: Params): Work<boolean> {
  const rows = yield { sql, params };
  return rows.length > 0;
}
