import { defineConfig } from 'vitest/config';

// A worker keeps what it has loaded: no module of ours holds state of its own, and loading was a quarter of the time.
// Three of them fill two cores, because tests wait for answers; a fourth made each so much slower that nothing was won. One
// group lets files of every kind fill the gaps of the others.
const shared = {
  isolate: false,
  maxWorkers: 3,
  // A machine that is busy with something else makes no test fail: all wait generously.
  expect: { poll: { timeout: 20_000 } },
  testTimeout: 120_000,
  hookTimeout: 120_000,
};

// The kind of a test is in its name: `*.test.ts` is pure, `*.int.test.ts` has a real database or a real
// server behind it, `*.browser.test.ts` drives a real browser.
export default defineConfig({
  test: {
    reporters: process.env.CI ? ['default', ['json', { outputFile: 'coverage/vitest.json' }]] : ['default'],
    // Once for all kinds: they share the folder and the server.
    globalSetup: ['tests/support/folder.global.ts', 'tests/support/database.global.ts'],
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['{src,simulator,tests,bench}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.int.test.{ts,tsx}', '**/*.browser.test.ts', '**/node_modules/**'],
        },
      },
      {
        test: {
          ...shared,
          name: 'integration',
          include: ['{src,simulator,tests,bench}/**/*.int.test.{ts,tsx}'],
        },
      },
      {
        test: {
          ...shared,
          name: 'browser',
          include: ['tests/browser/**/*.browser.test.ts'],
          globalSetup: ['tests/support/browser.global.ts'],
        },
      },
    ],
  },
});
