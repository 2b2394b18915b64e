import { describe, expect, test } from 'vitest';
import { play } from '../../../tests/support/gift-script.ts';
import { testOperator } from '../../../tests/support/operator.ts';
import { GB, MB } from '../../base/bytes.ts';
import type { GiftPolicy, Operator } from '../../base/operator.ts';

const under = (policy: Partial<GiftPolicy>): Operator => ({
  ...testOperator,
  giftPolicy: { ...testOperator.giftPolicy, ...policy },
});

/** Scripts that tell the truth come back as they were written. */
function tells(script: string, operator?: Operator) {
  const lines = script
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  expect(play(script, operator)).toBe(lines.join('\n'));
}

describe('giving', () => {
  test('what is left of base can be given, and ends with the month', () =>
    tells(`
      on 2026-04-01
      A has base 3000MB
      A uses 1500MB
      A gives 2000MB to B → not-enough-base
      A gives 500MB to B
      A has base 1000MB until 2026-05-31
      B has gift 500MB until 2026-04-30
    `));

  test('only base: not carry-over, top-up or what was received', () =>
    tells(`
      on 2026-04-10
      A has carry-over 3000MB
      A has gift 3000MB
      A has top-up 3000MB
      A has base 500MB
      A gives 1000MB to B → not-enough-base
      A gives 500MB to B
      A has carry-over 3000MB until 2026-04-30, gift 3000MB until 2026-04-30, top-up 3000MB until 2026-05-31
    `));

  test('carry-over and gifts are used first, so base stays to be given', () =>
    tells(`
      on 2026-04-10
      A has carry-over 1000MB
      A has base 3000MB
      A uses 1000MB
      A gives 3000MB to B
      A has nothing
    `));

  test('last month’s base has become carry-over and cannot be given', () =>
    tells(`
      on 2026-04-30
      A has base 3000MB
      on 2026-05-01 01:00
      A has carry-over 3000MB until 2026-05-31, base 3000MB until 2026-06-30
      A gives 3000MB to B
      A gives 500MB to B → over-monthly-limit
      A has carry-over 3000MB until 2026-05-31
    `));
});

describe('every refusal, in the order in which they are told', () => {
  test('sender-not-linked comes before everything', () =>
    tells(`
      on 2026-04-30 23:30
      A is not linked
      A has ended
      A gives 1MB to A → sender-not-linked
    `));

  test('gifts-closed, before the service of the sender', () =>
    tells(`
      on 2026-04-30 23:00
      A has ended
      A gives 1MB to A → gifts-closed
    `));

  test('sender-not-in-service, before the amount', () =>
    tells(`
      on 2026-04-10
      A has ended
      A gives 1MB to A → sender-not-in-service
    `));

  test('not-a-step, under-minimum, over-monthly-limit, not-enough-base, receiver-is-sender', () =>
    tells(`
      on 2026-04-10
      A has base 1000MB
      A gives 250MB to A → not-a-step
      A gives 0MB to A → under-minimum
      A gives -500MB to A → under-minimum
      A gives 3500MB to A → over-monthly-limit
      A gives 3000MB to A → not-enough-base
      A gives 500MB to A → receiver-is-sender
      A has base 1000MB until 2026-05-31
    `));

  test('receiver-not-linked, before its service', () =>
    tells(`
      on 2026-04-10
      A has base 1000MB
      B is not linked
      B has ended
      A gives 500MB to B → receiver-not-linked
    `));

  test('receiver-not-in-service', () =>
    tells(`
      on 2026-04-10
      A has base 1000MB
      B has ended
      A gives 500MB to B → receiver-not-in-service
    `));

  test('receiver-not-in-contract: a named person is of the same contract', () =>
    tells(`
      on 2026-04-10
      A has base 1000MB
      B has base 1000MB
      A offers 500MB to B → receiver-not-in-contract
    `));

  test('already-claimed: once, by one', () =>
    tells(`
      on 2026-04-10
      A has base 1000MB
      A offers 500MB
      B accepts
      C accepts → already-claimed
      B accepts → already-claimed
      B has gift 500MB until 2026-04-30
      C has nothing
    `));

  test('for-somebody-else: a named gift is for the named one', () =>
    tells(`
      on 2026-04-10
      A and B are of one contract
      A and C are of one contract
      A has base 1000MB
      A offers 500MB to B
      C accepts → for-somebody-else
      B accepts
      B has gift 500MB until 2026-04-30
    `));

  test('no-longer-offered: after it was declined or taken back', () =>
    tells(`
      on 2026-04-10
      A has base 1000MB
      A offers 500MB
      A takes it back
      B accepts → no-longer-offered
      A takes it back → no-longer-offered
      A offers 500MB
      B declines
      C accepts → no-longer-offered
      A has base 1000MB until 2026-05-31
    `));

  test('expired: after 72 hours, to the second', () =>
    tells(`
      on 2026-04-10
      A has base 1000MB
      A offers 500MB
      on 2026-04-13 11:59:59
      A has base 500MB until 2026-05-31
      on 2026-04-13 12:00
      B accepts → expired
      A has base 1000MB until 2026-05-31
    `));

  test('the sender’s own link is not received by the sender', () =>
    tells(`
      on 2026-04-10
      A has base 1000MB
      A offers 500MB
      A accepts → receiver-is-sender
    `));
});

describe('limits of the month', () => {
  test('gifts that wait or were received count, those that came back do not', () =>
    tells(`
      on 2026-04-10
      A has base 6000MB
      A offers 2000MB
      A gives 1500MB to B → over-monthly-limit
      A takes it back
      A gives 3000MB to B
      A gives 500MB to B → over-monthly-limit
    `));

  test('the limit is the plan’s', () =>
    tells(`
      on 2026-04-10
      A has the p500m plan
      A has base 3000MB
      A gives 500MB to B
      A gives 500MB to B → over-monthly-limit
    `));
});

describe('what was not received goes back', () => {
  test('at the month’s end it goes back and becomes carry-over', () =>
    tells(`
      on 2026-04-29 12:00
      A has base 3000MB
      A offers 1000MB
      A has base 2000MB until 2026-05-31
      on 2026-05-01 00:00
      A has carry-over 3000MB until 2026-05-31, base 3000MB until 2026-06-30
    `));

  test('what it came from has ended meanwhile: it is gone', () =>
    tells(
      `
      on 2026-04-29 12:00
      A has carry-over 1000MB
      A offers 500MB
      on 2026-05-01 00:00
      A has base 3000MB until 2026-06-30
    `,
      under({ sourceKinds: ['carry-over'], closed: null }),
    ));

  test('a gift over a leap day', () =>
    tells(`
      on 2028-02-29 22:59:59
      A has base 3000MB
      A offers 500MB
      B accepts
      B has gift 500MB until 2028-02-29
      on 2028-02-29 23:00
      A offers 500MB → gifts-closed
      on 2028-03-01 00:59:59
      A offers 500MB → gifts-closed
      B has base 3000MB until 2028-04-30
      on 2028-03-01 01:00
      A offers 500MB
    `));
});

describe('other policies', () => {
  const mineoLike = under({
    sourceKinds: ['carry-over', 'gift', 'base', 'top-up'],
    minimumBytes: 10 * MB,
    stepBytes: 10 * MB,
    limitPerMonth: null,
    maximumBytes: 9_990 * MB,
    claimHours: 48,
    giftCodeDays: 2,
    receivedUntil: 'next-month-end',
    canRegift: true,
    closed: null,
  });

  test('mineo-like: small steps, any kind, to the end of the next month, given on', () =>
    tells(
      `
      on 2026-04-10
      A has carry-over 100MB
      A has base 100MB
      A gives 150MB to B
      A has base 50MB until 2026-05-31
      B has gift 150MB until 2026-05-31
      B gives 20MB to C
      C has gift 20MB until 2026-05-31
      A gives 5MB to B → not-a-step
      A gives 10000MB to B → over-maximum
    `,
      mineoLike,
    ));

  test('mineo-like: an offer dies after two days', () =>
    tells(
      `
      on 2026-04-10
      A has base 100MB
      A offers 50MB
      on 2026-04-12 12:00
      B accepts → expired
      A has base 100MB until 2026-05-31
    `,
      mineoLike,
    ));

  test('family-only: nobody outside the contract, and no link', () =>
    tells(
      `
      on 2026-04-10
      A and B are of one contract
      A has base 3000MB
      A gives 500MB to B
      A gives 500MB to C → receiver-not-in-contract
      A offers 500MB → way-not-offered
      A offers 500MB to B
      B accepts
      B has gift 1000MB until 2026-04-30
    `,
      under({ ways: ['same-contract'] }),
    ));

  test('automatic: a named person has it at once', () =>
    tells(
      `
      on 2026-04-10
      A and B are of one contract
      A has base 3000MB
      A offers 500MB to B
      B has gift 500MB until 2026-04-30
      B accepts → already-claimed
    `,
      under({ acceptance: 'automatic' }),
    ));

  test('so many gifts a day', () =>
    tells(
      `
      on 2026-04-10
      A has base 3000MB
      A gives 500MB to B
      A gives 500MB to B
      A gives 500MB to B → too-many-today
      B has gift 1000MB until 2026-04-30
    `,
      under({ giftsPerDay: 2 }),
    ));

  test('so many gifts a month; to receive one is free', () =>
    tells(
      `
      on 2026-04-10
      A has base 3000MB
      B has base 1000MB
      A gives 500MB to B
      A offers 500MB
      C accepts
      A gives 500MB to B → too-many-this-month
      B gives 500MB to A
    `,
      under({ giftsPerMonth: 2 }),
    ));

  test('an amount the sender must keep', () =>
    tells(
      `
      on 2026-04-10
      A has base 3000MB
      A gives 2500MB to B → not-enough-base
      A gives 2000MB to B
      A has base 1000MB until 2026-05-31
    `,
      under({ keepBytes: GB }),
    ));

  test('received data of two origins keeps two ends where the policy says so', () =>
    tells(
      `
      on 2026-04-10
      A has carry-over 500MB
      A has base 500MB
      A gives 1000MB to B
      B has gift 1000MB until 2026-04-30
      on 2026-05-01 01:00
      B has gift 500MB until 2026-05-31, base 3000MB until 2026-06-30
    `,
      under({ sourceKinds: ['carry-over', 'base'], receivedUntil: 'original' }),
    ));
});
