import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'vitest';
import { checkMessage } from '../../packages/local-slack/rules/limits.ts';
import { loadRubric } from '../../src/advice/rubric/rubric.ts';
import { cardMessage } from '../../src/features/card/message.ts';
import { reasoningMessage } from '../../src/features/card/reasoning-message.ts';
import type { Store } from '../../src/store/store.ts';
import { temporaryFolder } from '../support/folder.ts';
import { NOW } from './draft.ts';

const rubric = loadRubric();

const OPEN = { tenant: 'T1', decision: 'fixture1' };
const DECIDED = { tenant: 'T1', decision: 'fixture2' };
const PAGE = { viewer: 'U1', words: [], offset: 0, limit: 10 };
const FIXTURES = new URL('./fixtures/', import.meta.url);

/** Rows that people could have created in each version. */
const ROWS: Readonly<Record<string, Readonly<Record<string, string | number | null>>[]>> = {
  votes: [
    {
      tenant: 'T1',
      decision: 'fixture1',
      person: 'U8',
      choice: 'both',
      reason: 'Ünïcode',
      round: 1,
      cast_at: NOW,
    },
    {
      tenant: 'T1',
      decision: 'fixture1',
      person: 'U9',
      choice: 'django',
      reason: null,
      round: 1,
      cast_at: NOW,
    },
  ],
  own_answers: [
    {
      tenant: 'T1',
      decision: 'fixture1',
      person: 'U8',
      answers: '{"size":"grow"}',
      round: 1,
      answered_at: NOW,
    },
  ],
  homes: [{ tenant: 'T1', person: 'U8' }],
  records: [
    {
      tenant: 'T1',
      decision: 'fixture2',
      number: 1,
      outcome: 'both',
      rationale: 'As it was then',
      revisit: '2027-05-24',
      decided_by: 'U1',
      decided_at: NOW,
    },
  ],
  record_numbers: [{ tenant: 'T1', channel: 'C1', last: 1 }],
  deliveries: [{ tenant: 'T1', id: 'mention C1 1.1', taken_at: NOW }],
  inbox: [{ id: 'Ev1', tenant: 'T1', body: '{"event":{}}', due_at: NOW }],
};

/** Creates a database as that version left it: the fixture's rows, and rows that people may have added since. */
export function databaseOf(version: number): string {
  const path = join(temporaryFolder(), 'bot.db');
  copyFileSync(new URL(`schema-${version}.db`, FIXTURES), path);
  if (version === 0) return path;
  const db = new DatabaseSync(path);
  for (const table of ['decisions', 'deciders', 'rounds', 'posts']) copyRows(db, table, version);
  for (const [table, rows] of Object.entries(ROWS)) {
    const isThere = db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").get(table);
    for (const row of isThere ? rows : []) insert(db, table, row);
  }
  db.close();
  return path;
}

/** Copies a table's rows to a second decision. It is decided if that version supports it. */
function copyRows(db: DatabaseSync, table: string, version: number): void {
  const id = table === 'decisions' ? 'id' : 'decision';
  for (const row of db.prepare(`SELECT * FROM ${table}`).all()) {
    const decided = { submission: 'V2', status: version >= 6 ? 'decided' : 'open' };
    insert(db, table, { ...row, [id]: 'fixture2', ...(table === 'decisions' ? decided : {}) });
  }
}

function insert(db: DatabaseSync, table: string, row: Readonly<Record<string, unknown>>): void {
  const values = Object.values(row).map((value) =>
    typeof value === 'number' ? value : value === null ? null : String(value),
  );
  const columns = Object.keys(row).map((name) => `"${name}"`);
  db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${values.map(() => '?').join(', ')})`).run(
    ...values,
  );
}

/** Expects that a store on this database finds all rows, and that every action works on them. */
export async function expectUsable(store: Store, version: number): Promise<void> {
  const found = await store.decisions.listInChannel('T1', 'C1', PAGE);
  expect(found.map(({ decision }) => [decision.id, decision.project, decision.status]).sort()).toEqual([
    ['fixture1', 'Billing portal', 'open'],
    ['fixture2', 'Billing portal', version >= 6 ? 'decided' : 'open'],
  ]);
  const before = await store.discussions.get(OPEN);
  if (version >= 5) {
    expect(before?.votes).toMatchObject([
      { person: 'U8', choice: 'both', reason: 'Ünïcode' },
      { person: 'U9', choice: 'django', reason: null },
    ]);
    expect(before?.ownAnswers).toMatchObject([{ person: 'U8', answers: { size: 'grow' } }]);
  }
  await expectDrawn(
    store,
    'fixture1',
    version >= 5 ? /^Vote\. Django 1: <@U9>\. Both 1: <@U8> “\u2068Ünïcode\u2069”\.$/m : /Billing portal/,
  );

  expect((await store.discussions.vote(OPEN, 'U7', 'flask', NOW)).kind).toBe('recorded');
  expect((await store.discussions.answer(OPEN, 'U7', { size: 'large' }, NOW)).kind).toBe('recorded');
  if (version >= 5) expect((await store.discussions.withdraw(OPEN, 'U9', NOW)).kind).toBe('recorded');
  const outcome = { outcome: 'flask', rationale: 'Small', revisit: null, revisitAt: null, by: 'U1' } as const;
  expect(await store.records.decide(OPEN, outcome, NOW)).toBe('done');
  expect(await store.cardUpdates.claim(NOW, NOW + 1, { burst: 9, msPerCall: 1 }, [])).toMatchObject(OPEN);
  expect(await store.discussions.get(OPEN)).toMatchObject({
    decision: { status: 'decided' },
    // A number that was used before isn't used again.
    record: { outcome: 'flask', rationale: 'Small', number: version >= 6 ? 2 : 1 },
  });
  await expectDrawn(store, 'fixture1', /: Flask, decided\.$/m);
  if (version >= 6) {
    await expectDrawn(store, 'fixture2', /: both, decided\.$/m);
    expect(await store.records.reopen(DECIDED, 'U1', NOW)).toBe('done');
    expect(await store.records.decide(DECIDED, outcome, NOW)).toBe('done');
    expect((await store.discussions.get(DECIDED))?.record?.number).toBe(1);
  }
  if (version >= 7) expect(await store.deliveries.take('T1', 'mention C1 1.1', NOW)).toBe(false);
  if (version >= 8)
    expect(await store.inbox.claim(NOW, NOW + 1)).toMatchObject({ id: 'Ev1', body: { event: {} } });
  expect(await store.records.remove(DECIDED, NOW)).toBe('done');
}

/** Expects that the current version can render the decision's card and reasoning. */
async function expectDrawn(store: Store, decision: string, shown: RegExp): Promise<void> {
  const discussion = await store.discussions.get({ ...OPEN, decision });
  if (!discussion) throw new Error(`${decision} is gone`);
  for (const message of [cardMessage(rubric, discussion), reasoningMessage(rubric, discussion.decision)]) {
    expect(checkMessage(message)).toEqual([]);
  }
  expect(cardMessage(rubric, discussion).text).toMatch(shown);
}
