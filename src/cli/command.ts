// Settings and arguments of the commands, validated as in the bot, and their error messages.
import { existsSync } from 'node:fs';
import { TENANT_ID, USER_ID } from '../interactions/well-formed.ts';
import { isPostgresUrl, loadEnvFile } from '../runtime/environment.ts';
import { readVariable, type Variables } from '../runtime/variables.ts';
import { StoreError } from '../store/store.ts';

/** Reads one variable from the environment or `.env`. Throws StoreError if the bot wouldn't start with its value. */
export function readSetting<Name extends keyof Variables>(name: Name): Variables[Name] {
  const problem = loadEnvFile();
  if (problem !== null) throw new StoreError(problem);
  const read = readVariable(name, process.env);
  if (!read.ok) throw new StoreError(read.problem);
  return read.value;
}

/** Checks the argument of --tenant. Throws StoreError if it isn't a Slack workspace or organization id. */
export function parseTenantId(given: string): string {
  if (TENANT_ID.test(given)) return given;
  throw new StoreError('--tenant must be the id of a workspace or organization, such as T0123 or E0123');
}

/** Checks the argument of --person. Throws StoreError if it isn't a Slack user id. */
export function parsePersonId(given: string): string {
  if (USER_ID.test(given)) return given;
  throw new StoreError("--person must be a person's member id, such as U0123");
}

/** Reads DATABASE_URL from the environment or `.env`. Throws StoreError if the bot would refuse it. */
export function databaseFromEnvironment(): string {
  return readSetting('DATABASE_URL');
}

/** Reads DATABASE_URL. Throws StoreError if there is no such file, because an empty new one would be misleading. */
export function existingDatabase(): string {
  const database = databaseFromEnvironment();
  if (isPostgresUrl(database) || existsSync(database)) return database;
  throw new StoreError(`${database} does not exist. Check DATABASE_URL.`);
}

/** Runs a command. Reports an error that the operator can fix in one line, with exit code 1, and throws any other. */
export async function exitOnError(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const line = lineFor(error);
    if (line === null) throw error;
    process.stderr.write(`${name}: ${line}\n`);
    process.exitCode = 1;
  }
}

/** Returns the line for an error that the operator can fix, or null for a bug. */
function lineFor(error: unknown): string | null {
  if (error instanceof StoreError) return error.message;
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  if (error.code.startsWith('ERR_PARSE_ARGS_')) return error.message.replaceAll(/\s+/g, ' ');
  if (!('syscall' in error)) return null;
  const file = 'path' in error ? String(error.path) : 'The file';
  switch (error.code) {
    case 'ENOENT':
      return `${file} does not exist.`;
    case 'EEXIST':
      return `${file} already exists, so nothing was written. Choose another name.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `${file} can't be read or written by this user. Change its permissions.`;
    case 'ENOSPC':
      return 'The disk is full.';
    default:
      return `${file} can't be read or written (${error.code}).`;
  }
}

/** Returns row counts as text, such as "decisions 12, votes 40". */
export function formatRowCounts(counts: Readonly<Record<string, number>>): string {
  const tables = Object.entries(counts).map(([table, count]) => `${table} ${count}`);
  return tables.length === 0 ? 'nothing' : tables.join(', ');
}
