import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { doorRules, subjectRules } from './access.ts';
import { providerLimits } from './limits.ts';
import { partnerRules } from './partner.ts';
import { tenureRules } from './tenure.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8').replace(/\s+/g, ' ');

test.each(Object.entries(providerLimits))('the README says the limit “%s” in the same words', (_, { says }) => {
  expect(readme).toContain(says);
});

test.each([...doorRules, ...subjectRules, ...partnerRules, ...tenureRules])(
  'the README says $code in the same words',
  ({ says }) => {
    expect(readme).toContain(says);
  },
);
