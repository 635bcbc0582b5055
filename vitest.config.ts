import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**'],
    environment: 'node',
    maxWorkers: 2,
    // Only for tests that hang: a machine that does other work as well may take several times as long.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
