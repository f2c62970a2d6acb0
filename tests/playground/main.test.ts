import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

const MAIN = fileURLToPath(new URL('../../src/playground/main.ts', import.meta.url));

it('prints its address, takes another port where its own is taken, and leaves nothing behind', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void taken.close());
  const address = taken.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
    env: { PATH: process.env.PATH ?? '', CI: '1', PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (lines.length === 3) break;
  }
  const url = /ready: (http:\/\/localhost:\d+\/)$/.exec(lines[0] ?? '')?.[1] ?? '';
  const log = /log: (.*)$/.exec(lines[2] ?? '')?.[1] ?? '';
  expect(new URL(url).port).not.toBe(String(port));
  expect((await fetch(url)).status).toBe(200);
  expect(existsSync(log)).toBe(true);

  child.kill('SIGTERM');
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(existsSync(dirname(log))).toBe(false);
});
