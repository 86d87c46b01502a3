import { defineConfig } from 'vitest/config';

// No colours: a terminal's would stand between the words that a test looks for, on some machines and not on others.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/seed.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    env: { NO_COLOR: '1' },
  },
});
