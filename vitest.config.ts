import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // A process that does not stop within this time is a bug, not a slow machine.
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
