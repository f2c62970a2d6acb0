import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../instances/free-port.ts';

/** One process that is measured. */
export interface Contender {
  readonly port: number;
  /** From starting the process until it took a connection. */
  readonly readyAfterMs: number;
  /** CPU time that it has used, in microseconds; null where the system does not tell. */
  cpuMicros(): number | null;
  /** Memory in use, in MB; null where the system does not tell. */
  rssMb(): number | null;
  /** It stands still until `resume`, where the system knows how. */
  pause(): void;
  resume(): void;
  /** Resolves when it is gone. Rejects where it did not end by itself. */
  stop(): Promise<void>;
}

export const SCRIPTS = {
  bot: fileURLToPath(new URL('../../src/main.ts', import.meta.url)),
  plain: fileURLToPath(new URL('./peers/plain.ts', import.meta.url)),
  bolt: fileURLToPath(new URL('./peers/bolt.ts', import.meta.url)),
};

const LONGEST_START_MS = 60_000;
/** Windows would end it instead. */
const CAN_PAUSE = process.platform !== 'win32';
/** Linux counts CPU time in hundredths of a second. */
const MICROS_PER_TICK = 10_000;

/**
 * Starts a script with nothing but this environment, its output in a file, and waits until it takes connections on a
 * port that is free now.
 *
 * @param ready for what takes none: resolves once it can be measured
 */
export async function startContender(
  script: string,
  env: Readonly<Record<string, string>>,
  folder: string,
  ready?: Promise<void>,
): Promise<Contender> {
  const port = await freePort();
  const path = join(folder, `output-${port}.log`);
  const output = openSync(path, 'a');
  const from = performance.now();
  const child = spawn(process.execPath, [script], {
    env: { ...env, PORT: String(port), HOST: '127.0.0.1' },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const ended = once(child, 'exit');
  const { pid } = child;
  let isReady = false;
  void ready?.then(() => {
    isReady = true;
  });
  while (!(ready ? isReady : await takesConnections(port))) {
    if (child.exitCode !== null || performance.now() - from > LONGEST_START_MS) {
      child.kill('SIGKILL');
      throw new Error(`${script} did not start:\n${readFileSync(path, 'utf8')}`);
    }
    await pause(1);
  }
  const readyAfterMs = performance.now() - from;
  return {
    port,
    readyAfterMs,
    cpuMicros: () => {
      const stat = read(`/proc/${pid}/stat`);
      // After the name in brackets; user and system time are the 14th and 15th field of all.
      const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields ? (Number(fields[11]) + Number(fields[12])) * MICROS_PER_TICK : null;
    },
    rssMb: () => {
      const kb = /VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`) ?? '')?.[1];
      return kb === undefined ? null : Number(kb) / 1_024;
    },
    pause: () => void (CAN_PAUSE && child.kill('SIGSTOP')),
    resume: () => void (CAN_PAUSE && child.kill('SIGCONT')),
    stop: async () => {
      child.kill('SIGTERM');
      if (CAN_PAUSE) child.kill('SIGCONT');
      const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
      const [code, signal] = await ended;
      clearTimeout(late);
      // Peers have no end of their own; the bot ends with code 0.
      if (script === SCRIPTS.bot && code !== 0) {
        throw new Error(`the bot ended with ${code ?? signal}:\n${readFileSync(path, 'utf8').slice(-2_000)}`);
      }
    },
  };
}

function read(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

async function takesConnections(port: number): Promise<boolean> {
  const socket = connect({ host: '127.0.0.1', port });
  const { promise, resolve } = Promise.withResolvers<boolean>();
  socket.once('connect', () => resolve(true));
  socket.once('error', () => resolve(false));
  const taken = await promise;
  socket.destroy();
  return taken;
}
