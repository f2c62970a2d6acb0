/** The program of the thread in which an SQLite database works. */

import { loadRubric } from '../../advice/rubric/rubric.ts';
import { createComputeGroup } from '../../decision/group.ts';
import { openSqliteStore } from '../sqlite/open.ts';
import { serveStore } from './serve.ts';

serveStore((database, onLost) => openSqliteStore(database, createComputeGroup(loadRubric), onLost));
