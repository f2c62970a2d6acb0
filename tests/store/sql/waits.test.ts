// Every stored time is known, and a clock that was ahead makes the bot wait for none of them.
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { createStore } from '../../../src/store/sql/create-store.ts';
import { sqliteDatabase } from '../../../src/store/sqlite/database.ts';
import { openSqlite } from '../../../src/store/sqlite/open-file.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { counted, draft, NOW } from '../draft.ts';
import { fill } from '../filled.ts';

const NO_WAIT = { first: 0, retry: 0, inbox: 0, budget: 0, erase: 0 };
const AHEAD = [1, 280_000, 30 * 86_400_000];

/**
 * Columns that hold a time. `waited for`: the bot does something only then. `history`: shown, counted or compared with
 * the past. `picked`: a day that people chose.
 */
const TIMES: Readonly<Record<string, 'waited for' | 'history' | 'picked'>> = {
  'card_updates.due_at': 'waited for',
  'card_updates.unseen_since': 'history',
  'decisions.created_at': 'history',
  'decisions.vote_until': 'picked',
  'deliveries.taken_at': 'history',
  'departures.erase_at': 'waited for',
  'departures.left_at': 'waited for',
  'inbox.due_at': 'waited for',
  'installations.expires_at': 'waited for',
  'installations.installed_at': 'history',
  'installations.renewing_until': 'waited for',
  'own_answers.answered_at': 'history',
  'posts.again_at': 'waited for',
  'posts.due_at': 'waited for',
  'posts.sent_at': 'waited for',
  'posts.wanted_at': 'history',
  'records.decided_at': 'history',
  'records.reopened_at': 'history',
  'records.revisit_at': 'picked',
  'rounds.asked_at': 'history',
  'update_budgets.spent_until': 'waited for',
  'votes.cast_at': 'history',
};

async function filled(): Promise<{ db: DatabaseSync; store: ReturnType<typeof createStore> }> {
  const { db, close } = openSqlite(join(temporaryFolder(), 'bot.db'));
  const store = createStore(sqliteDatabase(db, close), { alone: true, pool: () => null, groupOf: counted });
  onTestFinished(() => store.close());
  await fill(store, 'T1');
  await store.inbox.put({ id: 'Ev1', tenant: 'T1', body: {} }, NOW);
  await store.tenants.leave('T9', NOW, NOW, NOW);
  return { db, store };
}

it('every column with a time is listed above', async () => {
  const { db } = await filled();
  const columns = db
    .prepare(
      `SELECT t.name || '.' || c.name AS name FROM sqlite_master t, pragma_table_info(t.name) c
       WHERE t.type = 'table' AND c.type = 'INTEGER'`,
    )
    .all()
    .map(({ name }) => String(name));
  const times = columns.filter((name) => /_(at|until|since)$/.test(name));
  expect(times.sort()).toEqual(Object.keys(TIMES).sort());
});

/** Waits that are never cut shorter, in milliseconds: the rest of a token's life, and a claim on its renewal. */
const USUAL: Readonly<Record<string, number>> = {
  'installations.expires_at': 3_600_000,
  'installations.renewing_until': 20_000,
};

const WAITED_FOR = Object.keys(TIMES).filter((name) => TIMES[name] === 'waited for');

it.each(WAITED_FOR)(
  '%s: a time that is too late is now, after a first attempt and a later one',
  async (name) => {
    const { db, store } = await filled();
    const [table = '', column = ''] = name.split('.');
    const attempts = ['card_updates', 'posts', 'inbox'].includes(table) ? [0, 1] : [null];
    // Only a post that was sent has these two columns set.
    const state = ['posts.again_at', 'posts.sent_at'].includes(name) ? 'sent' : 'wanted';
    for (const ahead of AHEAD) {
      for (const tried of attempts) {
        const at = NOW + ahead + (name === 'installations.expires_at' ? 86_400_000 : 0);
        const more = tried === null ? '' : `, attempts = ${tried}`;
        const sent = table === 'posts' ? `, state = '${state}'` : '';
        db.exec(`UPDATE ${table} SET ${column} = ${at}${more}${sent}`);
        await store.waits.shorten(NOW, NO_WAIT);
        const picked = name === 'posts.again_at' || (name === 'posts.due_at' && tried === 0);
        const where = picked ? ` WHERE kind NOT IN ('deadline', 'deadline_soon')` : '';
        const { latest } = db.prepare(`SELECT max(${column}) AS latest FROM ${table}${where}`).get() ?? {};
        expect(Number(latest)).toBeLessThanOrEqual(NOW + (USUAL[name] ?? 0));
      }
    }
  },
);

it('days that people picked stay, and so do waits of normal length', async () => {
  const { db, store } = await filled();
  db.exec(
    `UPDATE posts SET state = 'wanted', attempts = 0, due_at = ${NOW + 86_400_000} WHERE kind = 'deadline'`,
  );
  db.exec(`UPDATE posts SET state = 'wanted', attempts = 3, due_at = ${NOW + 300_000} WHERE kind = 'card'`);
  db.exec(`UPDATE inbox SET attempts = 1, due_at = ${NOW + 60_000}`);
  const dump = () =>
    ['posts', 'inbox', 'decisions', 'records'].map((table) => db.prepare(`SELECT * FROM ${table}`).all());
  const before = dump();
  await store.waits.shorten(NOW, {
    first: 70_000,
    retry: 600_000,
    inbox: 360_000,
    budget: 100_000,
    erase: 0,
  });
  expect(dump()).toEqual(before);
});

it('data of a workspace that left is erased no sooner than if it had left now', async () => {
  const { store } = await filled();
  await store.tenants.leave('T2', NOW, NOW, NOW + 999_999_999);
  await store.waits.shorten(NOW, { ...NO_WAIT, erase: 5_000 });
  expect(await store.tenants.listToErase(NOW + 4_999, 10)).toEqual(['T9']);
  expect(await store.tenants.listToErase(NOW + 5_000, 10)).toEqual(['T9', 'T2']);
});

it('a wait that Slack asked for ends with one call, not with a burst', async () => {
  const { store } = await filled();
  const limits = { burst: 3, msPerCall: 1_000 };
  const budget = (limits.burst - 1) * limits.msPerCall;
  await store.posts.markPosted({ tenant: 'T1', decision: 'd2', kind: 'card' }, '1.3', NOW);
  for (const decision of ['d1', 'd2']) await store.cardUpdates.markStale({ tenant: 'T1', decision }, NOW);
  await store.cardUpdates.blockUntil('T1', NOW + 30_000, limits);
  expect(await store.cardUpdates.claim(NOW, NOW + 1, limits, [])).toBeNull();
  await store.waits.shorten(NOW, { ...NO_WAIT, budget });
  expect(await store.cardUpdates.claim(NOW, NOW + 1, limits, [])).not.toBeNull();
  expect(await store.cardUpdates.claim(NOW, NOW + 1, limits, [])).toBeNull();
});

it('a card that was updated by a clock that was ahead changes again at once', async () => {
  const { store } = await filled();
  const key = { tenant: 'T1', decision: 'd1' };
  const limits = { burst: 9, msPerCall: 1 };
  const later = NOW + 280_000;
  await store.discussions.vote(key, 'U7', 'flask', later);
  const stale = await store.cardUpdates.claim(later, later + 1, limits, []);
  if (!stale) throw new Error('nothing is due');
  await store.cardUpdates.markShown(stale, later, later + 1_000);
  await store.waits.shorten(NOW, NO_WAIT);
  await store.discussions.vote(key, 'U8', 'flask', NOW);
  expect(await store.cardUpdates.claim(NOW + 1_000, NOW + 1_001, limits, [])).toMatchObject(key);
});

it('a file that was exported by a clock that was ahead can be exported again', async () => {
  const { store } = await filled();
  await store.decisions.submit(draft({ id: 'd9', submission: 'V9' }));
  const key = { tenant: 'T1', decision: 'd9' };
  await store.records.decide(
    key,
    { outcome: 'flask', rationale: '', revisit: null, revisitAt: null, by: 'U1' },
    NOW + 280_000,
  );
  expect(await store.records.exportFile(key, NOW)).toBe('done');
});
