import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { Workspaces } from '../../src/installs/workspaces.ts';
import { createSealer } from '../../src/runtime/seal.ts';
import { clientOptions } from '../../src/slack/web-client.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { counted } from '../store/draft.ts';
import { installation } from '../store/installation.ts';
import { TestClock } from '../support/clock.ts';
import { COMPILED } from '../support/compiled.ts';
import { temporaryFolder } from '../support/folder.ts';
import { recordingLogger } from '../support/log.ts';
import { RecordedSlack } from '../support/slack.ts';

const [OLD, NEW] = [randomBytes(32), randomBytes(32)];
const ROTATE = resolve(import.meta.dirname, '../../src/cli/rotate-key.ts');

/** With which token a bot that has these keys acts in each workspace, or why it cannot. */
async function actsWith(database: string, ...keys: Buffer[]): Promise<string[]> {
  const store = openSqliteStore(database, counted);
  const { logger } = recordingLogger();
  const workspaces = new Workspaces({
    store,
    sealer: createSealer(keys, randomBytes),
    credentials: { clientId: '1.2', clientSecret: 'client-secret' },
    clientOptions: clientOptions({ slackApiUrl: undefined, logger, fetch: new RecordedSlack().fetch }),
    clock: new TestClock(),
    logger,
  });
  const tokens = ['T1', 'T2'].map((teamId) =>
    workspaces.authorize({ teamId, isEnterpriseInstall: false }).then(
      ({ botToken }) => String(botToken),
      (error: Error) => error.message,
    ),
  );
  const found = await Promise.all(tokens);
  await store.close();
  return found;
}

function rotate(database: string, ...keys: Buffer[]) {
  const env = {
    ...COMPILED,
    DATABASE_URL: database,
    TOKEN_ENCRYPTION_KEY: keys.map((key) => key.toString('base64')).join(','),
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, [ROTATE], { env, encoding: 'utf8' });
  return { status, stdout, stderr };
}

it('a key is replaced without anybody having to install the app again, and what it sealed is worth nothing without it', async () => {
  const database = join(temporaryFolder(), 'bot.db');
  const before = createSealer([OLD], randomBytes);
  const store = openSqliteStore(database, counted);
  for (const tenant of ['T1', 'T2'])
    await store.installations.save(
      installation({ tenant, token: before.seal(`token of ${tenant}`, tenant) }),
    );
  await store.close();
  const theirs = ['token of T1', 'token of T2'];

  expect(await actsWith(database, OLD)).toEqual(theirs);
  // The new key is put before the old one, and the bot started with both.
  expect(await actsWith(database, NEW, OLD)).toEqual(theirs);
  // Too early without the old one: a sentence, and nothing is lost.
  const [early] = await actsWith(database, NEW);
  expect(early).toMatch(
    /^A workspace's token is encrypted with the key \w{8}, which is not in TOKEN_ENCRYPTION_KEY\. Add that key after/,
  );
  expect(rotate(database, NEW, OLD)).toEqual({
    status: 0,
    stdout: 'Encrypted again: 2. Already encrypted with the first key: 0.\n',
    stderr: '',
  });
  // The old key is taken out.
  expect(await actsWith(database, NEW)).toEqual(theirs);
  expect((await actsWith(database, OLD))[0]).toMatch(/which is not in TOKEN_ENCRYPTION_KEY/);

  // Whoever can write to the database, but has no key, gives T2 the token of T1.
  const db = new DatabaseSync(database);
  db.exec("UPDATE installations SET token = (SELECT token FROM installations WHERE tenant = 'T1')");
  db.close();
  const [own, copied] = await actsWith(database, NEW);
  expect(own).toBe('token of T1');
  expect(copied).toMatch(
    /^A workspace's encrypted token was changed, or belongs to another workspace\. .* install the app again\.$/,
  );
  expect(rotate(database, OLD, NEW)).toEqual({
    status: 1,
    stdout: '',
    stderr: expect.stringMatching(
      /^rotate-key: A workspace's encrypted token was changed, or belongs to another workspace\. .*\n$/,
    ),
  });
});
