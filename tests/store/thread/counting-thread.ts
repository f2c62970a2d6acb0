/** A thread with a store for the contract. Its group view is only a count. */
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { serveStore } from '../../../src/store/thread/serve.ts';
import { counted } from '../draft.ts';

serveStore((database) => openSqliteStore(database, counted));
