import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Tests that need a real PostgreSQL; it is started once for them, from a package. */
const ONLY_ON_POSTGRES = [
  'tests/store/postgres.test.ts',
  'tests/process/instances.test.ts',
  'tests/process/team.test.ts',
  'tests/process/team-browser.test.ts',
  'tests/store/transfer.test.ts',
  'tests/store/newer.test.ts',
  'tests/whole/*.postgres.test.ts',
];
/** Their rules are in memory, or come before any data; the SQL behind them is in the contract of the stores. */
const ONLY_ON_SQLITE = [
  'tests/listeners/outages-in-any-order.test.ts',
  'tests/listeners/routes.test.ts',
  'tests/listeners/slack-outage.test.ts',
  'tests/listeners/unreadable.test.ts',
  'tests/listeners/words.test.ts',
];
/** Of what is tried on both databases, what shows most of PostgreSQL; the rest is the project `instances`. */
const ON_BOTH = ['tests/listeners/interplay.test.ts', 'tests/slack/workspaces.test.ts'];

export default defineConfig({
  test: {
    // A process that does not stop within this time is a bug, not a slow machine.
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Left to itself it keeps a core free. A third of the time of these tests goes by in waiting: for a browser, a
    // process, the disk.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        extends: true,
        test: { name: 'sqlite', include: ['tests/**/*.test.ts'], exclude: ONLY_ON_POSTGRES },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: [...ONLY_ON_POSTGRES, ...ON_BOTH],
          globalSetup: ['tests/support/postgres-server.ts'],
        },
      },
      {
        // `npm run test:instances`: what people do, on PostgreSQL, through three instances in turn.
        extends: true,
        test: {
          name: 'instances',
          include: ['tests/listeners/**/*.test.ts'],
          exclude: [...ONLY_ON_SQLITE, ...ON_BOTH],
          globalSetup: ['tests/support/postgres-server.ts'],
        },
      },
    ],
  },
});
