import type { ComputeGroup } from '../../decision/discussion.ts';
import { createStore } from '../sql/create-store.ts';
import type { Store, StoreError } from '../store.ts';
import { sqliteDatabase } from './database.ts';
import { FILE_CHECK_EVERY_MS, FileGuard } from './file-guard.ts';
import { openSqlite } from './open-file.ts';

/**
 * Opens the store in an SQLite file and migrates its schema. Throws StoreError if the file can't be used.
 *
 * @param onLost called when the file was deleted, moved or replaced. From then on every change is refused, and the
 *   process should end. If omitted, the file isn't checked, which is enough for short commands.
 */
export function openSqliteStore(
  path: string,
  groupOf: ComputeGroup,
  onLost?: (why: StoreError) => void,
): Store {
  const { db, file, close } = openSqlite(path);
  const about = { alone: true, pool: () => null, groupOf };
  if (onLost === undefined) return createStore(sqliteDatabase(db, close), about);
  const guard = new FileGuard(db, path, file);
  const check = (): StoreError | null => {
    const why = guard.check();
    if (why !== null) onLost(why);
    return why;
  };
  const timer = setInterval(check, FILE_CHECK_EVERY_MS).unref();
  const closeAll = (): void => {
    clearInterval(timer);
    const why = guard.check();
    close();
    guard.close();
    if (why !== null) throw why;
  };
  return createStore(sqliteDatabase(db, closeAll, check), about);
}
