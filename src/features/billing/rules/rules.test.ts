import { readFileSync } from 'node:fs';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { firstBroken } from '../../../base/refusal.ts';
import { type LeaveFacts, leaveRefusals } from './leave.ts';
import { fitOptions, isThereFrom, type PlanChangeFacts, planChangeRefusals } from './plan-change.ts';
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
  test('of leaving', () => expect(told('Why a subscription cannot be left now')).toEqual(written(leaveRefusals)));
  test('of plans and options', () => expect(told('Why a change is not taken')).toEqual(written(planChangeRefusals)));
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

test.each([
  ['goes on for good', null, true],
  ['ends at that very moment', '2026-12-01T00:00:00+09:00', false],
  ['ends a moment later', '2026-12-01T00:00:00.001+09:00', true],
])('a subscription that %s is there from the 1st: %s, %s', (_, end, is) =>
  expect(
    isThereFrom(
      { endedAt: end === null ? null : Temporal.Instant.from(end) },
      Temporal.Instant.from('2026-12-01T00:00+09:00'),
    ),
  ).toBe(is),
);

describe('a change of plan and options', () => {
  const name = { ja: '-', en: '-' };
  const plan = (code: string) => ({ code, name, monthlyBytes: 1, monthlyFeeYen: 1, hasVoice: true });
  const option = (code: string, planCodes: string[]) => ({ code, name, about: name, monthlyFeeYen: 1, planCodes });
  const options = [option('calls', ['p3', 'p6']), option('voicemail', ['p500m', 'p3', 'p6'])];
  const fine: PlanChangeFacts = {
    isOwn: true,
    isInService: true,
    goesOn: true,
    present: { planCode: 'p3', optionCodes: ['calls', 'voicemail'] },
    wanted: { planCode: 'p6', optionCodes: ['calls'] },
    plans: [...['p500m', 'p3', 'p6'].map(plan), { ...plan('d3'), hasVoice: false }],
    options,
  };
  test.each([
    ['is taken', {}, undefined],
    ['of nobody else, whatever else is wrong', { isOwn: false, goesOn: false }, 'not-found'],
    ['in service', { isInService: false, goesOn: false }, 'not-in-service'],
    ['not at the end of a contract', { goesOn: false }, 'leaving'],
    ['to a plan that is sold', { wanted: { planCode: 'p99', optionCodes: ['x'] } }, 'plan-not-sold'],
    ['not from calls to data alone', { wanted: { planCode: 'd3', optionCodes: ['x'] } }, 'calls-come-or-go'],
    [
      'nor from data to calls, which ask for an identity',
      { present: { planCode: 'd3', optionCodes: [] }, wanted: { planCode: 'p3', optionCodes: [] } },
      'calls-come-or-go',
    ],
    ['with options of the plan', { wanted: { planCode: 'p500m', optionCodes: ['calls'] } }, 'option-not-for-plan'],
    ['with options that exist', { wanted: { planCode: 'p6', optionCodes: ['x'] } }, 'option-not-for-plan'],
    [
      'only to something else, in whatever order',
      { wanted: { planCode: 'p3', optionCodes: ['voicemail', 'calls'] } },
      'nothing-changes',
    ],
    ['of the plan alone', { wanted: { planCode: 'p6', optionCodes: ['calls', 'voicemail'] } }, undefined],
    [
      'from a plan nobody knows any more, as from one with calls',
      { present: { planCode: 'p99', optionCodes: [] }, wanted: { planCode: 'p6', optionCodes: [] } },
      undefined,
    ],
    ['of options alone', { wanted: { planCode: 'p3', optionCodes: [] } }, undefined],
  ] as const)('%s', (_, change, code) => expect(firstBroken(planChangeRefusals, { ...fine, ...change })).toBe(code));

  test('a plan that is no longer sold stays with whoever holds it', () => {
    const plans = [...fine.plans, { ...plan('old'), isSold: false }];
    const to = (present: string) => {
      const held = { planCode: present, optionCodes: ['calls'] };
      const change = { plans, present: held, wanted: { planCode: 'old', optionCodes: [] } };
      return firstBroken(planChangeRefusals, { ...fine, ...change });
    };
    expect([to('old'), to('p3')]).toEqual([undefined, 'plan-not-sold']);
  });

  test('so does an option', () => {
    const unsold = options.map((option) => ({ ...option, isSold: false }));
    const wanted = { planCode: 'p6', optionCodes: ['calls'] };
    const to = (held: string[]) =>
      firstBroken(planChangeRefusals, {
        ...fine,
        options: unsold,
        present: { planCode: 'p3', optionCodes: held },
        wanted,
      });
    expect([to(['calls']), to(['voicemail'])]).toEqual([undefined, 'option-not-for-plan']);
  });

  test('options that do not go with the new plan fall away', () =>
    expect(fitOptions({ planCode: 'p500m', optionCodes: ['calls', 'voicemail'] }, options)).toEqual({
      terms: { planCode: 'p500m', optionCodes: ['voicemail'] },
      fallAway: ['calls'],
    }));
});

describe('leaving', () => {
  const fine: LeaveFacts = {
    kind: 'mnp-out',
    isOwn: true,
    state: 'in-service',
    isEnding: false,
    hasReservation: false,
    hasVoice: true,
  };
  test.each([
    ['is taken', {}, undefined],
    ['of nobody else, whatever else is wrong', { isOwn: false, state: 'ended' }, 'not-found'],
    ['once', { state: 'ended', isEnding: true }, 'ended'],
    ['not before it began', { state: 'not-open', isEnding: true }, 'not-open'],
    ['not while an end is set', { isEnding: true, hasReservation: true }, 'ending'],
    ['not beside a reservation number', { hasReservation: true, hasVoice: false }, 'number-reserved'],
    ['with a number that can be called', { hasVoice: false }, 'no-number-to-take'],
    ['without one by cancelling', { kind: 'cancel', hasVoice: false }, undefined],
  ] as const)('%s', (_, change, code) => expect(firstBroken(leaveRefusals, { ...fine, ...change })).toBe(code));
});
