import type { ComputeGroup } from '../decision/discussion.ts';
import { isPostgresUrl } from '../runtime/environment.ts';
import { openPostgresStore } from './postgres/open.ts';
import { openSqliteStore } from './sqlite/open.ts';
import type { Store } from './store.ts';

/**
 * Opens the store that DATABASE_URL names and migrates its schema. Throws StoreError if it can't be used.
 *
 * @param database path of an SQLite file, or postgres://…
 */
export async function openStore(database: string, groupOf: ComputeGroup): Promise<Store> {
  return isPostgresUrl(database) ? openPostgresStore(database, groupOf) : openSqliteStore(database, groupOf);
}
