import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { openSqlite, schemaVersion, toStoreError } from '../../../src/store/sqlite/open-file.ts';
import { StoreError } from '../../../src/store/store.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { storeContract } from '../contract.ts';
import { counted, draft } from '../draft.ts';
import { databaseOf, expectUsable } from '../earlier.ts';
import { isolationContract } from '../isolation-contract.ts';
import { workspacesContract } from '../workspaces-contract.ts';

const NEWEST = readdirSync(new URL('../../../src/store/sqlite/migrations/', import.meta.url)).length;
const FIXTURES = new URL('../fixtures/', import.meta.url);

/** Returns a database's schema and rows. */
function contentOf(path: string): unknown {
  const db = new DatabaseSync(path);
  const tables = db.prepare('SELECT name, sql FROM sqlite_master ORDER BY name').all();
  const rows = tables
    .filter(({ sql }) => String(sql).startsWith('CREATE TABLE'))
    .map(({ name }) => db.prepare(`SELECT * FROM "${String(name)}"`).all());
  const version = schemaVersion(db);
  db.close();
  return { version, tables, rows };
}

function open(path: string) {
  const store = openSqliteStore(path, counted);
  onTestFinished(() => store.close());
  return store;
}

describe('the store on SQLite', () => {
  storeContract(async () => open(join(temporaryFolder(), 'bot.db')));
  workspacesContract(async () => open(join(temporaryFolder(), 'bot.db')));
  isolationContract(async () => {
    const path = join(temporaryFolder(), 'bot.db');
    const store = open(path);
    const db = new DatabaseSync(path, { readOnly: true });
    onTestFinished(() => db.close());
    return { store, rows: async (sql, tenant) => db.prepare(sql).all({ $1: tenant }) };
  });
});

describe('opening the file', () => {
  it('makes its folder, and every commit durable', () => {
    const path = join(temporaryFolder(), 'new', 'folder', 'bot.db');
    const { db, close } = openSqlite(path);
    expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(db.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
    expect(schemaVersion(db)).toBe(NEWEST);
    close();
  });

  it('refuses a file that another bot uses, and frees it when closed', async () => {
    const path = join(temporaryFolder(), 'bot.db');
    const first = openSqliteStore(path, counted);
    expect(() => openSqliteStore(path, counted)).toThrow(/in use by another running bot\. Stop that one/);
    await first.close();
    open(path);
  });

  it('lets others read while it runs', () => {
    const path = join(temporaryFolder(), 'bot.db');
    open(path);
    const reader = new DatabaseSync(path, { readOnly: true });
    expect(reader.prepare('SELECT count(*) AS n FROM decisions').get()).toEqual({ n: 0 });
    reader.close();
  });

  it('refuses a schema from the future and leaves the file as it is', () => {
    const path = join(temporaryFolder(), 'bot.db');
    const { db, close } = openSqlite(path);
    db.exec('PRAGMA user_version = 99');
    close();
    const before = readFileSync(path);
    expect(() => openSqliteStore(path, counted)).toThrow(/newer version of this program \(schema 99/);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('refuses a newer schema before it changes how the file is kept, too', async () => {
    const path = join(temporaryFolder(), 'bot.db');
    await openSqliteStore(path, counted).close();
    const db = new DatabaseSync(path);
    db.exec('PRAGMA journal_mode = DELETE; PRAGMA user_version = 99');
    db.close();
    const before = readFileSync(path);
    expect(() => openSqliteStore(path, counted)).toThrow(/newer version/);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('knows one file under two names', async () => {
    const folder = temporaryFolder();
    const store = openSqliteStore(join(folder, 'bot.db'), counted);
    symlinkSync(join(folder, 'bot.db'), join(folder, 'link.db'));
    expect(() => openSqliteStore(join(folder, 'link.db'), counted)).toThrow(/in use by another running bot/);
    await store.close();
  });

  it('refuses a file that is no database and leaves it as it is', () => {
    const path = join(temporaryFolder(), 'bot.db');
    writeFileSync(path, 'this is not a database, but somebody may need it. '.repeat(50));
    const before = readFileSync(path);
    expect(() => openSqliteStore(path, counted)).toThrow(/damaged or not an SQLite file/);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('refuses a database that is cut off', async () => {
    const path = join(temporaryFolder(), 'bot.db');
    await openSqliteStore(path, counted).close();
    writeFileSync(path, readFileSync(path).subarray(0, 4096 + 100));
    expect(() => openSqliteStore(path, counted)).toThrow(/damaged/);
  });

  it('refuses the database of another program', () => {
    const path = join(temporaryFolder(), 'other.db');
    const other = new DatabaseSync(path);
    other.exec('CREATE TABLE recipes (cake TEXT)');
    other.close();
    expect(() => openSqliteStore(path, counted)).toThrow(/belongs to another program/);
  });

  it('says so when the place cannot be used', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    expect(() => openSqliteStore(join(folder, 'file', 'bot.db'), counted)).toThrow(StoreError);
    mkdirSync(join(folder, 'bot.db'));
    expect(() => openSqliteStore(join(folder, 'bot.db'), counted)).toThrow(/can't write to/);
  });

  it('says so when the disk is full, and keeps what was there', async () => {
    const path = join(temporaryFolder(), 'bot.db');
    const { db, close } = openSqlite(path);
    // SQLite's limit on pages causes the same error as a full disk.
    const pages = Number(db.prepare('PRAGMA page_count').get()?.page_count);
    db.exec(`PRAGMA max_page_count = ${pages}`);
    try {
      db.exec('CREATE TABLE big AS SELECT randomblob(100000) AS x');
      expect.unreachable();
    } catch (error) {
      expect(toStoreError(error, path).message).toBe(
        `The disk of ${path} is full. Free some space and start again.`,
      );
    }
    close();
    open(path);
  });
});

describe('databases of earlier versions', () => {
  const VERSIONS = Array.from({ length: NEWEST + 1 }, (_, version) => version);

  it.each(VERSIONS)('schema %d is brought up to date and works', async (version) => {
    const store = open(databaseOf(version));
    // Schema 0 is what a file is before its first start: empty.
    if (version > 0) await expectUsable(store, version);
    else expect((await store.decisions.submit(draft())).kind).toBe('created');
  });

  it('one that could not be brought up to date is as it was, and is brought up to date later', async () => {
    const path = databaseOf(4);
    const beside = (sql: string): void => {
      const db = new DatabaseSync(path);
      db.exec(sql);
      db.close();
    };
    // The fourth missing migration fails, because its table already exists.
    beside('CREATE TABLE installations (tenant TEXT)');
    const before = contentOf(path);
    expect(() => openSqliteStore(path, counted)).toThrow(
      /can't open .*: table installations already exists\.$/,
    );
    expect(contentOf(path)).toEqual(before);
    beside('DROP TABLE installations');
    await expectUsable(open(path), 4);
  });

  it('one whose program was killed while it was brought up to date is as it was', async () => {
    const path = databaseOf(1);
    const before = contentOf(path);
    const program = `
      import { DatabaseSync } from 'node:sqlite';
      const real = DatabaseSync.prototype.function;
      // The process dies at the second row of a migration that fills a column.
      let calls = 0;
      DatabaseSync.prototype.function = function (name, options, call) {
        return real.call(this, name, options, name !== 'fold' ? call : (text) => {
          calls += 1;
          if (calls === 2) process.kill(process.pid, 'SIGKILL');
          return call(text);
        });
      };
      const { openSqlite } = await import(${JSON.stringify(new URL('../../../src/store/sqlite/open-file.ts', import.meta.url).href)});
      openSqlite(${JSON.stringify(path)});
    `;
    const ended = spawnSync(process.execPath, ['--input-type=module', '--eval', program]);
    expect(ended.signal).toBe('SIGKILL');
    expect(contentOf(path)).toEqual(before);
    await expectUsable(open(path), 1);
  });

  it('answers given again after the asker’s were edited stand for the new round', async () => {
    const path = join(temporaryFolder(), 'bot.db');
    copyFileSync(new URL('schema-5.db', FIXTURES), path);
    const store = open(path);
    const key = { tenant: 'T1', decision: 'fixture1' };
    const answer = () => store.discussions.answer(key, 'U2', { size: 'large' }, 1);
    expect(await answer()).toEqual({ kind: 'recorded' });
    const other = new DatabaseSync(path);
    other.exec(
      `INSERT INTO rounds (tenant, decision, number, answers, advice, rubric_version, asked_by, asked_at)
       SELECT tenant, decision, 2, answers, advice, rubric_version, asked_by, asked_at FROM rounds`,
    );
    other.close();
    expect(await answer()).toEqual({ kind: 'confirmed' });
    expect((await store.discussions.get(key))?.ownAnswers).toMatchObject([{ person: 'U2', round: 2 }]);
    expect(await answer()).toEqual({ kind: 'same' });
  });

  it('what was written before names were folded is found in any case', async () => {
    const path = join(temporaryFolder(), 'bot.db');
    copyFileSync(new URL('schema-1.db', FIXTURES), path);
    const old = new DatabaseSync(path);
    old.exec("UPDATE decisions SET project = 'ÜBER portal'");
    old.close();
    const page = { viewer: 'U1', words: ['über'], offset: 0, limit: 10 };
    const found = await open(path).decisions.listInChannel('T1', 'C1', page);
    expect(found.map((row) => row.decision.project)).toEqual(['ÜBER portal']);
  });

  it('there is one for every schema', () => {
    for (let version = 0; version <= NEWEST; version++) {
      expect(existsSync(new URL(`schema-${version}.db`, FIXTURES))).toBe(true);
    }
  });
});
