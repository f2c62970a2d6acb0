/**
 * `npm run --silent person -- --tenant T0123 --person U0123 [--delete]`: prints what is stored about somebody, as JSON.
 * With --delete it then deletes what they said, as "Delete what is about me" does in Slack. On SQLite with the bot
 * stopped; cards are brought up to date when it runs.
 */
import { parseArgs } from 'node:util';
import { groupsBy } from '../core/group.ts';
import { loadRubric } from '../rubric/rubric.ts';
import { openStore } from '../store/open.ts';
import { StoreError } from '../store/store-error.ts';
import { existingDatabase, orExit } from './database.ts';
import { personId, tenantId } from './setting.ts';

await orExit('person', async () => {
  const { values } = parseArgs({
    options: {
      tenant: { type: 'string' },
      person: { type: 'string' },
      delete: { type: 'boolean', default: false },
    },
  });
  if (!values.tenant || !values.person) throw new StoreError('tell whom: --tenant T0123 --person U0123');
  const [tenant, person] = [tenantId(values.tenant), personId(values.person)];
  const store = await openStore(existingDatabase(), groupsBy(loadRubric));
  try {
    const found = await store.people.dataOf(tenant, person);
    process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
    if (!values.delete) return;
    const forgotten = await store.people.forget(tenant, person, Date.now());
    process.stderr.write(`Deleted in ${forgotten} ${forgotten === 1 ? 'decision' : 'decisions'}.\n`);
  } finally {
    await store.close();
  }
});
