import type { Store } from '../store.ts';

/** What each of these does is a call with plain values, so it can be done in another thread. */
export type Stores = Omit<Store, 'alone' | 'ping' | 'pool' | 'close'>;

/** The calls that there are, by store. */
export const CALLS: { readonly [Name in keyof Stores]: Readonly<Record<keyof Stores[Name], true>> } = {
  decisions: {
    submit: true,
    get: true,
    isDeleted: true,
    inChannel: true,
    inThread: true,
    expire: true,
    ofPerson: true,
  },
  posts: {
    get: true,
    claim: true,
    claimRemoval: true,
    removed: true,
    posted: true,
    refused: true,
    unknown: true,
    retry: true,
    want: true,
    tellAsker: true,
    postpone: true,
    setAside: true,
    behind: true,
    wake: true,
    saidInDialog: true,
    dropped: true,
    replied: true,
    permalink: true,
    stepOf: true,
    due: true,
    nextDue: true,
    abandoned: true,
    adopt: true,
    waiting: true,
  },
  discussions: {
    get: true,
    glance: true,
    vote: true,
    giveReason: true,
    withdraw: true,
    answer: true,
    edit: true,
    rounds: true,
    toldRound: true,
  },
  records: { decide: true, reopen: true, snooze: true, exportFile: true, remove: true },
  cardUpdates: {
    changed: true,
    claim: true,
    noneBefore: true,
    nextDue: true,
    wake: true,
    shown: true,
    later: true,
    stuck: true,
    stuckAt: true,
    backlog: true,
  },
  homes: { opened: true, among: true },
  deliveries: { take: true, forget: true },
  people: { dataOf: true, forget: true },
  inbox: { put: true, putOnce: true, claim: true, done: true, later: true, nextDue: true },
  installations: {
    get: true,
    count: true,
    after: true,
    onePerKey: true,
    save: true,
    expiring: true,
    claimRenewal: true,
    renewed: true,
    resealed: true,
  },
  tenants: { leave: true, comeBack: true, toErase: true, nextErasure: true, erase: true },
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
