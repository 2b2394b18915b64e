import { defineConfig } from 'vitest/config';

// The kind of a test is in its name: `*.test.ts` is pure, `*.int.test.ts` has a real database or a real
// server behind it, `*.browser.test.ts` drives a real browser.
export default defineConfig({
  test: {
    reporters: process.env.CI ? ['default', ['json', { outputFile: 'coverage/vitest.json' }]] : ['default'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{src,simulator,tests,bench}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.int.test.{ts,tsx}', '**/*.browser.test.ts', '**/node_modules/**'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['{src,simulator,tests,bench}/**/*.int.test.{ts,tsx}'],
          globalSetup: ['tests/support/database.global.ts'],
          // Generous: a machine that is busy with something else makes no test fail.
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.browser.test.ts'],
          globalSetup: ['tests/support/database.global.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
