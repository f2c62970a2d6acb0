import { basename, join } from 'node:path';
import { inject } from 'vitest';
import { createComputeGroup } from '../../src/decision/group.ts';
import { openPostgresStore } from '../../src/store/postgres/open.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import type { Store } from '../../src/store/store.ts';
import { postgresSchema } from './postgres.ts';
import { smallRubric } from './small-rubric.ts';

/** The store of the test project that runs: whoever opens it for the same folder finds the same data. */
export async function openTestStore(folder: string): Promise<Store> {
  const [store] = await openTestStores(folder, 1);
  if (!store) throw new Error('there is no store');
  return store;
}

/** As so many processes open it, each with connections of its own; more than one only on PostgreSQL. */
export async function openTestStores(folder: string, count: number): Promise<readonly Store[]> {
  if (!runsOnPostgres())
    return [
      openSqliteStore(
        join(folder, 'bot.db'),
        createComputeGroup(() => smallRubric),
      ),
    ];
  const url = await postgresSchema(basename(folder).toLowerCase().replaceAll(/\W/g, '_'));
  const connections = count === 1 ? 4 : 2;
  return Promise.all(
    Array.from({ length: count }, () =>
      openPostgresStore(
        url,
        createComputeGroup(() => smallRubric),
        { connections, isDirect: true },
      ),
    ),
  );
}

export function runsOnPostgres(): boolean {
  // What another project provides is not there in this one, whatever its type says.
  const address: string | undefined = inject('postgres');
  return address !== undefined;
}
