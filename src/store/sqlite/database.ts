import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { Database, Params, Row, Statement, Work } from '../sql/work.ts';

/**
 * Works on one SQLite file. Each runs at one go, so that nothing of this process comes in between; other processes
 * are kept out of the file altogether.
 */
export function sqliteDatabase(db: DatabaseSync, close: () => void): Database {
  const prepared = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    const known = prepared.get(sql);
    if (known) return known;
    const statement = db.prepare(asSqlite(sql));
    prepared.set(sql, statement);
    return statement;
  };
  const execute = ({ sql, params }: Statement): readonly Row[] => prepare(sql).all(bound(params));
  const atOneGo = <T>(work: Work<T>): T => {
    let step = work.next();
    while (!step.done) step = work.next(execute(step.value));
    return step.value;
  };
  return {
    once: async (work) => atOneGo(work()),
    snapshot: async (work) => atOneGo(work()),
    transaction: async (_subject, work) => {
      db.exec('BEGIN IMMEDIATE');
      try {
        const result = atOneGo(work());
        db.exec('COMMIT');
        return result;
      } catch (error) {
        // A full disk may have rolled back already; then there is nothing left to undo.
        if (db.isTransaction) db.exec('ROLLBACK');
        throw error;
      }
    },
    close: async () => close(),
  };
}

function asSqlite(sql: string): string {
  return sql
    .replace(/\s+FOR UPDATE[\w\s]*$/, '')
    .replaceAll(/:(\w+)\[\]/g, '(SELECT value FROM json_each(:$1))');
}

function bound(params: Params): Record<string, SQLInputValue> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'string' || typeof value === 'number' || value === null
        ? value
        : JSON.stringify(value),
    ]),
  );
}
