import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import ownPackage from '../../package.json' with { type: 'json' };

const BIN = fileURLToPath(new URL(`../../${ownPackage.bin['local-slack']}`, import.meta.url));

/** Starts `local-slack` as a shell would, on any free port of the page. */
export function spawnBin(args: readonly string[], cwd: string, env: Record<string, string> = {}) {
  const path = [dirname(process.execPath), process.env.PATH].join(delimiter);
  const child = spawn(BIN, args, {
    cwd,
    env: { PATH: path, CI: '1', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  return { child, ended };
}

/** Runs `local-slack` until it ends. */
export async function runBin(args: readonly string[], cwd: string, env: Record<string, string> = {}) {
  const { child, ended } = spawnBin(args, cwd, env);
  const [out, err] = await Promise.all([
    Array.fromAsync(createInterface(child.stdout)),
    Array.fromAsync(createInterface(child.stderr)),
  ]);
  return { code: await ended, out, err };
}

/** Starts `local-slack`; resolves when it is ready. */
export async function startBin(args: readonly string[], cwd: string) {
  const { child, ended } = spawnBin(args, cwd);
  const errors = Array.fromAsync(createInterface(child.stderr));
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (lines.length === 3) break;
  }
  const url = /ready: (\S+)$/.exec(lines[0] ?? '')?.[1];
  const log = /log: (.+)$/.exec(lines[2] ?? '')?.[1];
  if (url === undefined || log === undefined) throw new Error((await errors).join('\n'));
  return { child, ended, lines, url, log };
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'local-slack-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
