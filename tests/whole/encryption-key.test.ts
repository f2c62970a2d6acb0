// A bot for many workspaces refuses to start with keys that do not fit its stored tokens.
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { newFolder, runCommand, startBot } from './client/bot.ts';
import { startSlack } from './client/slack.ts';

const [OLD, NEW, OTHER] = [randomBytes(32), randomBytes(32), randomBytes(32)];
const idOf = (key: Buffer): string => createHash('sha256').update(key).digest('hex').slice(0, 8);

/** A token as the database holds it: `v1.key id.nonce.ciphertext and tag`. */
function sealed(token: string, tenant: string, key: Buffer, version = 'v1'): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(tenant));
  const body = Buffer.concat([cipher.update(token), cipher.final(), cipher.getAuthTag()]);
  return [version, idOf(key), nonce.toString('base64url'), body.toString('base64url')].join('.');
}

/** A folder whose database has these workspaces: tenant → sealed token. */
async function withWorkspaces(tokens: Readonly<Record<string, string>>, left: readonly string[] = []) {
  const folder = newFolder();
  await runCommand('migrate', [], { folder, env: { DATABASE_URL: 'bot.db' } });
  const db = new DatabaseSync(join(folder, 'bot.db'));
  const insert = db.prepare(
    `INSERT INTO installations (tenant, team, name, bot_id, bot_user, bot_name, installed_by, installed_at, token)
     VALUES (?, ?, 'Acme', 'B1', 'U0BOT', 'bot', 'U1', 1, ?)`,
  );
  for (const [tenant, token] of Object.entries(tokens)) insert.run(tenant, tenant, token);
  for (const tenant of left) db.prepare('INSERT INTO departures VALUES (?, 2, 4102444800000)').run(tenant);
  db.close();
  return folder;
}

async function start(folder: string, ...keys: Buffer[]) {
  const slack = await startSlack();
  onTestFinished(() => slack.close());
  return startBot({
    slack,
    folder,
    env: {
      SLACK_BOT_TOKEN: '',
      SLACK_CLIENT_ID: '1.2',
      SLACK_CLIENT_SECRET: 'c'.repeat(32),
      SLACK_STATE_SECRET: 's'.repeat(32),
      PUBLIC_URL: 'https://bot.example.org',
      TOKEN_ENCRYPTION_KEY: keys.map((key) => key.toString('base64')).join(','),
    },
  });
}

const refusal = async (folder: string, ...keys: Buffer[]): Promise<string> =>
  String(await start(folder, ...keys).catch((error: unknown) => error));

const missing = (key: Buffer): string =>
  `A workspace's token is encrypted with the key ${idOf(key)}, which is not in TOKEN_ENCRYPTION_KEY. Add that key again, after the first one.\n`;

it('names every missing key, also one that was removed too early', async () => {
  const folder = await withWorkspaces({
    T1: sealed('xoxb-1', 'T1', NEW),
    T2: sealed('xoxb-2', 'T2', OLD),
    T3: sealed('xoxb-3', 'T3', NEW),
  });
  expect(await refusal(folder, OTHER)).toBe(`Error: the bot ended with 1: ${missing(NEW)}${missing(OLD)}`);
  expect(await refusal(folder, NEW)).toBe(`Error: the bot ended with 1: ${missing(OLD)}`);
  expect((await start(folder, NEW, OLD)).log.map(({ msg }) => msg)).toEqual(['ready']);
});

it('refuses a format that it does not know', async () => {
  const folder = await withWorkspaces({ T1: sealed('xoxb-1', 'T1', NEW, 'v2') });
  expect(await refusal(folder, NEW)).toMatch(
    /with 1: .*format that this version of the bot doesn't know\. .*newer/,
  );
});

it('starts without the keys of workspaces that have uninstalled the app, and without any workspace', async () => {
  const folder = await withWorkspaces({ T1: sealed('x', 'T1', NEW), T2: sealed('x', 'T2', OLD) }, ['T2']);
  expect((await start(folder, NEW)).log.map(({ msg }) => msg)).toEqual(['ready']);
  expect((await start(await withWorkspaces({}), NEW)).log.map(({ msg }) => msg)).toEqual(['ready']);
});

it.each([
  ['of another workspace', sealed('xoxb-1', 'T2', NEW)],
  ['cut off', sealed('xoxb-1', 'T1', NEW).slice(0, -9)],
  ['not a sealed token', 'xoxb-1'],
])('a token that is %s is logged and keeps no one else out', async (_, token) => {
  const { log } = await start(await withWorkspaces({ T1: token, T2: sealed('xoxb-2', 'T2', NEW) }), NEW);
  expect(log).toMatchObject([
    { level: 'error', tenant: 'T1', msg: 'a stored token cannot be decrypted' },
    { level: 'info', msg: 'ready' },
  ]);
  expect(JSON.stringify(log)).not.toContain('xoxb');
});
