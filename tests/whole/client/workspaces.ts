// A database of a bot for many workspaces, written with plain SQL. Shares no code with the bot.
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { newFolder, runCommand } from './bot.ts';

/** What such a bot needs in its environment besides a database and a signing secret. */
export const manyEnvironment = (...keys: Buffer[]): Record<string, string> => ({
  SLACK_BOT_TOKEN: '',
  SLACK_CLIENT_ID: '1.2',
  SLACK_CLIENT_SECRET: 'c'.repeat(32),
  SLACK_STATE_SECRET: 's'.repeat(32),
  PUBLIC_URL: 'https://bot.example.org',
  TOKEN_ENCRYPTION_KEY: keys.map((key) => key.toString('base64')).join(','),
});

/** The id that a sealed token names its key by. */
export const idOf = (key: Buffer): string => createHash('sha256').update(key).digest('hex').slice(0, 8);

/** A token as the database holds it: `v1.key id.nonce.ciphertext and tag`. */
export function sealed(token: string, tenant: string, key: Buffer, version = 'v1'): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(tenant));
  const body = Buffer.concat([cipher.update(token), cipher.final(), cipher.getAuthTag()]);
  return [version, idOf(key), nonce.toString('base64url'), body.toString('base64url')].join('.');
}

/** Makes a folder whose database has these workspaces: tenant → sealed token. `left` have uninstalled the app. */
export async function withWorkspaces(tokens: Readonly<Record<string, string>>, left: readonly string[] = []) {
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
