import { Worker } from 'node:worker_threads';

let begun: Worker | undefined;

/** The thread in which an SQLite database works. It loads its program while whoever called first goes on. */
export function databaseThread(): Worker {
  begun ??= new Worker(new URL('./main.ts', import.meta.url));
  return begun;
}
