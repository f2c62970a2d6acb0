/** A thread that dies on the first vote. */
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { serveStore } from '../../../src/store/thread/serve.ts';
import { counted } from '../draft.ts';

serveStore((database) => {
  const store = openSqliteStore(database, counted);
  const die = (): Promise<never> => {
    queueMicrotask(() => {
      throw new Error('out of its mind');
    });
    return new Promise(() => {});
  };
  return { ...store, discussions: { ...store.discussions, vote: die } };
});
