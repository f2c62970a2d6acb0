/** The program of the thread in which an SQLite database works. */

import { createRequire } from 'node:module';
import { createComputeGroup } from '../../decision/group.ts';
import { openSqliteStore } from '../sqlite/open.ts';
import { serveStore } from './serve.ts';

/** Loads the rubric when it is first needed: the modules that read and check it take 40 ms of CPU time at the start. */
const groupOf = createComputeGroup(() => {
  const rubric: typeof import('../../advice/rubric/rubric.ts') = createRequire(import.meta.url)(
    '../../advice/rubric/rubric.ts',
  );
  return rubric.loadRubric();
});

serveStore((database, onLost) => openSqliteStore(database, groupOf, onLost));
