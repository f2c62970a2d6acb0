// The program of the database's thread.
import { createRequire } from 'node:module';
import { createComputeGroup } from '../../decision/group.ts';
import { openSqliteStore } from '../sqlite/open.ts';
import { serveStore } from './serve.ts';

/** Loads the rubric on first use, because that takes 40 ms of CPU time. */
const groupOf = createComputeGroup(() => {
  const rubric: typeof import('../../advice/rubric/rubric.ts') = createRequire(import.meta.url)(
    '../../advice/rubric/rubric.ts',
  );
  return rubric.loadRubric();
});

serveStore((database, onLost) => openSqliteStore(database, groupOf, onLost));
