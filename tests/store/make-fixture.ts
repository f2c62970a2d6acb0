/**
 * `node tests/store/make-fixture.ts`: keeps a small database of the newest schema under fixtures/, for
 * the tests of the migrations that come after it. Run it when a migration is added; never change an
 * old one.
 */
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { advise } from '../../src/advice/advise.ts';
import { loadRubric } from '../../src/advice/rubric/rubric.ts';
import { draftRound } from '../../src/decision/decision.ts';
import { createComputeGroup } from '../../src/decision/group.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { openSqlite, schemaVersion } from '../../src/store/sqlite/open-file.ts';
import { draft } from './draft.ts';

const scratch = fileURLToPath(new URL('./fixtures/new.db', import.meta.url));
const AT = Date.UTC(2026, 10, 23, 9);

const store = openSqliteStore(scratch, createComputeGroup(loadRubric));
const answers = { stage: 'product', admin: 'yes', size: 'grow' };
await store.decisions.submit(
  draft({
    id: 'fixture1',
    replyUrl: null,
    round: draftRound({ answers, advice: advise(loadRubric(), answers), by: 'U1', at: AT }),
  }),
);
const card = { tenant: 'T1', decision: 'fixture1', kind: 'card' } as const;
await store.posts.claim(card, AT);
await store.posts.markPosted(card, '1795424400.000001', AT);
await store.close();

const { db, close } = openSqlite(scratch);
const version = schemaVersion(db);
const target = fileURLToPath(new URL(`./fixtures/schema-${version}.db`, import.meta.url));
db.exec('PRAGMA journal_mode = DELETE');
rmSync(target, { force: true });
db.prepare('VACUUM INTO ?').run(target);
close();
for (const suffix of ['', '.lock', '-wal', '-shm']) rmSync(`${scratch}${suffix}`, { force: true });
