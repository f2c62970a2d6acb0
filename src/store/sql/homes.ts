import { z } from 'zod';
import type { HomeStore } from '../store.ts';
import { columnAs } from './reading.ts';
import { all, type Database, query, run } from './work.ts';

const INSERT = 'INSERT INTO homes (tenant, person) VALUES (:tenant, :person) ON CONFLICT DO NOTHING';
const AMONG = query(
  'SELECT person FROM homes WHERE tenant = :tenant AND person IN :people[]',
  columnAs('person', z.string()),
);

export function homeStore(db: Database): HomeStore {
  return {
    opened: (tenant, person) => db.write(() => run(INSERT, { tenant, person })),
    among: (tenant, people) => db.read(() => all(AMONG, { tenant, people })),
  };
}
