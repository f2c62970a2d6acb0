import type { GroupOf } from '../../core/discussion.ts';
import { storeOn } from '../sql/store-on.ts';
import type { Store } from '../store.ts';
import { sqliteDatabase } from './database.ts';
import { openSqlite } from './open-file.ts';

/** The store in one SQLite file. Throws StoreError where the file cannot be used. */
export function openSqliteStore(path: string, groupOf: GroupOf): Store {
  const { db, close } = openSqlite(path);
  return storeOn(sqliteDatabase(db, close), { alone: true, pool: () => null, groupOf });
}
