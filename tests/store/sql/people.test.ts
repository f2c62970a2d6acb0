// What is stored about a person: every column that can hold their id or their words.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import type { Store } from '../../../src/store/store.ts';
import { TABLES } from '../../../src/store/transfer/tables.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { ADVICE, counted, NOW } from '../draft.ts';
import { fill } from '../filled.ts';

const WHO = 'U0CANARY';
const NOTHING = { decisions: [], openedHome: false, installedApp: false, waiting: 0 };
const KEY = { tenant: 'T1', decision: 'd1' };

const body = (about: unknown): string => `'${JSON.stringify(about)}'`;
const inbox = (about: unknown): string =>
  `INSERT INTO inbox (id, tenant, body, due_at) VALUES ('Ev9', 'T1', ${body(about)}, 1)`;
const REPLY = { type: 'looked_again', decision: 'd1', message: { text: `<@${WHO}>`, blocks: [] } };
const OWN_ANSWERS = `INSERT INTO own_answers VALUES ('T1', 'd1', '${WHO}', '{}', 1, 1)`;
const RECORD = `INSERT INTO records (tenant, decision, number, outcome, rationale, decided_by, decided_at, reopened_by)
  VALUES ('T1', 'd1', 1, 'both', 'Canary words', `;

/** Columns that can hold a person's id, and how it gets there. */
const IDS: Readonly<Record<string, string>> = {
  'decisions.asker': `UPDATE decisions SET asker = '${WHO}' WHERE id = 'd1'`,
  // Derived from the asker's answers and everyone's own.
  'decisions.group_view': `${OWN_ANSWERS}; UPDATE decisions SET group_view = json_replace(${body({
    advice: ADVICE,
    people: 2,
    disagreements: [{ disputes: [{ trait: 'x', said: [{ option: 'y', people: [WHO] }] }], settlements: [] }],
  })}) WHERE id = 'd1'`,
  'deciders.user': `INSERT INTO deciders VALUES ('T1', 'd1', '${WHO}')`,
  'rounds.asked_by': `UPDATE rounds SET asked_by = '${WHO}' WHERE decision = 'd1'`,
  'votes.person': `INSERT INTO votes VALUES ('T1', 'd1', '${WHO}', 'both', NULL, 1, 1)`,
  'own_answers.person': OWN_ANSWERS,
  'records.decided_by': `${RECORD} '${WHO}', 1, NULL)`,
  'records.reopened_by': `${RECORD} 'U1', 1, '${WHO}')`,
  'homes.person': `INSERT INTO homes VALUES ('T1', '${WHO}')`,
  'installations.installed_by': `UPDATE installations SET installed_by = '${WHO}' WHERE tenant = 'T1'`,
  'inbox.body': inbox(REPLY),
};

/** Columns that hold what the person wrote, and how it gets there. */
const WORDS: Readonly<Record<string, string>> = {
  'decisions.project': `UPDATE decisions SET asker = '${WHO}', project = 'Canary words' WHERE id = 'd1'`,
  'rounds.answers': `UPDATE rounds SET asked_by = '${WHO}', answers = '{"admin":"Canary words"}' WHERE decision = 'd1'`,
  'votes.reason': `INSERT INTO votes VALUES ('T1', 'd1', '${WHO}', 'both', 'Canary words', 1, 1)`,
  'own_answers.answers': `INSERT INTO own_answers VALUES ('T1', 'd1', '${WHO}', '{"size":"Canary words"}', 1, 1)`,
  'records.rationale': `${RECORD} '${WHO}', 1, NULL)`,
};
/** Columns whose text the team's decision keeps, without the name. */
const KEPT = ['decisions.project', 'rounds.answers', 'records.rationale'];

/** Text about no person: ids, states, times, tokens, and what is derived from other columns. */
const NO_PERSON = new Set([
  ...TABLES.flatMap(({ name }) => [`${name}.tenant`, `${name}.decision`, `${name}.id`]),
  ...['workspace', 'channel', 'thread', 'search', 'status', 'submission', 'supersedes', 'step'].map(
    (column) => `decisions.${column}`,
  ),
  'rounds.advice',
  'rounds.rubric_version',
  'votes.choice',
  'records.outcome',
  'records.revisit',
  'record_numbers.channel',
  ...['kind', 'state', 'channel', 'ts', 'permalink', 'error', 'reply_url', 'earlier'].map(
    (column) => `posts.${column}`,
  ),
  'card_updates.stuck',
  ...['enterprise', 'team', 'name', 'bot_id', 'bot_user', 'bot_name', 'token', 'refresh_token'].map(
    (column) => `installations.${column}`,
  ),
]);

/** Returns whether the column belongs to a table whose rows are part of a decision. */
const isInChildTable = (column: string): boolean =>
  TABLES.some(({ name, key }) => column.startsWith(`${name}.`) && key.includes('decision'));

async function filled(): Promise<string> {
  const path = join(temporaryFolder(), 'bot.db');
  const store = openSqliteStore(path, counted);
  await fill(store, 'T1');
  await fill(store, 'T2', ['e1', 'e2', 'e3']);
  await store.close();
  return path;
}

/** Opens a store on a database with these rows. */
function withCanary(path: string, sql: string): { store: Store; dump: () => string } {
  const copy = join(temporaryFolder(), 'bot.db');
  copyFileSync(path, copy);
  const db = new DatabaseSync(copy);
  db.exec(sql);
  const dump = (): string =>
    JSON.stringify(TABLES.map(({ name }) => db.prepare(`SELECT * FROM "${name}"`).all()));
  return { store: openSqliteStore(copy, counted), dump };
}

describe('a person’s data', () => {
  it('covers every column that holds text', async () => {
    const db = new DatabaseSync(await filled());
    const columns = TABLES.flatMap(({ name }) =>
      db
        .prepare('SELECT name FROM pragma_table_info(?) WHERE type = ?')
        .all(name, 'TEXT')
        .map((column) => `${name}.${column.name}`),
    );
    const known = (column: string): boolean => column in IDS || column in WORDS || NO_PERSON.has(column);
    expect(columns.filter((column) => !known(column))).toEqual([]);
    expect([...Object.keys(IDS), ...Object.keys(WORDS)].filter((one) => !columns.includes(one))).toEqual([]);
  });

  it.each(Object.entries(IDS))('includes %s, and is gone after deletion', async (_, sql) => {
    const { store, dump } = withCanary(await filled(), sql);
    expect(dump()).toContain(WHO);
    expect(await store.people.dataOf('T1', WHO)).not.toEqual(NOTHING);
    expect(await store.people.dataOf('T2', WHO)).toEqual(NOTHING);
    await store.people.forget('T2', WHO, { cards: true, limit: 10 }, NOW);
    expect(dump()).toContain(WHO);
    await store.people.forget('T1', WHO, { cards: false, limit: 10 }, NOW);
    expect(dump()).not.toContain(WHO);
    expect(await store.people.dataOf('T1', WHO)).toEqual(NOTHING);
  });

  it.each(Object.entries(WORDS))('shows the words in %s', async (column, sql) => {
    const { store, dump } = withCanary(await filled(), sql);
    expect(JSON.stringify(await store.people.dataOf('T1', WHO))).toContain('Canary words');
    await store.people.forget('T1', WHO, { cards: false, limit: 10 }, NOW);
    expect(dump().includes('Canary words')).toBe(KEPT.includes(column));
    expect(dump()).not.toContain(WHO);
  });

  it('is deleted with the cards they asked for on request', async () => {
    const { store, dump } = withCanary(await filled(), WORDS['decisions.project'] ?? '');
    await store.people.forget('T1', WHO, { cards: true, limit: 10 }, NOW);
    expect(dump()).not.toContain('Canary words');
    expect(await store.decisions.isDeleted('T1', 'd1')).toBe(true);
    expect(await store.posts.get({ ...KEY, kind: 'card' })).toMatchObject({ state: 'unwanted' });
  });

  it.each(Object.entries(IDS).filter(([column]) => isInChildTable(column)))(
    'is gone from %s once the decision is deleted',
    async (_, sql) => {
      const { store, dump } = withCanary(await filled(), sql);
      expect(dump()).toContain(WHO);
      expect(await store.records.remove(KEY, NOW)).toBe('done');
      expect(dump()).not.toContain(WHO);
    },
  );

  it('is deleted in limited batches', async () => {
    const { store } = withCanary(await filled(), `UPDATE decisions SET asker = '${WHO}' WHERE tenant = 'T1'`);
    const step = () => store.people.forget('T1', WHO, { cards: false, limit: 2 }, NOW);
    expect([await step(), await step(), await step()]).toEqual([2, 1, 0]);
  });

  it('says who decides next if they are the only decider', async () => {
    const decides = `DELETE FROM deciders; INSERT INTO deciders VALUES ('T1', 'd1', '${WHO}'); `;
    const next = async (sql: string) => {
      const { store } = withCanary(await filled(), decides + sql);
      const { decisions } = await store.people.dataOf('T1', WHO);
      return decisions.find(({ decision }) => decision === 'd1')?.decidesNext;
    };
    expect(await next('')).toBe('asker');
    expect(await next(`UPDATE decisions SET asker = '${WHO}' WHERE id = 'd1'`)).toBe('admins');
    expect(await next("UPDATE decisions SET asker = 'somebody' WHERE id = 'd1'")).toBe('admins');
    const allErased = "DELETE FROM deciders; UPDATE decisions SET asker = 'somebody' WHERE id = 'd1'; ";
    const voted = `INSERT INTO votes (tenant, decision, person, choice, round, cast_at) VALUES ('T1', 'd1', '${WHO}', 'both', 1, 0)`;
    expect(await next(allErased + voted)).toBeNull();
    expect(await next("INSERT INTO deciders VALUES ('T1', 'd1', 'U2')")).toBeNull();
    expect(await next("UPDATE decisions SET anyone_decides = 1 WHERE id = 'd1'")).toBeNull();
  });
});

it('a workflow that had named no deciders keeps every member as decider', () => {
  const path = join(temporaryFolder(), 'bot.db');
  copyFileSync(new URL('../fixtures/schema-12.db', import.meta.url), path);
  const db = new DatabaseSync(path);
  const add = (id: string, asker: string, step: string | null, deciders: string[]): void => {
    db.prepare(
      `INSERT INTO decisions (tenant, id, workspace, channel, project, asker, status, submission, created_at, step)
       VALUES ('T1', ?, 'T1', 'C1', 'P', ?, 'open', ?, 1, ?)`,
    ).run(id, asker, id, step);
    for (const one of deciders) db.prepare("INSERT INTO deciders VALUES ('T1', ?, ?)").run(id, one);
  };
  add('for-all', 'U0BOT', 'Fx1', []);
  add('for-ana', 'U1', 'Fx2', ['U1']);
  add('for-erased', 'somebody', 'Fx3', []);
  add('of-erased', 'somebody', null, []);
  add('of-ana', 'U1', null, []);
  openSqliteStore(path, counted).close();
  expect(db.prepare('SELECT id FROM decisions WHERE anyone_decides = 1').all()).toEqual([{ id: 'for-all' }]);
});
