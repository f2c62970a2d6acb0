import { basename, join } from 'node:path';
import { inject } from 'vitest';
import { openPostgresStore } from '../../src/store/postgres/open.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import type { Store } from '../../src/store/store.ts';
import { postgresSchema } from './postgres.ts';

/** The store of the test project that runs: whoever opens it for the same folder finds the same data. */
export async function openTestStore(folder: string): Promise<Store> {
  if (!runsOnPostgres()) return openSqliteStore(join(folder, 'bot.db'));
  const schema = basename(folder).toLowerCase().replaceAll(/\W/g, '_');
  return openPostgresStore(await postgresSchema(schema), { connections: 4 });
}

export function runsOnPostgres(): boolean {
  // What another project provides is not there in this one, whatever its type says.
  const address: string | undefined = inject('postgres');
  return address !== undefined;
}
