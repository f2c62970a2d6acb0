// Reads the bot's database with plain SQL. Shares no code with the bot.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

type Row = Record<string, string | number | null>;

/** Rows of an SQLite file, read while the bot may be using it. */
export function rowsIn(folder: string, sql: string, file = 'bot.db'): Row[] {
  const db = new DatabaseSync(join(folder, file), { readOnly: true, timeout: 5_000 });
  try {
    return db.prepare(sql).all() as Row[];
  } finally {
    db.close();
  }
}

/** Changes an SQLite file. Only while no bot uses it. */
export function changeDatabase(folder: string, work: (db: DatabaseSync) => void, file = 'bot.db'): void {
  const db = new DatabaseSync(join(folder, file));
  try {
    db.exec('BEGIN');
    work(db);
    db.exec('COMMIT');
  } finally {
    db.close();
  }
}

/**
 * Copies decisions with everything that belongs to them.
 *
 * @param ids id of the original → id of the copy; references between them are kept
 */
export function copyDecisions(db: DatabaseSync, ids: Readonly<Record<string, string>>): void {
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  const inOrder = tables.map(({ name }) => String(name)).sort((name) => (name === 'decisions' ? -1 : 1));
  for (const table of inOrder) {
    const own = table === 'decisions' ? 'id' : 'decision';
    const columns = db.prepare('SELECT name FROM pragma_table_info(?)').all(table);
    if (!columns.some(({ name }) => name === own)) continue;
    const originals = db.prepare(`SELECT * FROM ${table} WHERE ${own} IN (SELECT value FROM json_each(?))`);
    for (const row of originals.all(JSON.stringify(Object.keys(ids)))) {
      const id = ids[String(row[own])];
      if (id === undefined) continue;
      const copy: Row = { ...(row as Row), [own]: id };
      if (table === 'decisions') {
        copy.submission = `copy ${id}`;
        copy.supersedes = ids[String(row.supersedes)] ?? copy.supersedes ?? null;
      }
      const names = Object.keys(copy);
      db.prepare(
        `INSERT INTO ${table} (${names.map((name) => `"${name}"`).join()}) VALUES (${names.map(() => '?').join()})`,
      ).run(...Object.values(copy));
    }
  }
}
