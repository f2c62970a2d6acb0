import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { type Store, StoreError } from '../../../src/store/store.ts';
import { openInThread } from '../../../src/store/thread/open.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { storeContract } from '../contract.ts';
import { counted, draft, NOW } from '../draft.ts';
import { workspacesContract } from '../workspaces-contract.ts';

const COUNTING = new URL('./counting-thread.ts', import.meta.url);
const DYING = new URL('./dying-thread.ts', import.meta.url);
const KEY = { tenant: 'T1', decision: 'd1' };

const newFile = (): string => join(temporaryFolder(), 'bot.db');

/** Opens a store in a thread, and records the reason each time the thread dies. */
async function open(database: string, program = COUNTING): Promise<{ store: Store; deaths: StoreError[] }> {
  const deaths: StoreError[] = [];
  const store = await openInThread({
    thread: new Worker(program),
    database,
    onDeath: (why) => deaths.push(why),
  });
  onTestFinished(() => store.close());
  return { store, deaths };
}

describe('the store in a thread of its own', () => {
  const path = join(temporaryFolder(afterAll), 'bot.db');
  let store: Store;
  beforeAll(async () => {
    store = await openInThread({ thread: new Worker(COUNTING), database: path, onDeath: () => {} });
  });
  afterAll(() => store.close());
  // All tests share one thread, because starting it takes longer than a test.
  const emptied = async (): Promise<Store> => {
    empty(path);
    return store;
  };
  storeContract(emptied);
  workspacesContract(emptied);
});

function empty(path: string): void {
  const db = new DatabaseSync(path);
  db.exec('PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE');
  for (const { name } of db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()) {
    db.exec(`DELETE FROM "${String(name)}"`);
  }
  db.exec('COMMIT');
  db.close();
}

describe('between the threads', () => {
  it('reaches every call of the store', async () => {
    const namesIn = (store: Store): unknown =>
      Object.entries(store)
        .map(([name, calls]) => [name, typeof calls === 'object' ? Object.keys(calls).sort() : typeof calls])
        .sort();
    const direct = openSqliteStore(newFile(), counted);
    onTestFinished(direct.close);
    const { store } = await open(newFile());
    expect(namesIn(store)).toEqual(namesIn(direct));
  });

  it('runs calls of the same moment in order', async () => {
    const { store } = await open(newFile());
    const said = await Promise.all([
      store.decisions.submit(draft()),
      store.discussions.vote(KEY, 'U1', 'django', NOW),
      store.discussions.vote(KEY, 'U1', 'flask', NOW + 1),
      store.discussions.vote(KEY, 'U1', 'flask', NOW + 2),
      store.discussions.withdraw(KEY, 'U1', NOW + 3),
    ]);
    expect(said.map(({ kind }) => kind)).toEqual(['created', 'recorded', 'recorded', 'same', 'recorded']);
  });

  it('passes on the database’s error, and only to the call that failed', async () => {
    const path = newFile();
    const { store } = await open(path);
    await store.decisions.submit(draft());
    const other = new DatabaseSync(path);
    other.exec(
      "CREATE TRIGGER refused BEFORE INSERT ON votes WHEN new.person = 'U13' BEGIN SELECT raise(ABORT, 'no'); END",
    );
    other.close();
    const [failed, done] = await Promise.allSettled([
      store.discussions.vote(KEY, 'U13', 'django', NOW),
      store.discussions.vote(KEY, 'U14', 'django', NOW),
    ]);
    expect(done.status).toBe('fulfilled');
    expect(failed).toMatchObject({ reason: { message: 'no', code: 'ERR_SQLITE_ERROR', errcode: 1811 } });
    expect((await store.discussions.get(KEY))?.votes.map(({ person }) => person)).toEqual(['U14']);
  });

  it('fails only the call that can’t be sent', async () => {
    const { store } = await open(newFile());
    const unsendable = Object.assign(draft({ id: 'd2', submission: 'V2' }), { oops: () => {} });
    const [failed, done] = await Promise.allSettled([
      store.decisions.submit(unsendable),
      store.decisions.submit(draft()),
    ]);
    expect([failed.status, done.status]).toEqual(['rejected', 'fulfilled']);
  });
});

describe('a file that cannot be used', () => {
  it('is refused in the same words as without a thread', async () => {
    const path = newFile();
    writeFileSync(path, 'no database, but long enough to be taken for one. '.repeat(90));
    const refusal = await open(path).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(StoreError);
    expect(refusal).toMatchObject({ message: expect.stringMatching(/damaged or not an SQLite file/) });
  });

  it('is refused while another bot has it open', async () => {
    const path = newFile();
    const { store } = await open(path);
    await expect(open(path)).rejects.toThrow(/in use by another running bot/);
    await store.close();
    await open(path);
  });
});

describe('the end of the thread', () => {
  it('comes after the pending calls', async () => {
    const path = newFile();
    const { store, deaths } = await open(path);
    const submitted = store.decisions.submit(draft());
    const voted = store.discussions.vote(KEY, 'U1', 'django', NOW);
    await store.close();
    expect([(await submitted).kind, (await voted).kind]).toEqual(['created', 'recorded']);
    await expect(store.ping()).rejects.toThrow('The database is closed.');
    expect(deaths).toEqual([]);
    const again = await open(path);
    expect((await again.store.discussions.get(KEY))?.votes).toHaveLength(1);
  });

  it('reports an early death, and fails all pending calls', async () => {
    const path = newFile();
    const { store, deaths } = await open(path, DYING);
    await store.decisions.submit(draft());
    const waiting = await Promise.allSettled([
      store.discussions.vote(KEY, 'U1', 'django', NOW),
      store.discussions.vote(KEY, 'U2', 'django', NOW),
    ]);
    const why =
      'The database thread ended: out of its mind. Everything that the bot confirmed to people is on disk. Start the bot again.';
    for (const each of waiting) expect(each).toMatchObject({ status: 'rejected', reason: { message: why } });
    await expect(store.ping()).rejects.toThrow(why);
    expect(deaths.map(({ message }) => message)).toEqual([why]);
    // Changes that were confirmed before are still there.
    expect((await (await open(path)).store.decisions.get('T1', 'd1'))?.project).toBe('Billing portal');
  });
});
