// Reads the bot's database with plain SQL. Shares no code with the bot.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

type Row = Record<string, string | number | null>;

/** Rows of an SQLite file, read while the bot may be using it. */
export function rowsIn(folder: string, sql: string, file = 'bot.db'): Row[] {
  const db = new DatabaseSync(join(folder, file), { readOnly: true });
  try {
    return db.prepare(sql).all() as Row[];
  } finally {
    db.close();
  }
}
