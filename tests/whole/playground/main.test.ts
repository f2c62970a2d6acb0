import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { loadRubric } from '../../../src/advice/rubric/rubric.ts';
import { createComputeGroup } from '../../../src/decision/group.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { StoreError } from '../../../src/store/store.ts';
import { temporaryFolder } from '../../support/folder.ts';

const ROOT = new URL('../../../', import.meta.url);
const MAIN = fileURLToPath(new URL('packages/local-slack/main.ts', ROOT));
const ARGS = ['--manifest', 'manifest.yml', '--', 'node', 'src/main.ts'];

it('is one line of npm', () => {
  const { scripts } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8'));
  expect(scripts.playground).toBe(['local-slack', ...ARGS].join(' '));
});

/** Starts it; resolves to what it prints first. */
async function start(env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [MAIN, ...ARGS], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', CI: '1', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (lines.length === 3) break;
  }
  const url = /ready: (http:\/\/127\.0\.0\.1:\d+\/)$/.exec(lines[0] ?? '')?.[1] ?? '';
  const log = /log: (.*)$/.exec(lines[2] ?? '')?.[1] ?? '';
  return { child, ended, url, log };
}

it('prints its address, takes another port where its own is taken, and leaves nothing behind', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void taken.close());
  const address = taken.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  const { child, ended, url, log } = await start({ PORT: String(port) });
  expect(new URL(url).port).not.toBe(String(port));
  expect((await fetch(url)).status).toBe(200);
  expect(existsSync(log)).toBe(true);

  child.kill('SIGTERM');
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(existsSync(dirname(log))).toBe(false);
});

it('is started anew on what it has kept, and brings every card', async () => {
  const folder = temporaryFolder();
  for (const project of ['Billing portal', 'Data API']) {
    const { child, ended, url } = await start({ PLAYGROUND_DATA: folder });
    const state = async () => (await fetch(`${url}state?as=U0ANA`)).json();
    const act = async (wanted: object): Promise<void> => {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ as: 'U0ANA', act: wanted });
      expect(await (await fetch(`${url}act`, { method: 'POST', headers, body })).json()).toEqual({
        problem: null,
      });
    };
    expect((await state()).keptFolder).toBe(folder);
    await act({ do: 'send', channel: 'C0WEB', text: `/django-or-flask ${project}` });
    await expect.poll(async () => (await state()).views.length).toBe(1);
    await act({ do: 'submit', view: (await state()).views[0].id, entries: { admin: { answer: 'yes' } } });
    await expect.poll(async () => JSON.stringify((await state()).messages)).toContain(project);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  }
});

it('takes its bot along when it is killed outright', async () => {
  const folder = temporaryFolder();
  const { child } = await start({ PLAYGROUND_DATA: folder });
  // Only one process may have the database: while the bot lives, it is the bot.
  const free = async (): Promise<boolean> => {
    try {
      await openSqliteStore(join(folder, 'bot.db'), createComputeGroup(loadRubric)).close();
      return true;
    } catch (error) {
      if (error instanceof StoreError) return false;
      throw error;
    }
  };
  expect(await free()).toBe(false);
  child.kill('SIGKILL');
  await expect.poll(free, { timeout: 10_000 }).toBe(true);
});
