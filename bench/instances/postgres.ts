import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const PROCESS = fileURLToPath(new URL('./postgres-process.ts', import.meta.url));

export interface RunningPostgres {
  readonly url: string;
  /** It is gone, with what it holds, until `resume`. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<void>;
}

const message = z.union([z.object({ url: z.string() }), z.object({ problem: z.string() })]);

/**
 * A real PostgreSQL on a free port, in a folder and a process of its own; it ends with whoever started it. Nothing has
 * to be installed: it comes as a package.
 *
 * @param durable commits are on disk when they are said to be, as it is in earnest
 */
export async function startPostgres({ durable = false } = {}): Promise<RunningPostgres> {
  const child = fork(PROCESS, durable ? ['--durable'] : [], { execArgv: [] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  child.once('message', resolve);
  child.once('exit', () => reject(new Error('PostgreSQL ended before it was there')));
  const said = message.parse(await promise);
  if ('problem' in said) {
    child.disconnect();
    throw new Error(`PostgreSQL did not start:\n${said.problem}`);
  }
  const ask = async (what: 'pause' | 'resume'): Promise<void> => {
    const done = new Promise((hear) => child.once('message', hear));
    child.send(what);
    await done;
  };
  return {
    url: said.url,
    pause: () => ask('pause'),
    resume: () => ask('resume'),
    stop: async () => {
      child.disconnect();
      await ended;
    },
  };
}
