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
];
/** Their rules are in memory, or come before any data; the SQL behind them is in the contract of the stores. */
const ONLY_ON_SQLITE = [
  'tests/listeners/outages-in-any-order.test.ts',
  'tests/listeners/routes.test.ts',
  'tests/listeners/slack-outage.test.ts',
  'tests/listeners/unreadable.test.ts',
  'tests/listeners/words.test.ts',
];
/** What the bot does with its data is tried on both databases. */
const ON_BOTH = ['tests/listeners/**/*.test.ts', 'tests/slack/workspaces.test.ts'];

export default defineConfig({
  test: {
    // A process that does not stop within this time is a bug, not a slow machine.
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Left to itself it keeps one core free, which on two cores leaves one: half of these tests wait for a browser.
    maxWorkers: Math.max(2, availableParallelism() - 1),
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
          exclude: ONLY_ON_SQLITE,
          globalSetup: ['tests/support/postgres-server.ts'],
        },
      },
    ],
  },
});
