import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { doorRules, subjectRules } from './access.ts';
import { partnerRules } from './partner.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8').replace(/\s+/g, ' ');

test.each([...doorRules, ...subjectRules, ...partnerRules])('the README says $code in the same words', ({ says }) => {
  expect(readme).toContain(says);
});
