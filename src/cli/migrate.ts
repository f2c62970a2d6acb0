/**
 * `npm run migrate`: brings the database of DATABASE_URL up to date, as the bot does when it starts. Use `--restored`
 * after a restore with other tools: the bot then redraws every card when it runs.
 */
import { parseArgs } from 'node:util';
import { loadRubric } from '../advice/rubric/rubric.ts';
import { groupsBy } from '../decision/group.ts';
import { openStore } from '../store/open.ts';
import { markRestored } from '../store/transfer/transfer.ts';
import { databaseFromEnvironment, orExit } from './database.ts';

await orExit('migrate', async () => {
  const { values } = parseArgs({ options: { restored: { type: 'boolean', default: false } } });
  const database = databaseFromEnvironment();
  if (values.restored) await markRestored(database, Date.now());
  else await (await openStore(database, groupsBy(loadRubric))).close();
  process.stdout.write('The database is up to date.\n');
  if (values.restored) process.stdout.write('Every card will be redrawn when the bot runs.\n');
});
