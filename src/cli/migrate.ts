/**
 * `npm run migrate`: migrates the database of DATABASE_URL, as the bot does at startup. Use `--restored` after
 * restoring a backup with other tools: the bot then redraws every card.
 */
import { parseArgs } from 'node:util';
import { loadRubric } from '../advice/rubric/rubric.ts';
import { createComputeGroup } from '../decision/group.ts';
import { openStore } from '../store/open.ts';
import { markRestored } from '../store/transfer/transfer.ts';
import { databaseFromEnvironment, exitOnError } from './command.ts';

await exitOnError('migrate', async () => {
  const { values } = parseArgs({ options: { restored: { type: 'boolean', default: false } } });
  const database = databaseFromEnvironment();
  if (values.restored) await markRestored(database, Date.now());
  else await (await openStore(database, createComputeGroup(loadRubric))).close();
  process.stdout.write('The database is up to date.\n');
  if (values.restored) process.stdout.write('The bot redraws every card when it runs.\n');
});
