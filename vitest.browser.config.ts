import { defineConfig } from 'vitest/config';

/** The demo as a person sees it, in headless Chromium (`CHROMIUM` says where; Debian's is the default). */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
