import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Tests that need a real PostgreSQL; it is started once for them, from a package. */
const ONLY_ON_POSTGRES = [
  'tests/store/postgres/postgres.test.ts',
  'tests/whole/instances.test.ts',
  'tests/whole/team.test.ts',
  'tests/whole/team-browser.test.ts',
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
/** Of what is tried on both databases, what shows most of PostgreSQL; the rest is the project `instances`. */
const ON_BOTH = ['tests/delivery/interplay.test.ts', 'tests/installs/workspaces.test.ts'];

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
        test: {
          name: 'sqlite',
          include: ['tests/**/*.test.ts', 'packages/*/tests/**/*.test.ts'],
          exclude: ONLY_ON_POSTGRES,
        },
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
          include: WITH_BOT,
          exclude: [...ONLY_ON_SQLITE, ...ON_BOTH],
          globalSetup: ['tests/support/postgres-server.ts'],
        },
      },
    ],
  },
});
