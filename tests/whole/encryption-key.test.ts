// A bot for many workspaces refuses to start with keys that don't fit its stored tokens.
import { randomBytes } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { startBot } from './client/bot.ts';
import { startSlack } from './client/slack.ts';
import { idOf, manyEnvironment, sealed, withWorkspaces } from './client/workspaces.ts';

const [OLD, NEW, OTHER] = [randomBytes(32), randomBytes(32), randomBytes(32)];
async function start(folder: string, ...keys: Buffer[]) {
  const slack = await startSlack();
  onTestFinished(() => slack.close());
  return startBot({
    slack,
    folder,
    env: manyEnvironment(...keys),
  });
}

const refusal = async (folder: string, ...keys: Buffer[]): Promise<string> =>
  String(await start(folder, ...keys).catch((error: unknown) => error));

const missing = (key: Buffer): string =>
  `A workspace's token is encrypted with the key ${idOf(key)}, which is not in TOKEN_ENCRYPTION_KEY. Add that key after the first one.\n`;

it('names every missing key, including one removed too early', async () => {
  const folder = await withWorkspaces({
    T1: sealed('xoxb-1', 'T1', NEW),
    T2: sealed('xoxb-2', 'T2', OLD),
    T3: sealed('xoxb-3', 'T3', NEW),
  });
  expect(await refusal(folder, OTHER)).toBe(`Error: the bot ended with 1: ${missing(NEW)}${missing(OLD)}`);
  expect(await refusal(folder, NEW)).toBe(`Error: the bot ended with 1: ${missing(OLD)}`);
  expect((await start(folder, NEW, OLD)).log.map(({ msg }) => msg)).toEqual(['ready']);
});

it('refuses an unknown format', async () => {
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
