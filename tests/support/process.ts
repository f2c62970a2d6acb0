import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

type LogLine = Readonly<Record<string, unknown>>;

/** The bot as it ships, in a process of its own. */
export interface BotProcess {
  /** Everything on standard output so far. */
  stdout(): string;
  stderr(): string;
  /** Resolves to the first log line that fits, now or later; rejects when the process ends before. */
  log(fits: (line: LogLine) => boolean): Promise<LogLine>;
  kill(signal: 'SIGTERM' | 'SIGKILL' | 'SIGHUP'): void;
  /** Resolves to the exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

/** Starts `node src/main.ts` with these variables and no others, in this folder; or another copy of it. */
export function startProcess(folder: string, env: Record<string, string>, main = MAIN): BotProcess {
  const child = spawn(process.execPath, [main], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const waiting = new Set<() => void>();
  const lines: LogLine[] = [];
  let stdout = '';
  let stderr = '';
  let over = false;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const complete = (stdout + chunk).split('\n').slice(0, -1);
    stdout += chunk;
    for (const line of complete.slice(lines.length)) lines.push(JSON.parse(line));
    for (const wake of waiting) wake();
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const { promise: ended, resolve } = Promise.withResolvers<number | NodeJS.Signals | null>();
  child.once('close', (code, signal) => {
    over = true;
    resolve(code ?? signal);
    for (const wake of waiting) wake();
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return {
    stdout: () => stdout,
    stderr: () => stderr,
    log: async (fits) => {
      for (;;) {
        const found = lines.find(fits);
        if (found) return found;
        if (over) throw new Error(`the process ended without saying so:\n${stdout}\n${stderr}`);
        const { promise, resolve: wake } = Promise.withResolvers<void>();
        waiting.add(wake);
        await promise;
        waiting.delete(wake);
      }
    },
    kill: (signal) => void child.kill(signal),
    ended,
  };
}
