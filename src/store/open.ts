import type { GroupOf } from '../decision/discussion.ts';
import { isPostgresUrl } from '../runtime/database-url.ts';
import { openPostgresStore } from './postgres/open.ts';
import { openSqliteStore } from './sqlite/open.ts';
import type { Store } from './store.ts';

/**
 * The store that DATABASE_URL names, with its schema up to date. Throws StoreError where it cannot be used.
 *
 * @param database path of an SQLite file, or postgres://…
 */
export async function openStore(database: string, groupOf: GroupOf): Promise<Store> {
  return isPostgresUrl(database) ? openPostgresStore(database, groupOf) : openSqliteStore(database, groupOf);
}
