import type { Store } from '../store.ts';

/** What each of these does is a call with plain values, so it can be done in another thread. */
export type Stores = Omit<Store, 'alone' | 'ping' | 'pool' | 'close'>;

/** The calls that there are, by store. */
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

/** What the thread is told first: to open this. */
export interface Beginning {
  /** Path of an SQLite file. */
  readonly database: string;
  /** One number: how many messages of those that it was sent it is done with. To be seen without waiting for it. */
  readonly done: SharedArrayBuffer;
}

export interface Call {
  readonly id: number;
  /** Null for the store as a whole: `ping` or `close`. */
  readonly store: keyof Stores | null;
  readonly method: string;
  readonly args: readonly unknown[];
}

export type CallResult =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly error: SentError };

/** An error as it crosses from one thread to another: of an Error itself only the words would arrive. */
export interface SentError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  /** Of a database, for instance: `code`, `errcode`. */
  readonly details: Readonly<Record<string, string | number>>;
}

/** What the thread says. It says `opened` or `refused` first, and then answers. */
export type ThreadMessage =
  | { readonly kind: 'opened' }
  /** The database cannot be used. */
  | { readonly kind: 'refused'; readonly error: SentError }
  /** The database file is gone, so every write fails. */
  | { readonly kind: 'lost'; readonly error: SentError }
  | { readonly kind: 'answers'; readonly answers: readonly CallResult[] };
