import { Worker } from 'node:worker_threads';
import { keepingCompiled } from './keep-compiled.ts';

let begun: Worker | undefined;

/** The thread in which an SQLite database works. It loads its program while whoever called first goes on. */
export function databaseThread(): Worker {
  begun ??= new Worker(new URL('./database-thread-main.ts', import.meta.url), { env: keepingCompiled() });
  return begun;
}
