import type { Worker } from 'node:worker_threads';
import type { Store, StoreError } from '../store.ts';
import { ThreadClient } from './client.ts';
import type { CallNames, OpenRequest, Stores } from './messages.ts';

export interface ThreadOptions {
  /** A thread that runs main.ts. */
  readonly thread: Worker;
  /** Path of an SQLite file. */
  readonly database: string;
  /** Called when the thread ends without being closed. Every pending and later call fails. */
  readonly onDeath: (why: StoreError) => void;
}

/**
 * Opens an SQLite store in a worker thread, because `node:sqlite` blocks its thread while a commit waits for the disk.
 * Throws StoreError if the database can't be used.
 */
export async function openInThread({ thread, database, onDeath }: ThreadOptions): Promise<Store> {
  const done = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const request: OpenRequest = { database, done };
  const client = new ThreadClient(thread, new Int32Array(done), onDeath);
  thread.postMessage(request);
  return {
    ...storesOver(client, await client.opened),
    alone: true,
    ping: async () => void (await client.call(null, 'ping', [])),
    pool: () => null,
    close: () => client.close(),
  };
}

type Methods = Record<string, (...args: readonly unknown[]) => Promise<unknown>>;

function storesOver(client: ThreadClient, calls: CallNames): Stores {
  const stores: Record<string, Methods> = {};
  for (const [name, methods] of Object.entries(calls)) {
    stores[name] = Object.fromEntries(
      methods.map((method) => [method, (...args) => client.call(name, method, args)]),
    );
  }
  if (!areStores(stores)) throw new Error('a store is missing');
  return stores;
}

/** The thread lists the calls of a whole Store, and each method forwards to the one of the same name. */
function areStores(stores: object): stores is Stores {
  return 'decisions' in stores;
}
