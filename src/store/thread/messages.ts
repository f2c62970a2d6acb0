// Messages between the main thread and the database's thread.
import { type Store, StoreError } from '../store.ts';

/** Stores whose calls take and return plain values, which can cross threads. */
export type Stores = Omit<Store, 'alone' | 'ping' | 'pool' | 'close'>;

/** Every call, by store. */
export const CALLS: { readonly [Name in keyof Stores]: Readonly<Record<keyof Stores[Name], true>> } = {
  decisions: {
    submit: true,
    get: true,
    isDeleted: true,
    listInChannel: true,
    findInThread: true,
    expire: true,
    listOfPerson: true,
  },
  posts: {
    get: true,
    claim: true,
    claimRemoval: true,
    markRemoved: true,
    markPosted: true,
    markRefused: true,
    markUnknown: true,
    retry: true,
    want: true,
    tellAsker: true,
    postpone: true,
    setAside: true,
    behind: true,
    wake: true,
    dropNotice: true,
    drop: true,
    addReply: true,
    savePermalink: true,
    getStep: true,
    due: true,
    nextDue: true,
    abandoned: true,
    adopt: true,
    countDue: true,
  },
  discussions: {
    get: true,
    glance: true,
    vote: true,
    giveReason: true,
    withdraw: true,
    answer: true,
    edit: true,
    listRounds: true,
    markRoundPosted: true,
  },
  records: { decide: true, reopen: true, snooze: true, exportFile: true, remove: true },
  cardUpdates: {
    markStale: true,
    claim: true,
    blockUntil: true,
    nextDue: true,
    wake: true,
    markShown: true,
    postpone: true,
    markStuck: true,
    getStuckCode: true,
    countStale: true,
  },
  homes: { markOpened: true, listOpened: true },
  deliveries: { take: true, forget: true },
  people: { dataOf: true, forget: true },
  inbox: { put: true, putOnce: true, claim: true, remove: true, postpone: true, nextDue: true },
  installations: {
    get: true,
    count: true,
    listAfter: true,
    onePerKey: true,
    save: true,
    listExpiring: true,
    claimRenewal: true,
    saveRenewal: true,
    saveReencrypted: true,
  },
  tenants: { leave: true, comeBack: true, listToErase: true, nextErasure: true, erase: true },
  waits: { shorten: true },
};

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
  readonly store: keyof Stores | null;
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
  | { readonly kind: 'opened' }
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
