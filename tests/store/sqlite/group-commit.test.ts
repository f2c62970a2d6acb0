import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Database, defineQuery, execute, queryAll, type Work } from '../../../src/store/sql/work.ts';
import { sqliteDatabase } from '../../../src/store/sqlite/database.ts';
import { openSqlite } from '../../../src/store/sqlite/open-file.ts';
import { temporaryFolder } from '../../support/folder.ts';

const PEOPLE = defineQuery('SELECT person FROM homes ORDER BY person', ({ person }) => person);
const INSERT = 'INSERT INTO homes (tenant, person) VALUES (:tenant, :person)';

function* open(person: string): Work<string> {
  yield* execute(INSERT, { tenant: 'T1', person });
  return person;
}

interface Opened {
  readonly db: Database;
  readonly file: DatabaseSync;
  /** Records the transaction statements, in order. */
  readonly said: string[];
  people(): Promise<unknown[]>;
}

function opened(): Opened {
  const { db: file, close } = openSqlite(join(temporaryFolder(), 'bot.db'));
  const db = sqliteDatabase(file, close);
  onTestFinished(() => db.close());
  const said: string[] = [];
  const exec = file.exec.bind(file);
  vi.spyOn(file, 'exec').mockImplementation((sql) => {
    if (/^(BEGIN|COMMIT|ROLLBACK$)/.test(sql)) said.push(sql);
    exec(sql);
  });
  return { db, file, said, people: () => db.read(() => queryAll(PEOPLE, {})) };
}

describe('writes that wait at the same moment', () => {
  it('go to disk in one transaction, in the order in which they came', async () => {
    const { db, said, people } = opened();
    const order: string[] = [];
    const names = ['U1', 'U2', 'U3', 'U4'];
    await Promise.all(
      names.map(async (name, i) => {
        // `write` and `transaction` join the same group.
        const result = i % 2 === 0 ? db.write(() => open(name)) : db.transaction('x', () => open(name));
        order.push(await result);
      }),
    );
    expect(order).toEqual(names);
    expect(said).toEqual(['BEGIN IMMEDIATE', 'COMMIT']);
    expect(await people()).toEqual(names);
  });

  it('are not confirmed before they are on disk', async () => {
    const { db, said } = opened();
    const work = Promise.all([db.write(() => open('U1')), db.write(() => open('U2'))]);
    const confirmed = work.then(() => said.push('confirmed'));
    await confirmed;
    expect(said).toEqual(['BEGIN IMMEDIATE', 'COMMIT', 'confirmed']);
  });

  it('do not suffer from one of them that fails, and nothing of that one stays', async () => {
    const { db, said, people } = opened();
    const failing = (name: string) =>
      db.transaction('x', function* () {
        yield* open(name);
        yield* execute('INSERT INTO homes (tenant, person) VALUES (NULL, :person)', { person: 'nobody' });
      });
    const ended = await Promise.allSettled([
      db.write(() => open('U1')),
      failing('U2'),
      db.write(() => open('U3')),
      db.transaction('x', function* (): Work<void> {
        yield* open('U4');
        throw new Error('thought better of it');
      }),
      db.write(() => open('U5')),
    ]);
    expect(ended.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(said).toEqual(['BEGIN IMMEDIATE', 'COMMIT']);
    expect(await people()).toEqual(['U1', 'U3', 'U5']);
  });

  it('each see what those before them wrote', async () => {
    const { db } = opened();
    const count = defineQuery('SELECT count(*) AS n FROM homes', ({ n }) => n);
    const counted = await Promise.all(
      ['U1', 'U2', 'U3'].map((name) =>
        db.transaction('x', function* () {
          yield* open(name);
          return (yield* queryAll(count, {}))[0];
        }),
      ),
    );
    expect(counted).toEqual([1, 2, 3]);
  });

  it('all fail where the disk is full, with the reason, and what comes later does not', async () => {
    const { db, file, people } = opened();
    await db.write(() => open('before'));
    const pages = Number(file.prepare('PRAGMA page_count').get()?.page_count);
    file.exec(`PRAGMA max_page_count = ${pages}`);
    const long = 'U'.repeat(10_000);
    const ended = await Promise.allSettled(
      [`1${long}`, `2${long}`, `3${long}`].map((name) => db.write(() => open(name))),
    );
    expect(ended.map((one) => one.status === 'rejected' && String(one.reason))).toEqual(
      Array(3).fill(expect.stringContaining('full')),
    );
    file.exec('PRAGMA max_page_count = 1000000');
    await db.write(() => open('later'));
    expect(await people()).toEqual(['before', 'later']);
  });

  it('all fail where the file cannot be written at all; each hears of it', async () => {
    const { db, file } = opened();
    file.exec('PRAGMA query_only = ON');
    const ended = await Promise.allSettled([db.write(() => open('U1')), db.write(() => open('U2'))]);
    expect(ended.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('are written when the store is closed in the same moment', async () => {
    const path = join(temporaryFolder(), 'bot.db');
    const { db: file, close } = openSqlite(path);
    const db = sqliteDatabase(file, close);
    const written = db.write(() => open('U1'));
    await db.close();
    expect(await written).toBe('U1');
    const again = openSqlite(path);
    expect(again.db.prepare('SELECT person FROM homes').all()).toEqual([{ person: 'U1' }]);
    again.close();
  });

  it('that come after the end are refused, not forgotten', async () => {
    const { db } = opened();
    await db.close();
    await expect(db.write(() => open('U1'))).rejects.toThrow(/not open/);
  });
});

describe('a read', () => {
  it('changes nothing, since nobody would wait for that to be on disk', async () => {
    const { db } = opened();
    await expect(db.read(() => open('U1'))).rejects.toThrow(/a read that changes something/);
  });

  it('needs a value for each place', async () => {
    const { db } = opened();
    await expect(db.write(() => execute(INSERT, { tenant: 'T1' }))).rejects.toThrow('no value for :person');
  });
});
