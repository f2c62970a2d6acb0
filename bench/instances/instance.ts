import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** One process of the bot. */
export interface Instance {
  /** 0 where it takes requests over a socket of its own. */
  readonly port: number;
  /** Lines of its log that are errors. */
  errors(): readonly unknown[];
  /** Resolves when it is gone, for whatever reason. */
  readonly ended: Promise<void>;
  /** Resolves when it is gone. */
  kill(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/**
 * Starts it, in this folder where one is named. Resolves when it takes requests; rejects where it ends before.
 *
 * @param onStart is given a way to kill it before that
 */
export async function startInstance(
  env: Readonly<Record<string, string>>,
  folder?: string,
  onStart: (kill: () => void) => void = () => {},
): Promise<Instance> {
  const child = spawn(process.execPath, [MAIN], { env, cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  onStart(() => child.kill('SIGKILL'));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const { promise: ready, resolve, reject } = Promise.withResolvers<number>();
  const errors: unknown[] = [];
  createInterface(child.stdout).on('line', (line) => {
    const said: unknown = JSON.parse(line);
    if (typeof said !== 'object' || said === null) return;
    if ('msg' in said && said.msg === 'ready') resolve('port' in said ? Number(said.port) : 0);
    if ('level' in said && said.level === 'error') errors.push(said);
  });
  void ended.then(() => reject(new Error('an instance ended before it was ready')));
  const port = await ready;
  return {
    port,
    errors: () => errors,
    ended,
    kill: async (signal) => {
      child.kill(signal);
      await ended;
    },
  };
}
