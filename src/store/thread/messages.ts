// Messages between the main thread and the database's thread.
import { type Store, StoreError } from '../store.ts';

/** Stores whose calls take and return plain values, which can cross threads. */
export type Stores = Omit<Store, 'alone' | 'ping' | 'pool' | 'close'>;

/** The names of every store's calls. */
export type CallNames = Readonly<Record<string, readonly string[]>>;

/** First message to the thread: the database to open. */
export interface OpenRequest {
  /** Path of an SQLite file. */
  readonly database: string;
  /** Shared counter of finished messages, so that the client can read it without waiting. */
  readonly done: SharedArrayBuffer;
}

export interface StoreCall {
  readonly id: number;
  /** Null for the store as a whole: `ping` or `close`. */
  readonly store: string | null;
  readonly method: string;
  readonly args: readonly unknown[];
}

export type StoreCallResult =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly error: SentError };

/** An error in a form that can cross threads. Of an Error itself, only the message would arrive. */
export interface SentError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  /** Further properties, such as a database's `code` and `errcode`. */
  readonly details: Readonly<Record<string, string | number>>;
}

/** Messages from the thread: first `opened` or `refused`, then answers. */
export type ThreadMessage =
  | { readonly kind: 'opened'; readonly calls: CallNames }
  /** The database cannot be used. */
  | { readonly kind: 'refused'; readonly error: SentError }
  /** The database file is gone, so every write fails. */
  | { readonly kind: 'lost'; readonly error: SentError }
  | { readonly kind: 'answers'; readonly answers: readonly StoreCallResult[] };

export function serializeError(error: unknown): SentError {
  if (!(error instanceof Error))
    return { name: 'Error', message: String(error), stack: undefined, details: {} };
  const details: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(error)) {
    if (typeof value === 'string' || typeof value === 'number') details[name] = value;
  }
  return { name: error.name, message: error.message, stack: error.stack, details };
}

export function deserializeError({ name, message, stack, details }: SentError): Error {
  const error = name === 'StoreError' ? new StoreError(message) : new Error(message);
  return Object.assign(error, { ...details, name, stack });
}
