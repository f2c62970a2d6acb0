import { Worker } from 'node:worker_threads';
import { compiledIn } from '../../runtime/keep-compiled.ts';

let begun: Worker | undefined;

/** The thread in which an SQLite database works. It loads its program while whoever called first goes on. */
export function databaseThread(): Worker {
  begun ??= new Worker(new URL('./main.ts', import.meta.url), {
    // From its first line on: asking for it takes lines, and compiling those takes longer than the rest of its program.
    env: { ...process.env, NODE_COMPILE_CACHE: compiledIn() },
  });
  return begun;
}
