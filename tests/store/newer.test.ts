import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { exportDatabase, importDatabase } from '../../src/store/transfer/transfer.ts';
import { COMPILED } from '../support/compiled.ts';
import { temporaryFolder } from '../support/folder.ts';
import { freshSchema, withClient } from '../support/postgres.ts';
import { counted, draft } from './draft.ts';

const ROOT = resolve(import.meta.dirname, '../../src');
/**
 * Programs that open a database, the bot and one of the commands. The commands that have none of their own here
 * (migrate, rotate-key, person, import) open it as is done below, and say what comes of it in the same line.
 */
const PROGRAMS: readonly string[] = ['main', 'cli/export'];

const NEWER =
  /written by a newer version of this program \(schema 99, this one knows \d+\)\. Start that version; nothing was changed\.$/;

interface Kept {
  readonly database: string;
  /** Returns the whole content of a database. */
  content(): Promise<unknown>;
}

/** Creates a database with a few rows. */
async function kept(kind: string): Promise<Kept> {
  const database = kind === 'SQLite' ? join(temporaryFolder(), 'bot.db') : await freshSchema();
  const store = await openStore(database, counted);
  await store.decisions.submit(draft());
  await store.close();
  if (kind === 'SQLite') return { database, content: async () => readFileSync(database, 'base64') };
  return {
    database,
    content: () =>
      withClient(database, async (client) => [
        (await client.query('SELECT * FROM decisions')).rows,
        (await client.query('SELECT * FROM django_or_flask_schema')).rows,
      ]),
  };
}

async function asWrittenBy(schema: number, { database }: Kept): Promise<void> {
  if (database.startsWith('postgres')) {
    await withClient(database, (client) =>
      client.query('UPDATE django_or_flask_schema SET version = $1', [schema]),
    );
    return;
  }
  const db = new DatabaseSync(database);
  db.exec(`PRAGMA user_version = ${schema}`);
  db.close();
}

const run = (folder: string, program: string, database: string) =>
  new Promise<{ code: unknown; stdout: string; stderr: string }>((done) => {
    const env = {
      ...COMPILED,
      DATABASE_URL: database,
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_SIGNING_SECRET: 'a-secret-of-ours',
    };
    execFile(process.execPath, [join(ROOT, `${program}.ts`)], { cwd: folder, env }, (error, stdout, stderr) =>
      done({ code: error?.code ?? 0, stdout, stderr }),
    );
  });

it.each(['SQLite', 'PostgreSQL'])(
  'a database on %s of a newer version is refused with a sentence by whatever opens it, and stays as it is',
  async (kind) => {
    const one = await kept(kind);
    const folder = temporaryFolder();
    const lines = await Array.fromAsync(exportDatabase(one.database, null));
    await asWrittenBy(99, one);
    const before = await one.content();
    await expect(openStore(one.database, counted)).rejects.toThrow(NEWER);
    await expect(importDatabase(one.database, Readable.from(lines), 0)).rejects.toThrow(NEWER);
    await expect(Array.fromAsync(exportDatabase(one.database, null))).rejects.toThrow(NEWER);
    const ended = await Promise.all(
      PROGRAMS.map(async (program) => [program, await run(folder, program, one.database)] as const),
    );
    for (const [program, { code, stdout, stderr }] of ended) {
      expect([program, code, stdout]).toEqual([program, 1, '']);
      expect(stderr.trim().split('\n'), program).toEqual([expect.stringMatching(NEWER)]);
    }
    expect(await one.content()).toEqual(before);
  },
);

it('an export of a file that is no database of ours says what it is', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'damaged.db'), 'this is not a database '.repeat(300));
  const other = new DatabaseSync(join(folder, 'other.db'));
  other.exec('CREATE TABLE recipes (cake TEXT)');
  other.close();
  const read = (name: string) => Array.fromAsync(exportDatabase(join(folder, name), null));
  await expect(read('damaged.db')).rejects.toThrow(
    /damaged or not an SQLite file\. Restore a backup; nothing was changed\.$/,
  );
  await expect(read('other.db')).rejects.toThrow(
    /belongs to another program\. Point DATABASE_URL to a file of its own\.$/,
  );
});
