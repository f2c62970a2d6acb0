import type { Worker } from 'node:worker_threads';
import type { Store } from '../store.ts';
import type { StoreError } from '../store-error.ts';
import { Caller } from './caller.ts';
import { type Beginning, CALLS, type Stores } from './messages.ts';

export interface ThreadOptions {
  /** Its program calls `serveStore`. */
  readonly thread: Worker;
  /** Path of an SQLite file. */
  readonly database: string;
  /** Called when the thread ends without being closed. Every pending and later call fails. */
  readonly onDeath: (why: StoreError) => void;
}

/**
 * Opens a store whose database works in a worker thread. A commit waits for the disk, and `node:sqlite` blocks its thread
 * meanwhile. In a worker, the main thread keeps reading requests, and a slow disk delays only calls of the store.
 *
 * Throws StoreError if the database can't be used.
 */
export async function openInThread({ thread, database, onDeath }: ThreadOptions): Promise<Store> {
  const done = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const beginning: Beginning = { database, done };
  const caller = new Caller(thread, new Int32Array(done), onDeath);
  thread.postMessage(beginning);
  await caller.opened;
  return {
    ...storesOver(caller),
    alone: true,
    ping: async () => void (await caller.call(null, 'ping', [])),
    pool: () => null,
    close: () => caller.close(),
  };
}

type Methods = Record<string, (...args: readonly unknown[]) => Promise<unknown>>;

function storesOver(caller: Caller): Stores {
  const stores: Record<string, Methods> = {};
  for (const name of storeNames) {
    const methods: Methods = {};
    for (const method of Object.keys(CALLS[name])) {
      methods[method] = (...args) => caller.call(name, method, args);
    }
    stores[name] = methods;
  }
  if (!areStores(stores)) throw new Error('a call is missing');
  return stores;
}

const storeNames = Object.keys(CALLS).filter(isStoreName);

function isStoreName(name: string): name is keyof Stores {
  return Object.hasOwn(CALLS, name);
}

/** The list of calls has all of them, as its type says; what they take and give is what the same store says. */
function areStores(stores: object): stores is Stores {
  return storeNames.every((name) => Object.hasOwn(stores, name));
}
