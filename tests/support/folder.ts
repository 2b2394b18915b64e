import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';

/** An empty folder for whoever asks. It goes with the run's own, so no test has to remove it. */
export function testFolder(): string {
  return mkdtempSync(join(inject('runFolder'), 'test-'));
}
