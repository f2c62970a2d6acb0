import { Worker } from 'node:worker_threads';

let begun: Worker | undefined;

/** Returns the worker thread for an SQLite database. The first call starts it, and it loads in parallel. */
export function databaseThread(): Worker {
  begun ??= new Worker(new URL('./main.ts', import.meta.url));
  return begun;
}
