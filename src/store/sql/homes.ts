import { z } from 'zod';
import type { HomeStore } from '../store.ts';
import { columnReader } from './reading.ts';
import { type Database, defineQuery, execute, queryAll } from './work.ts';

const INSERT = 'INSERT INTO homes (tenant, person) VALUES (:tenant, :person) ON CONFLICT DO NOTHING';
const AMONG = defineQuery(
  'SELECT person FROM homes WHERE tenant = :tenant AND person IN :people[]',
  columnReader('person', z.string()),
);

export function createHomeStore(db: Database): HomeStore {
  return {
    markOpened: (tenant, person) => db.write(() => execute(INSERT, { tenant, person })),
    listOpened: (tenant, people) => db.read(() => queryAll(AMONG, { tenant, people })),
  };
}
