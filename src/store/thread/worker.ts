import { Worker } from 'node:worker_threads';

let worker: Worker | undefined;

/** Returns the database's thread. The first call starts it, so that it loads in parallel with the rest. */
export function databaseThread(): Worker {
  worker ??= new Worker(new URL('./main.ts', import.meta.url));
  return worker;
}
