import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**'],
    globalSetup: ['test/fakes/postgres.ts'],
    // A story goes through Slack, Postgres and a provider; none of it waits for a time, but two cores are two cores.
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
