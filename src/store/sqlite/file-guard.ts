// Notices when the database file is deleted, moved or replaced while the bot uses it, and saves its contents.
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
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../store.ts';
import { newestSqliteSchema, schemaVersion } from './open-file.ts';

/** How often the file is checked while nothing is written. */
export const FILE_CHECK_EVERY_MS = 2_000;

const STOPPED = 'while the bot was using it, so the bot stopped.';

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
  /** Absolute form of the path in DATABASE_URL. Links in it may later lead to another file. */
  readonly #path: string;
  readonly #file: Held;
  /** The write-ahead log; null without WAL mode, which some file systems don't support. */
  readonly #log: Held | null;
  /** Size of the database file in bytes, when it was last known to be intact. */
  #size: bigint;
  #lost: StoreError | null = null;

  /**
   * @param db in WAL mode, with all changes so far committed
   * @param path as in DATABASE_URL
   * @param file `path` with links resolved
   */
  constructor(db: DatabaseSync, path: string, file: string) {
    this.#db = db;
    this.#path = resolve(path);
    // SQLite creates the log on the first read.
    db.prepare('SELECT count(*) FROM sqlite_master').get();
    this.#file = hold(file);
    this.#log = statsOf(`${file}-wal`) === null ? null : hold(`${file}-wal`);
    this.#size = fstatSync(this.#file.handle, { bigint: true }).size;
  }

  /** Returns null if all is well, else the reason why the bot must stop, after saving the data if possible. */
  check(): StoreError | null {
    if (this.#lost !== null) return this.#lost;
    if (!isAt(this.#file.path, this.#file) || !isInPlace(this.#log))
      this.#lost = new StoreError(this.#save());
    else if (!this.#isIntact()) {
      this.#lost = new StoreError(
        `${this.#path} was overwritten ${STOPPED} Restore a backup, then start the bot again.`,
      );
    } else if (!isAt(this.#path, this.#file)) {
      this.#lost = new StoreError(
        `${this.#path} leads to another file now, so the bot stopped. Everything recorded until then is in ${this.#file.path}. Decide which file to use, then start the bot again.`,
      );
    }
    return this.#lost;
  }

  /** Call after the database was closed. */
  close(): void {
    for (const held of [this.#file, this.#log]) if (held !== null) closeSync(held.handle);
  }

  /** A file shrinks if another program vacuums or overwrites it. Only overwriting does harm. */
  #isIntact(): boolean {
    const { size } = fstatSync(this.#file.handle, { bigint: true });
    const isChecked = size >= this.#size || isSameDatabase(this.#db, this.#file.path);
    if (isChecked) this.#size = size;
    return isChecked;
  }

  /** Saves the data. @returns a message for the operator */
  #save(): string {
    const { path } = this.#file;
    const there = statsOf(path);
    const isOurs = there !== null && isAt(path, this.#file);
    const happened = isOurs
      ? `The log of ${path} was deleted`
      : `${path} was ${there === null ? 'deleted or moved' : 'replaced'}`;
    let saved: string;
    try {
      saved = this.#copy();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return `${happened} ${STOPPED} The bot couldn't save what was in it (${why}). Restore a backup, then start the bot again.`;
    }
    // SQLite would apply the bot's log to another database at the same path, so delete it.
    const log = statsOf(`${path}-wal`);
    const hasOtherLog = log !== null && (this.#log === null || !isInPlace(this.#log));
    if (log !== null && !hasOtherLog) {
      for (const suffix of ['-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
    }
    const hasOther = hasOtherLog || (there !== null && !isOurs);
    if (!hasOther && dirname(saved) === dirname(path)) {
      renameSync(saved, path);
      return `${happened} while the bot was using it. The bot wrote it again, with everything in it, and stopped. Start it again.`;
    }
    return `${happened} ${STOPPED} Everything recorded until then is in ${saved}. Decide which file to keep at ${path}, then start the bot again.`;
  }

  /** Writes everything to a new file: beside the database, or elsewhere if that fails. */
  #copy(): string {
    const { path } = this.#file;
    let problem: unknown;
    for (const folder of [dirname(path), process.cwd(), tmpdir()]) {
      try {
        mkdirSync(folder, { recursive: true });
        const saved = newFile(join(folder, `${basename(path)}.saved`));
        this.#db.exec(`VACUUM INTO '${saved.replaceAll("'", "''")}'`);
        return saved;
      } catch (error) {
        problem ??= error;
      }
    }
    throw problem;
  }
}

function hold(path: string): Held {
  return { path, handle: openSync(path, 'r') };
}

const isInPlace = (held: Held | null): boolean => held === null || isAt(held.path, held);

/** True if the path leads to the file that is open. */
function isAt(path: string, { handle }: Held): boolean {
  const there = statsOf(path);
  const open = fstatSync(handle, { bigint: true });
  return there !== null && there.dev === open.dev && there.ino === open.ino;
}

/** Creates an empty file that only this user can read. @returns its path: the given one with a number */
function newFile(path: string): string {
  for (let i = 1; ; i++) {
    try {
      closeSync(openSync(`${path}-${i}`, 'wx', 0o600));
      return `${path}-${i}`;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}

/** Compares what a new connection reads with what the bot's own connection reads, which has pages in memory. */
function isSameDatabase(own: DatabaseSync, path: string): boolean {
  const rows = 'SELECT (SELECT count(*) FROM decisions) AS decisions, (SELECT count(*) FROM votes) AS votes';
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { readOnly: true });
    // An empty file passes SQLite's own check.
    if (schemaVersion(db) !== newestSqliteSchema()) return false;
    if (db.prepare('PRAGMA quick_check(1)').get()?.quick_check !== 'ok') return false;
    return JSON.stringify(db.prepare(rows).get()) === JSON.stringify(own.prepare(rows).get());
  } catch {
    return false;
  } finally {
    db?.close();
  }
}

/** Returns null if there is no such file, or if this process may not see it. */
function statsOf(path: string): BigIntStats | null {
  try {
    return statSync(path, { bigint: true });
  } catch {
    return null;
  }
}
