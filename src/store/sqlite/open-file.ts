import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fold } from '../fold.ts';
import { latestVersion, readMigrations } from '../migrations.ts';
import { StoreError } from '../store.ts';

/** Marks the file as the bot's, so that another program's database is never migrated. ASCII for "DjFl". */
const APPLICATION_ID = 0x446a466c;
const MIGRATIONS = new URL('./migrations/', import.meta.url);

/**
 * Pages of 4 kB in the log before SQLite copies them into the database, which blocks all requests. A checkpoint copies
 * each page once, however often it was written, so rare checkpoints are less work in total.
 */
const CHECKPOINT_PAGES = 4_000;

/** SQLite's result codes that the operator can act on; https://sqlite.org/rescode.html */
const BUSY = 5;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;

export interface OpenedDatabase {
  readonly db: DatabaseSync;
  /** Absolute path with links resolved. */
  readonly file: string;
  close(): void;
}

/**
 * Opens a database file for this process alone, migrates its schema and makes every commit durable. Throws StoreError
 * if the file is in use, damaged, another program's, or newer than this program; then nothing in it was changed.
 */
export function openSqlite(path: string): OpenedDatabase {
  const file = fileAt(path);
  const lock = takeLock(file);
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file, { timeout: 2_000 });
    refuseOthers(db, file);
    // WAL: readers don't wait. FULL: a commit survives a power loss, not only a crash of the process.
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
    db.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    // Migrations call fold() to fill columns that searches compare.
    db.function('fold', { deterministic: true }, (text) => fold(String(text)));
    migrate(db);
  } catch (error) {
    db?.close();
    lock.close();
    throw toStoreError(error, file);
  }
  const opened = db;
  return {
    db: opened,
    file: realpathSync(file),
    close: () => {
      if (opened.isOpen) opened.close();
      if (lock.isOpen) lock.close();
    },
  };
}

/** Resolves links, so that two names of one file share a lock. */
function fileAt(path: string): string {
  const file = resolve(path);
  try {
    mkdirSync(dirname(file), { recursive: true });
    return existsSync(file) ? realpathSync(file) : file;
  } catch (error) {
    throw toStoreError(error, file);
  }
}

/**
 * Takes an exclusive transaction on a second file, so that only one bot uses the database. The operating system
 * releases the lock even after SIGKILL. Command-line tools can still read the database.
 */
function takeLock(file: string): DatabaseSync {
  const path = `${file}.lock`;
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(path, { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    if (resultCode(error) === BUSY) {
      throw new StoreError(
        `${file} is in use by another running bot. Stop that one, or give this one its own DATABASE_URL.`,
      );
    }
    throw toStoreError(error, path);
  }
}

/** Throws StoreError if the database belongs to another program or a newer version of this one. Changes nothing. */
export function refuseOthers(db: DatabaseSync, file: string): void {
  refuseForeign(db, file);
  refuseNewer(db, file);
}

function refuseForeign(db: DatabaseSync, file: string): void {
  const tables = Number(db.prepare('SELECT count(*) AS n FROM sqlite_master').get()?.n);
  const applicationId = Number(db.prepare('PRAGMA application_id').get()?.application_id);
  if (tables > 0 && applicationId !== APPLICATION_ID) {
    throw new StoreError(`${file} belongs to another program. Point DATABASE_URL to a file of its own.`);
  }
}

/** Returns the schema version that this program works with. */
export function newestSqliteSchema(): number {
  return latestVersion(MIGRATIONS);
}

/** Returns the schema version of a database; 0 for an empty one. */
export function schemaVersion(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.user_version);
}

function refuseNewer(db: DatabaseSync, file: string): void {
  const [version, known] = [schemaVersion(db), newestSqliteSchema()];
  if (version <= known) return;
  throw new StoreError(
    `${file} was written by a newer version of this program (schema ${version}, this one knows ${known}). ` +
      'Start that version; nothing was changed.',
  );
}

/** Runs the missing migrations in one transaction, so that a crash leaves the old schema intact. */
function migrate(db: DatabaseSync): void {
  const before = schemaVersion(db);
  const missing = readMigrations(MIGRATIONS).filter(({ version }) => version > before);
  if (missing.length === 0) return;
  db.exec('BEGIN IMMEDIATE');
  try {
    for (const { sql } of missing) db.exec(sql);
    db.exec(`PRAGMA user_version = ${newestSqliteSchema()}; PRAGMA application_id = ${APPLICATION_ID}`);
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}

/** Returns SQLite's primary result code of an error; 0 for any other error. */
function resultCode(error: unknown): number {
  if (error instanceof Error && 'errcode' in error && typeof error.errcode === 'number') {
    return error.errcode & 0xff;
  }
  return 0;
}

/** Turns an error into a sentence for the operator. */
export function toStoreError(error: unknown, file: string): StoreError {
  if (error instanceof StoreError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  switch (resultCode(error)) {
    case FULL:
      return new StoreError(`The disk of ${file} is full. Free some space and start again.`);
    case CORRUPT:
    case NOTADB:
      return new StoreError(
        `${file} is damaged or not an SQLite file. Restore a backup; nothing was changed.`,
      );
    case READONLY:
    case CANTOPEN:
      return new StoreError(`The bot can't write to ${file}. ${accessHint(file)}`);
    case IOERR:
      return new StoreError(`The disk of ${file} failed: ${detail}.`);
    case BUSY:
      return new StoreError(`${file} is locked by another program. Close it and start again.`);
    default:
      return new StoreError(`The bot can't open ${file}: ${detail}.`);
  }
}

function accessHint(file: string): string {
  return existsSync(dirname(file))
    ? 'Check that the user who runs the bot may write to its folder.'
    : "Its folder doesn't exist, and the bot can't create it.";
}
