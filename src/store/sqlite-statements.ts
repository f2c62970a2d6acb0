import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite';

export type Row = Record<string, SQLOutputValue>;
type Params = Record<string, SQLInputValue>;

/** Runs in one transaction: all of it is on disk when this returns, or none. */
export function atomically<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk may have rolled back already; then there is nothing left to undo.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** Queries that read each row into something the rest of the program knows. */
export function statements(db: DatabaseSync) {
  return <T>(sql: string, read: (row: Row) => T) => {
    const statement = db.prepare(sql);
    return {
      all: (params: Params): T[] => statement.all(params).map(read),
      first: (params: Params): T | null => {
        const row = statement.get(params);
        return row === undefined ? null : read(row);
      },
    };
  };
}
