import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generateSchemas } from './generate-schemas.ts';

test('the committed schemas are those of the installed SDK', { timeout: 30_000 }, () => {
  const committed = readFileSync(new URL('schemas/received.json', import.meta.url), 'utf8');
  expect(generateSchemas()).toBe(committed);
});
