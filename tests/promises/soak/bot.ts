import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const MAIN = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
const PROBE = fileURLToPath(new URL('./probe.ts', import.meta.url));

/** In MB, after everything that nobody holds was collected. */
const memory = z.object({
  heap: z.number(),
  /** Of the database's thread; 0 where there is none. */
  threadHeap: z.number(),
  rss: z.number(),
});
export type Memory = z.infer<typeof memory>;

export type LogLine = Readonly<Record<string, unknown>>;

/** The bot as it ships, in a process of its own. */
export interface Bot {
  readonly pid: number;
  readonly port: number;
  /** Lines of its log so far that are errors. */
  errors(): readonly LogLine[];
  /** Only where it was started with the probe. */
  memory(): Promise<Memory>;
  /** Files and sockets that it has open; null where the system does not tell. */
  openFiles(): number | null;
  /** How it has ended; null while it runs. */
  ended(): string | null;
  /** Resolves to how it has ended: `0` where all was well. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<string>;
}

export interface BotOptions {
  /** Lets it be asked for its memory. What ships has no such door: this one is loaded into it from here. */
  readonly probe?: boolean;
  /** What comes before the command: a shell that sets limits, for instance. */
  readonly within?: readonly string[];
}

/**
 * Starts `node src/main.ts` with these variables and no others. Resolves when it takes requests; rejects with what it
 * said where it ends before.
 */
export async function startBot(
  env: Readonly<Record<string, string>>,
  { probe = false, within = [] }: BotOptions = {},
): Promise<Bot> {
  const command = [...within, process.execPath, ...(probe ? ['--expose-gc', '--import', PROBE] : []), MAIN];
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    env: { HOST: '127.0.0.1', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const errors: LogLine[] = [];
  const said: string[] = [];
  let how: string | null = null;
  const { promise: ready, resolve, reject } = Promise.withResolvers<number>();
  const { promise: ended, resolve: end } = Promise.withResolvers<string>();
  child.once('error', reject);
  child.once('close', (code, signal) => {
    how = String(code ?? signal);
    end(how);
    reject(new Error(`the bot ended (${how}) before it was ready:\n${said.join('\n')}`));
  });
  for (const output of [child.stdout, child.stderr]) {
    if (!output) throw new Error('no output');
    createInterface(output).on('line', (line) => {
      if (said.length < 100) said.push(line);
      const entry = parsed(line);
      if (entry?.level === 'error') errors.push(entry);
      if (entry?.msg === 'ready') resolve(Number(entry.port));
    });
  }
  const port = await ready;
  return {
    port,
    pid: child.pid ?? 0,
    errors: () => errors,
    memory: () => {
      const { promise, resolve: hear } = Promise.withResolvers<Memory>();
      child.once('message', (message) => hear(memory.parse(message)));
      child.send('memory');
      return promise;
    },
    openFiles: () => {
      try {
        return readdirSync(`/proc/${child.pid}/fd`).length;
      } catch {
        return null;
      }
    },
    ended: () => how,
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
}

/** At the level of errors, or that it is ready; the rest of ten thousand lines is not worth a look. */
function parsed(line: string): LogLine | null {
  if (!/"(?:error|ready)"/.test(line)) return null;
  try {
    return JSON.parse(line);
  } catch {
    return null; // Words for whoever starts it.
  }
}
