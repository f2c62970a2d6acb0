// `.env` and DATABASE_URL: all that a process reads before it loads the rest of its code.
import dotenv from 'dotenv';

/**
 * Adds the variables in `.env` to the environment. A variable that is already set wins.
 *
 * @returns a sentence if the file exists but can't be read; null otherwise, also without a file
 */
export function loadEnvFile(): string | null {
  const { error } = dotenv.config({ quiet: true });
  if (error === undefined || error.code === 'ENOENT') return null;
  return `.env in ${process.cwd()} can't be read (${error.code}). Make it a file that this user can read, or remove it.`;
}

/** Database used when DATABASE_URL is not set. */
export const DEFAULT_DATABASE = 'data/django-or-flask.db';

export type ParsedDatabase =
  /** The path of an SQLite file, or postgres://… */
  | { readonly ok: true; readonly database: string }
  /** `problem` continues a sentence that starts with the variable's name. It never contains the value or its password. */
  | { readonly ok: false; readonly problem: string };

const WANTED =
  'must be the path of an SQLite file, such as data/django-or-flask.db, or postgres://user:password@host/database';
const WANTED_OF_POSTGRES =
  'must be postgres://user:password@host/database, with special characters percent-encoded';

/**
 * Values that SQLite would take for the name of a new file: URLs of other databases, SQLite's special names and
 * parameters, unexpanded shell syntax, and words such as `null`. A single letter and a colon is a Windows drive.
 */
const NOT_A_PATH =
  /^\w[\w+.-]+:|:\/\/|^:|["'`${}=?]|^~|^\/\/|^localhost\b|^(?:null|none|undefined|true|false)$/i;

/**
 * Parses DATABASE_URL: postgres://… with a host, or the path of a file, with or without `sqlite:` or `file:` in front.
 * Refuses everything else, because SQLite would create a file with that name.
 */
export function parseDatabase(value: string): ParsedDatabase {
  const url = value.trim();
  if (isPostgresUrl(url)) {
    const isComplete = (URL.parse(url)?.hostname ?? '') !== '';
    return isComplete ? { ok: true, database: url } : { ok: false, problem: WANTED_OF_POSTGRES };
  }
  const path = url.replace(/^(sqlite:|file:)/, '').trim();
  if (path === '' || NOT_A_PATH.test(path)) return { ok: false, problem: WANTED };
  return { ok: true, database: path };
}

export const isPostgresUrl = (database: string): boolean => /^postgres(ql)?:\/\//.test(database);
