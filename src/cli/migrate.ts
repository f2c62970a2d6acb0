/** `npm run migrate`: brings the database of DATABASE_URL up to date, as the bot does by itself when it starts. */
import { groupsBy } from '../core/group.ts';
import { loadRubric } from '../rubric/rubric.ts';
import { openStore } from '../store/open.ts';
import { databaseFromEnvironment, orExit } from './database.ts';

await orExit('migrate', async () => {
  const store = await openStore(databaseFromEnvironment(), groupsBy(loadRubric));
  await store.close();
  process.stdout.write('The database is up to date.\n');
});
