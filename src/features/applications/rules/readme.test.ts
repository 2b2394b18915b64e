import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { filteringRules } from './filtering.ts';
import { applicationLimits } from './limits.ts';
import { contractorRules } from './person.ts';
import { planRules } from './plan.ts';
import { simRules } from './sim.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8').replace(/\s+/g, ' ');

test.each([...planRules, ...simRules, ...contractorRules, ...filteringRules, ...Object.values(applicationLimits)])(
  'the README says: $says',
  ({ says }) => expect(readme).toContain(says),
);
