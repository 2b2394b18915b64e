import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { firstBroken } from '../../../base/refusal.ts';
import { type TopUpFacts, topUpRefusals } from './top-up.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** The numbered sentences with a code under a heading. */
function told(heading: string): string[] {
  const section = readme.split(`### ${heading}\n`)[1]?.split(/\n##/)[0] ?? '';
  return [...section.matchAll(/^\d+\. `([^`]+)` (.+)$/gm)].map(([, code, says]) => `${code}: ${says}`);
}

const written = (rules: readonly { code: string; says: string }[]) => rules.map(({ code, says }) => `${code}: ${says}`);

describe('the README tells every refusal, in this order and in these words', () => {
  test('of top-ups', () => expect(told('Why data is not sold')).toEqual(written(topUpRefusals)));
});

describe('a top-up', () => {
  const fine: TopUpFacts = { isOwn: true, isInService: true, isPackSold: true, boughtThisMonth: 9, limitPerMonth: 10 };
  test.each([
    ['is sold up to the limit', {}, undefined],
    ['not beyond it', { boughtThisMonth: 10 }, 'limit-reached'],
    ['not for another contractor, whatever else is wrong', { isOwn: false, isInService: false }, 'not-found'],
    ['not outside of service, whatever was asked for', { isInService: false, isPackSold: false }, 'not-in-service'],
    ['not what is not sold', { isPackSold: false, boughtThisMonth: 10 }, 'pack-not-sold'],
  ] as const)('%s', (_, change, code) => expect(firstBroken(topUpRefusals, { ...fine, ...change })).toBe(code));
});
