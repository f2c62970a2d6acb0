// Notices when the database file is deleted, moved or replaced while the bot uses it, and saves what is in it.
import {
  type BigIntStats,
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../store-error.ts';
import { newestSchema, schemaVersion } from './open-file.ts';

/** How often the file is looked at while nothing is written. */
export const LOOK_EVERY_MS = 2_000;

interface Held {
  readonly path: string;
  /** Closed only after SQLite's own handles: closing any handle of a file frees the process's POSIX locks on it. */
  readonly handle: number;
}

/**
 * Compares the file at a path, and its write-ahead log, with the files that are open. SQLite itself goes on writing to
 * a deleted file without an error, and everything written to it is gone when the process ends.
 */
export class FileGuard {
  readonly #db: DatabaseSync;
  readonly #file: Held;
  /** Null without WAL mode, which some file systems don't allow. */
  readonly #log: Held | null;
  /** Of the database, when it was last known to be intact. */
  #size: bigint;
  #lost: StoreError | null = null;

  /**
   * @param db in WAL mode, with all changes so far committed
   * @param file absolute path of the database
   */
  constructor(db: DatabaseSync, file: string) {
    this.#db = db;
    // SQLite makes the log with the first read.
    db.prepare('SELECT count(*) FROM sqlite_master').get();
    this.#file = hold(file);
    this.#log = statsOf(`${file}-wal`) === null ? null : hold(`${file}-wal`);
    this.#size = fstatSync(this.#file.handle, { bigint: true }).size;
  }

  /** Null if all is well. Else why the bot must stop; what was in the file has been saved if that was possible. */
  check(): StoreError | null {
    if (this.#lost !== null) return this.#lost;
    if (!isInPlace(this.#file) || !isInPlace(this.#log)) this.#lost = new StoreError(this.#save());
    else if (!this.#isIntact()) this.#lost = new StoreError(overwritten(this.#file.path));
    return this.#lost;
  }

  /** A file that shrinks was vacuumed by another program, or overwritten. Only the second one does harm. */
  #isIntact(): boolean {
    const { size } = fstatSync(this.#file.handle, { bigint: true });
    const isChecked = size >= this.#size || passesCheck(this.#file.path);
    if (isChecked) this.#size = size;
    return isChecked;
  }

  /** Call after the database was closed. */
  close(): void {
    for (const held of [this.#file, this.#log]) if (held !== null) closeSync(held.handle);
  }

  /** @returns what happened and what to do */
  #save(): string {
    const { path } = this.#file;
    const there = statsOf(path);
    const happened = `${path} was ${there === null ? 'deleted or moved' : 'replaced'}`;
    try {
      const saved = this.#copy();
      // With the log of another database beside it, SQLite would damage whatever is at this path when it opens it.
      for (const suffix of ['-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
      if (there !== null) {
        return `${happened} while the bot was using it, so the bot stopped. Everything recorded until then is in ${saved}. Decide which file to keep at ${path}, then start the bot again.`;
      }
      renameSync(saved, path);
      return `${happened} while the bot was using it. The bot wrote it again, with everything in it, and stopped. Start it again.`;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return `${happened} while the bot was using it, so the bot stopped. It could not save what was in it (${why}). Restore a backup, then start the bot again.`;
    }
  }

  /** Writes everything into a new file beside the database. */
  #copy(): string {
    const { path } = this.#file;
    mkdirSync(dirname(path), { recursive: true });
    for (let i = 1; ; i++) {
      const saved = `${path}.saved-${i}`;
      try {
        closeSync(openSync(saved, 'wx', 0o600));
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'EEXIST') continue;
        throw error;
      }
      this.#db.exec(`VACUUM INTO '${saved.replaceAll("'", "''")}'`);
      return saved;
    }
  }
}

const overwritten = (path: string): string =>
  `${path} was overwritten while the bot was using it, so the bot stopped. Restore a backup, then start the bot again.`;

function hold(path: string): Held {
  return { path, handle: openSync(path, 'r') };
}

function isInPlace(held: Held | null): boolean {
  if (held === null) return true;
  const there = statsOf(held.path);
  return there !== null && isSame(there, fstatSync(held.handle, { bigint: true }));
}

/** Checks with a new connection, because the bot's own has pages in memory. */
function passesCheck(path: string): boolean {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { readOnly: true });
    // An empty file passes SQLite's own check.
    return (
      schemaVersion(db) === newestSchema() && db.prepare('PRAGMA quick_check(1)').get()?.quick_check === 'ok'
    );
  } catch {
    return false;
  } finally {
    db?.close();
  }
}

const isSame = (a: BigIntStats, b: BigIntStats): boolean => a.dev === b.dev && a.ino === b.ino;

/** Null if there is no such file. */
function statsOf(path: string): BigIntStats | null {
  return statSync(path, { bigint: true, throwIfNoEntry: false }) ?? null;
}
