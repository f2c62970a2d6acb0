import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Long trials: `npm run promises` runs them, `npm test` doesn't. */
const PROMISES = [
  'tests/promises/**/*.test.ts',
  'packages/*/tests/browser/*.test.ts',
  'tests/whole/{clock-set-back,delete-my-data,encryption-key,every-control,flood,lost-database,restore}.test.ts',
];
/** Trials of three instances on PostgreSQL. */
const THREE_INSTANCES = 'tests/promises/instances/*.test.ts';
/** Tests that need a real PostgreSQL, which comes as a package. It is started once for all of them. */
const ONLY_ON_POSTGRES = [
  'tests/store/postgres/postgres.test.ts',
  'tests/store/transfer/transfer.test.ts',
  'tests/store/newer.test.ts',
  'tests/whole/*.postgres.test.ts',
];
/** Their rules are in memory, or come before any data; the SQL behind them is in the contract of the stores. */
const ONLY_ON_SQLITE = [
  'tests/promises/any-order/outages.test.ts',
  'tests/interactions/unreadable.test.ts',
  'tests/interactions/graceful-app.test.ts',
  'tests/interactions/rate-limited.test.ts',
  'tests/delivery/card-updates.test.ts',
  'tests/delivery/clock-check.test.ts',
  'tests/delivery/housekeeping.test.ts',
  'tests/delivery/slack-outage.test.ts',
];
/** Tests of what people do, played through the whole bot. */
const WITH_BOT = globSync(
  'tests/{features,interactions,delivery,installs,promises/any-order}/**/*.test.ts',
).filter((file) => /support\/(bot|failing-slack|posted-card)\.ts'/.test(readFileSync(file, 'utf8')));
/** Shows most of PostgreSQL, so `npm test` runs them on both databases. */
const ON_BOTH = ['tests/delivery/interplay.test.ts', 'tests/installs/workspaces.test.ts'];
const POSTGRES_SERVER = 'tests/support/postgres-server.ts';

export default defineConfig({
  test: {
    // A process that does not stop within this time is a bug, not a slow machine.
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Left to itself it keeps a core free. A third of the time of these tests goes by in waiting: for a browser, a
    // process, the disk.
    maxWorkers: availableParallelism() + 1,
    // Files that run in the same worker share loaded modules: a fifth of the tests' processor time was loading them.
    // So a test file leaves nothing behind, and what it spied on is restored.
    isolate: false,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'sqlite',
          include: ['tests/**/*.test.ts', 'packages/*/tests/**/*.test.ts'],
          exclude: [...ONLY_ON_POSTGRES, ...PROMISES],
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: [...ONLY_ON_POSTGRES, ...ON_BOTH],
          globalSetup: [POSTGRES_SERVER],
        },
      },
      {
        extends: true,
        test: { name: 'promises', include: PROMISES, exclude: [THREE_INSTANCES] },
      },
      {
        // Everything people do, on PostgreSQL, through three instances in turn.
        extends: true,
        test: {
          name: 'instances',
          include: [THREE_INSTANCES, ...WITH_BOT],
          exclude: [...ONLY_ON_SQLITE, ...ON_BOTH],
          globalSetup: [POSTGRES_SERVER],
        },
      },
    ],
  },
});
