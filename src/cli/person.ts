/**
 * `npm run --silent person -- --tenant T0123 --person U0123 [--delete [--cards]]`: prints the data stored about a
 * person, as JSON. --delete then deletes it, as "Delete my data" does in Slack. --cards also deletes the cards they
 * asked for. On SQLite, stop the bot first. The bot updates the cards when it runs again.
 */
import { parseArgs } from 'node:util';
import { loadRubric } from '../advice/rubric/rubric.ts';
import { createComputeGroup } from '../decision/group.ts';
import { openStore } from '../store/open.ts';
import { StoreError } from '../store/store.ts';
import { existingDatabase, exitOnError, parsePersonId, parseTenantId } from './command.ts';

/** Decisions deleted per call. */
const AT_ONCE = 100;

await exitOnError('person', async () => {
  const { values } = parseArgs({
    options: {
      tenant: { type: 'string' },
      person: { type: 'string' },
      delete: { type: 'boolean', default: false },
      cards: { type: 'boolean', default: false },
    },
  });
  if (!values.tenant || !values.person)
    throw new StoreError('usage: --tenant T0123 --person U0123 [--delete [--cards]]');
  const [tenant, person, cards] = [parseTenantId(values.tenant), parsePersonId(values.person), values.cards];
  if (cards && !values.delete) throw new StoreError('--cards needs --delete');
  const store = await openStore(existingDatabase(), createComputeGroup(loadRubric));
  try {
    const { decisions, openedHome, installedApp, waiting } = await store.people.dataOf(tenant, person);
    const found = [
      ...decisions,
      ...(openedHome ? [{ openedHome }] : []),
      ...(installedApp ? [{ installedApp }] : []),
      ...(waiting > 0 ? [{ waiting }] : []),
    ];
    process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
    if (!values.delete) return;
    let forgotten = 0;
    for (let last = AT_ONCE; last === AT_ONCE; forgotten += last) {
      last = await store.people.forget(tenant, person, { cards, limit: AT_ONCE }, Date.now());
    }
    process.stderr.write(`Deleted in ${forgotten} ${forgotten === 1 ? 'decision' : 'decisions'}.\n`);
  } finally {
    await store.close();
  }
});
