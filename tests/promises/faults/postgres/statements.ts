import pg from 'pg';
import { storeCall } from '../ports.ts';

/** One statement that changes something, or the end of a transaction that did. */
export interface StatementPoint {
  /** From 1. */
  readonly number: number;
  /** The store's call that it belongs to. */
  readonly call: string;
  /** How it begins. */
  readonly name: string;
  /** From 1, of those of this call and name: what is done side by side may change its order. */
  readonly index: number;
}

export const STATEMENT_KINDS = [
  /** The connection breaks before the server gets the statement. */
  'lost-before',
  /** The server has done it; its answer is lost. */
  'lost-after',
  /** Two works got in each other's way: serialization failure, deadlock. */
  '40001',
  '40P01',
  /** An administrator ends the server, or this connection. */
  '57P01',
] as const;
export type StatementKind = (typeof STATEMENT_KINDS)[number];

export interface StatementFault {
  readonly point: StatementPoint;
  readonly kind: StatementKind;
}

type Query = (this: pg.Client, ...args: unknown[]) => Promise<unknown>;

/** Sees every statement that the bot sends to PostgreSQL while it counts, and puts a fault into one. */
export class Statements {
  points: StatementPoint[] = [];
  /** Did the fault come? */
  struck = false;
  #fault: StatementFault | null = null;
  #counting = false;
  readonly #query: Query;
  /** What has changed something in a transaction that is not over. */
  readonly #writing = new WeakMap<pg.Client, boolean>();

  /** Every connection of this process is seen until `release`. */
  constructor() {
    this.#query = Reflect.get(pg.Client.prototype, 'query');
    const see = (client: pg.Client, args: unknown[]): Promise<unknown> => this.#sees(client, args);
    Reflect.set(pg.Client.prototype, 'query', function (this: pg.Client, ...args: unknown[]) {
      return see(this, args);
    });
  }

  release(): void {
    Reflect.set(pg.Client.prototype, 'query', this.#query);
  }

  count(fault: StatementFault | null): void {
    this.points = [];
    this.struck = false;
    this.#fault = fault;
    this.#counting = true;
  }

  stopCounting(): void {
    this.#counting = false;
  }

  #sees(client: pg.Client, args: unknown[]): Promise<unknown> {
    const call = storeCall.getStore();
    const text = textOf(args[0]);
    const name = this.#counting && call !== undefined && text !== null ? this.#nameOf(client, text) : null;
    if (name === null || call === undefined) return Reflect.apply(this.#query, client, args);
    const index = this.points.filter((point) => point.call === call && point.name === name).length + 1;
    this.points.push({ number: this.points.length + 1, call, name, index });
    const { point, kind } = this.#fault ?? {};
    const isIt = point?.call === call && point.name === name && point.index === index;
    if (!isIt || kind === undefined) return Reflect.apply(this.#query, client, args);
    this.struck = true;
    return this.#strike(client, args, kind, text);
  }

  /** Null for what only reads, and for the end of a transaction that did. */
  #nameOf(client: pg.Client, text: string): string | null {
    if (text.startsWith('BEGIN')) this.#writing.set(client, false);
    const changes = /^\s*(INSERT INTO \w+|UPDATE \w+|DELETE FROM \w+)/.exec(text)?.[1];
    if (changes !== undefined) {
      if (this.#writing.has(client)) this.#writing.set(client, true);
      return changes;
    }
    if (text !== 'COMMIT' && text !== 'ROLLBACK') return null;
    const hasWritten = this.#writing.get(client) === true;
    this.#writing.delete(client);
    return text === 'COMMIT' && hasWritten ? text : null;
  }

  #strike(client: pg.Client, args: unknown[], kind: StatementKind, text: string | null): Promise<unknown> {
    const send = (...sent: unknown[]): Promise<unknown> => Reflect.apply(this.#query, client, sent);
    const breakOff = (): Error => {
      const error = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
      streamOf(client).destroy(error);
      return error;
    };
    switch (kind) {
      case 'lost-before':
        breakOff();
        return send(...args);
      case 'lost-after':
        return send(...args).then(() => {
          throw breakOff();
        });
      case '57P01':
        return send('SELECT pg_terminate_backend(pg_backend_pid())');
      default: {
        const failing = send(`DO $$ BEGIN RAISE EXCEPTION 'in the way' USING ERRCODE = '${kind}'; END $$`);
        // A COMMIT that fails is the end of its transaction.
        if (text === 'COMMIT') send('ROLLBACK').catch(() => {});
        return failing;
      }
    }
  }
}

/** What can happen to it. */
export function kindsAt({ name }: StatementPoint): readonly StatementKind[] {
  return name === 'COMMIT' ? STATEMENT_KINDS : STATEMENT_KINDS.filter((kind) => kind !== '40001');
}

function textOf(query: unknown): string | null {
  if (typeof query === 'string') return query;
  if (typeof query !== 'object' || query === null || !('text' in query)) return null;
  return typeof query.text === 'string' ? query.text : null;
}

function streamOf(client: pg.Client): { destroy(error: Error): void } {
  const connection: unknown = Reflect.get(client, 'connection');
  if (typeof connection !== 'object' || connection === null) throw new Error('pg has no connection');
  return Reflect.get(connection, 'stream');
}
