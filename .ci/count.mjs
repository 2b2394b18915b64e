// The closing line of a run, `N passed, N failed`, from the test runner's own report; exits as the run did.
import { existsSync, readFileSync } from 'node:fs';

const code = Number(process.argv[2]);
const path = 'coverage/vitest.json';
if (!existsSync(path)) {
  console.log('0 passed, 1 failed');
  process.exit(code || 1);
}
const report = JSON.parse(readFileSync(path, 'utf8'));
const failed = report.numFailedTests + (report.numFailedTestSuites > 0 && report.numFailedTests === 0 ? 1 : 0);
console.log(`${report.numPassedTests} passed, ${failed + (code !== 0 && failed === 0 ? 1 : 0)} failed`);
process.exit(code || (failed > 0 ? 1 : 0));
