import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // A process that does not stop within this time is a bug, not a slow machine.
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Left to itself it keeps one core free, which on two cores leaves one: half of these tests wait for a browser.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
