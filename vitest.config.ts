import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longestFirst.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**'],
    globalSetup: ['test/fakes/postgres.ts'],
    // No test mocks a module or leaves anything behind in one, so files can share what a worker has loaded.
    isolate: false,
    // Most of the time a test waits for a database, a process or Slack's pace, so two files to a core fit.
    maxWorkers: 4,
    sequence: { sequencer: LongestFirst },
    // A story goes through Slack, Postgres and a provider; none of it waits for a time, but two cores are two cores.
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
