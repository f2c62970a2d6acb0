import dotenv from 'dotenv';
import { DEFAULT_DATABASE, databaseOf } from '../store/database-url.ts';
import { StoreError } from '../store/store-error.ts';

/** DATABASE_URL as the bot would use it, from the environment or `.env`. */
export function databaseFromEnvironment(): string {
  dotenv.config({ quiet: true });
  return databaseOf(process.env.DATABASE_URL?.trim() || DEFAULT_DATABASE);
}

/** Ends the command with one line for what whoever runs it can do something about. */
export async function orExit(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    process.stderr.write(`${name}: ${error.message}\n`);
    process.exitCode = 1;
  }
}

/** "decisions 12, votes 40" */
export function inWords(counts: Readonly<Record<string, number>>): string {
  const tables = Object.entries(counts).map(([table, count]) => `${table} ${count}`);
  return tables.length === 0 ? 'nothing' : tables.join(', ');
}
