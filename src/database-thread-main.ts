/** The program of the thread in which an SQLite database works. */
import { groupsBy } from './core/group.ts';
import { loadRubric } from './rubric/rubric.ts';
import { openSqliteStore } from './store/sqlite/open.ts';
import { serveStore } from './store/thread/serve.ts';

serveStore((database, onLost) => openSqliteStore(database, groupsBy(loadRubric), onLost));
