import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { createSealer } from '../../../src/runtime/seal.ts';
import { openStore } from '../../../src/store/open.ts';
import { TABLES } from '../../../src/store/transfer/tables.ts';
import { exportDatabase, importDatabase, markRestored } from '../../../src/store/transfer/transfer.ts';
import { COMPILED } from '../../support/compiled.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { freshSchema } from '../../support/postgres.ts';
import { counted, draft, NOW } from '../draft.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const path = () => join(temporaryFolder(), 'bot.db');
const KEY = randomBytes(32);

/** Creates a database with rows of two tenants in every table. */
async function filled(): Promise<string> {
  const database = path();
  const store = await openStore(database, counted);
  const sealer = createSealer([KEY], randomBytes);
  for (const tenant of ['T1', 'T2']) {
    const key = { tenant, decision: 'd1' };
    await store.decisions.submit(
      draft({ tenant, project: 'Ünïcode 🍰 “quoted”\n', voteUntil: NOW + 99_999_999 }),
    );
    await store.posts.claim({ ...key, kind: 'card' }, NOW);
    await store.posts.markPosted({ ...key, kind: 'card' }, '1795424400.000001', NOW);
    for (let i = 0; i < 700; i++) await store.discussions.vote(key, `U${i}`, 'flask', NOW + i);
    await store.discussions.answer(key, 'U5', { size: 'large' }, NOW);
    await store.records.decide(
      key,
      { outcome: 'both', rationale: 'Why;--', revisit: '2027-01-04', revisitAt: NOW, by: 'U1' },
      NOW,
    );
    await store.homes.markOpened(tenant, 'U1');
    await store.deliveries.take(tenant, 'm1', NOW);
    await store.inbox.put({ id: `Ev${tenant}`, tenant, body: { a: 1 } }, NOW);
    await store.cardUpdates.blockUntil(tenant, NOW, { burst: 1, msPerCall: 1 });
    await store.installations.save({
      tenant,
      enterprise: null,
      team: tenant,
      name: 'Acme',
      botId: 'B1',
      botUser: 'U0',
      botName: 'bot',
      installedBy: 'U1',
      installedAt: NOW,
      token: sealer.seal('xoxb-secret', tenant),
      refreshToken: null,
      expiresAt: NOW,
    });
  }
  await store.tenants.leave('T9', NOW + 1, NOW + 1, NOW + 99_999);
  await store.close();
  return database;
}

async function linesOf(database: string, tenant: string | null = null): Promise<string[]> {
  return Array.fromAsync(exportDatabase(database, tenant));
}

/** Without the cards to redraw and the summary, which differ after an import. */
const restored = (lines: readonly string[]): string[] =>
  lines.slice(0, -1).filter((line) => !line.includes('"table":"card_updates"'));

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

describe('an export', () => {
  it('has every table that there is', () => {
    const database = path();
    return openStore(database, counted).then(async (store) => {
      await store.close();
      const db = new DatabaseSync(database, { readOnly: true });
      const names = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
      db.close();
      expect(TABLES.map(({ name }) => name).sort()).toEqual(names.map(({ name }) => name).sort());
    });
  });

  it('goes from SQLite to PostgreSQL and back, and is the same everywhere', async () => {
    const sqlite = await filled();
    const lines = await linesOf(sqlite);
    const postgres = await freshSchema();
    const { counts } = await importDatabase(postgres, each(lines), NOW);
    expect(counts).toMatchObject({ decisions: 2, votes: 1_400, installations: 2, departures: 1, inbox: 2 });
    expect(Object.keys(counts)).toHaveLength(TABLES.length);
    expect(restored(await linesOf(postgres))).toEqual(restored(lines));
    const back = path();
    await importDatabase(back, each(await linesOf(postgres)), NOW);
    expect(restored(await linesOf(back))).toEqual(restored(lines));
    const store = await openStore(postgres, counted);
    const found = await store.discussions.get({ tenant: 'T1', decision: 'd1' });
    expect([found?.votes.length, found?.record?.outcome]).toEqual([700, 'both']);
    await store.close();
  });

  it('of one tenant has nothing of another, and can be brought beside others', async () => {
    const database = await filled();
    const lines = await linesOf(database, 'T1');
    expect(lines.join('\n')).not.toContain('"T2"');
    const other = await freshSchema();
    for (const tenant of ['T9', 'T2'])
      await importDatabase(other, each(await linesOf(database, tenant)), NOW);
    await importDatabase(other, each(lines), NOW);
    expect(restored(await linesOf(other))).toEqual(restored(await linesOf(database)));
  });

  it.each(['sqlite', 'postgres'])('is redrawn in %s, after newer changes by people', async (kind) => {
    const database = kind === 'sqlite' ? path() : await freshSchema();
    const cardOf = (decision: string) => ({ tenant: 'T1', decision, kind: 'card' }) as const;
    let store = await openStore(database, counted);
    for (const id of ['posted', 'voted', 'stuck', 'wanted', 'sent']) {
      await store.decisions.submit(draft({ id, submission: id }));
      if (id === 'wanted') continue;
      await store.posts.claim(cardOf(id), NOW);
      if (id !== 'sent') await store.posts.markPosted(cardOf(id), `1795424400.00000${id.length}`, NOW);
    }
    await store.cardUpdates.markStale(cardOf('stuck'), NOW);
    await store.cardUpdates.markStuck(cardOf('stuck'), 'message_not_found', NOW);
    await store.close();

    await markRestored(database, NOW + 1);
    store = await openStore(database, counted);
    await store.discussions.vote(cardOf('voted'), 'U1', 'flask', NOW + 2);
    const order: string[] = [];
    for (;;) {
      const next = await store.cardUpdates.claim(NOW + 2, NOW + 3, { burst: 99, msPerCall: 1 }, []);
      if (next === null) break;
      order.push(next.decision);
    }
    expect(order).toEqual(['voted', 'posted', 'stuck']);
    for (const id of ['wanted', 'sent']) {
      expect((await store.posts.get(cardOf(id)))?.state).toBe('unknown');
      expect((await store.posts.get({ ...cardOf(id), kind: 'notice' }))?.state).toBe('wanted');
    }
    await store.close();
  });

  it.each(['sqlite', 'postgres'])('that is not whole leaves nothing behind in %s', async (kind) => {
    const lines = await linesOf(await filled());
    const changed = lines.map((line, i) => (i === 5 ? line.replace('U', 'V') : line));
    const database = kind === 'sqlite' ? path() : await freshSchema();
    for (const [broken, why] of [
      [lines.slice(0, -1), /cut off/],
      [changed, /was changed after it was written/],
      [[...lines, lines[1] ?? ''], /has lines after its end/],
      [[lines[0] ?? '', 'nonsense', ...lines.slice(1)], /has an unreadable line/],
      [['{"format":2}'], /is not an export/],
      [[], /is not an export/],
      [[(lines[0] ?? '').replace(/"schema":\d+/, '"schema":1'), ...lines.slice(1)], /schema 1, this program/],
    ] as const) {
      await expect(importDatabase(database, each(broken), NOW)).rejects.toThrow(why);
    }
    await importDatabase(database, each(lines), NOW);
    await expect(importDatabase(database, each(lines), NOW)).rejects.toThrow(
      /not empty: it has installations\. Nothing/,
    );
  });
});

describe('the commands', () => {
  const run = (script: string, args: string[], env: Record<string, string>) =>
    new Promise<{ code: unknown; stdout: string; stderr: string }>((done) => {
      const options = { env: { ...COMPILED, ...env }, cwd: temporaryFolder(), maxBuffer: 50_000_000 };
      execFile(process.execPath, [join(ROOT, 'src/cli', script), ...args], options, (error, stdout, stderr) =>
        done({ code: error?.code ?? 0, stdout, stderr }),
      );
    });

  it('export, import and migrate say what they did', async () => {
    const from = await filled();
    const file = join(temporaryFolder(), 'export.jsonl');
    const out = await run('export.ts', ['--to', file], { DATABASE_URL: from });
    expect([out.code, out.stdout]).toEqual([0, '']);
    expect(out.stderr).toMatch(/^Exported: .*votes 1400.* SHA-256 [0-9a-f]{64}\.\n$/);
    expect(readFileSync(file, 'utf8')).not.toContain('xoxb-');
    const to = await freshSchema();
    expect((await run('migrate.ts', [], { DATABASE_URL: to })).stdout).toBe('The database is up to date.\n');
    const brought = await run('import.ts', [file], { DATABASE_URL: to });
    expect([brought.code, brought.stderr]).toEqual([0, '']);
    expect(brought.stdout).toMatch(/^Imported and compared: .*votes 1400/);
    const again = await run('import.ts', [file], { DATABASE_URL: to });
    expect([again.code, again.stderr]).toEqual([
      1,
      'import: The database is not empty: it has installations. Nothing was imported.\n',
    ]);
    // An existing file is never overwritten.
    expect((await run('export.ts', ['--to', file], { DATABASE_URL: from })).code).not.toBe(0);
    const nowhere = await run('export.ts', [], { DATABASE_URL: 'no-such-file.db' });
    expect([nowhere.code, nowhere.stderr]).toEqual([
      1,
      "export: Can't open no-such-file.db. Check DATABASE_URL.\n",
    ]);
  });

  it('person prints what is stored about somebody, and deletes it on demand', async () => {
    const env = { DATABASE_URL: await filled() };
    const whom = ['--tenant', 'T1', '--person', 'U7'];
    const printed = await run('person.ts', whom, env);
    expect(JSON.parse(printed.stdout)).toMatchObject([
      { decision: 'd1', asked: false, vote: { choice: 'flask', reason: null } },
    ]);
    const deleted = await run('person.ts', [...whom, '--delete'], env);
    expect([deleted.code, deleted.stderr]).toEqual([0, 'Deleted in 1 decision.\n']);
    expect((await run('person.ts', whom, env)).stdout).toBe('[]\n');
    const nobody = await run('person.ts', [], env);
    expect([nobody.code, nobody.stderr]).toEqual([
      1,
      'person: usage: --tenant T0123 --person U0123 [--delete [--cards]]\n',
    ]);
  });

  it('rotate-key seals every token with the first key, once', async () => {
    const database = await filled();
    const fresh = randomBytes(32);
    const keys = [fresh, KEY].map((key) => key.toString('base64')).join(',');
    const env = { DATABASE_URL: database, TOKEN_ENCRYPTION_KEY: keys };
    expect((await run('rotate-key.ts', [], env)).stdout).toBe(
      'Encrypted again: 2. Already encrypted with the first key: 0.\n',
    );
    expect((await run('rotate-key.ts', [], env)).stdout).toBe(
      'Encrypted again: 0. Already encrypted with the first key: 2.\n',
    );
    const store = await openStore(database, counted);
    const token = (await store.installations.get('T1'))?.token ?? '';
    await store.close();
    expect(createSealer([fresh], randomBytes).open(token, 'T1')).toEqual({
      text: 'xoxb-secret',
      stale: false,
    });
    const wrong = await run('rotate-key.ts', [], { ...env, TOKEN_ENCRYPTION_KEY: KEY.toString('base64') });
    expect([wrong.code, wrong.stderr]).toEqual([
      1,
      expect.stringMatching(/^rotate-key: .*which is not in TOKEN_ENCRYPTION_KEY/),
    ]);
  });
});
