import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import {
  ALPHABET,
  entryCodeOf,
  entryCodeRefusal,
  entryCodeRules,
  entryCodeState,
  formatEntryCode,
  isEntryCode,
  RANDOM_SIGNS,
  readEntryCode,
} from './entry-code.ts';
import { invitationRefusal, invitationRules, rewardMoment, rewardOutcome } from './invitation.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const listed = (title: string) =>
  [...(readme.split(`### ${title}\n`)[1]?.split('\n#')[0] ?? '').matchAll(/^\d+\. `([a-z-]+)` (.+)$/gm)].map(
    ([, code, says]) => ({ code, says }),
  );
const said = (rules: readonly { code: string; says: string }[]) => rules.map(({ code, says }) => ({ code, says }));

test('the README tells both lists in the same words and order', () => {
  expect(listed('Why an entry code is not taken')).toEqual(said(entryCodeRules));
  expect(listed('Why an invitation is not taken')).toEqual(said(invitationRules));
});

const drawn = fc.array(fc.nat(ALPHABET.length - 1), { minLength: RANDOM_SIGNS, maxLength: RANDOM_SIGNS });

describe('an entry code', () => {
  test('is read as it is shown, in any case and width', () => {
    fc.assert(
      fc.property(drawn, (numbers) => {
        const code = entryCodeOf(numbers);
        expect(isEntryCode(code)).toBe(true);
        expect(readEntryCode(formatEntryCode(code).toLowerCase())).toBe(code);
        expect(readEntryCode(code.replace(/[A-Z]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)))).toBe(
          code,
        );
      }),
    );
  });

  test('with one sign wrong, or two neighbours swapped, is none', () => {
    fc.assert(
      fc.property(drawn, fc.nat(RANDOM_SIGNS), fc.nat(ALPHABET.length - 1), (numbers, at, other) => {
        const code = entryCodeOf(numbers);
        const wrong = code.slice(0, at) + ALPHABET.charAt(other) + code.slice(at + 1);
        expect(isEntryCode(wrong)).toBe(wrong === code);
        const swapped =
          code.slice(0, at) +
          code
            .slice(at, at + 2)
            .split('')
            .reverse()
            .join('') +
          code.slice(at + 2);
        if (at + 1 < RANDOM_SIGNS) expect(isEntryCode(swapped)).toBe(swapped === code);
      }),
    );
  });

  test('has twelve signs, all of the alphabet, whatever the last of them checks', () => {
    const last = ALPHABET.length - 1;
    const code = entryCodeOf(Array.from({ length: RANDOM_SIGNS }, () => last));
    // The first of the alphabet checks any number of itself.
    const firsts = [RANDOM_SIGNS, RANDOM_SIGNS + 1, RANDOM_SIGNS + 2].map((count) => ALPHABET.charAt(0).repeat(count));
    expect([code, `!${code.slice(1)}`, ...firsts].map(isEntryCode)).toEqual([true, false, false, true, false]);
  });

  const now = Temporal.Instant.from('2026-11-18T05:00:00Z');
  const good = { expiresAt: now.add({ hours: 1 }), isWithdrawn: false, orderId: null };
  test.each([
    ['malformed', { isWritten: false, code: null }],
    ['unknown', { isWritten: true, code: null }],
    ['withdrawn', { isWritten: true, code: { ...good, isWithdrawn: true, orderId: 'o' } }],
    ['used', { isWritten: true, code: { ...good, orderId: 'o', expiresAt: now } }],
    ['expired', { isWritten: true, code: { ...good, expiresAt: now } }],
    [undefined, { isWritten: true, code: good }],
  ])('%s', (refusal, facts) => expect(entryCodeRefusal({ ...facts, now })).toBe(refusal));

  test.each([
    ['redeemed', { ...good, orderId: 'o', isRedeemed: true, isWithdrawn: true }],
    ['held', { ...good, orderId: 'o', isRedeemed: false }],
    ['withdrawn', { ...good, isRedeemed: false, isWithdrawn: true }],
    ['expired', { ...good, isRedeemed: false, expiresAt: now }],
    ['open', { ...good, isRedeemed: false }],
  ])('is %s to the staff', (state, code) => expect(entryCodeState(code, now)).toBe(state));
});

describe('an invitation', () => {
  const now = Temporal.Instant.from('2026-11-18T05:00:00Z');
  const invitation = {
    contractorId: 'inviter',
    inviter: { name: '田中 太郎', birthDate: '1980-05-05' },
    lineUserIds: ['U1'],
    expiresAt: now.add({ hours: 1 }),
    orderId: null,
  };
  const friend = { contractorId: null, lineUserId: 'U2', person: { name: '山本 恵', birthDate: '1991-04-12' } };

  test.each([
    ['unknown', { invitation: null, applicant: friend }],
    ['own-contract', { invitation, applicant: { ...friend, contractorId: 'inviter', lineUserId: 'U1' } }],
    ['own-line-account', { invitation, applicant: { ...friend, lineUserId: 'U1' } }],
    ['same-person', { invitation, applicant: { ...friend, person: { name: '田中太郎', birthDate: '1980-05-05' } } }],
    ['not-new', { invitation, applicant: { ...friend, contractorId: 'somebody' } }],
    ['used', { invitation: { ...invitation, orderId: 'o' }, applicant: friend }],
    ['expired', { invitation: { ...invitation, expiresAt: now }, applicant: friend }],
    [undefined, { invitation, applicant: friend }],
    [undefined, { invitation, applicant: { ...friend, person: { name: '田中 太郎', birthDate: '1980-05-06' } } }],
    [undefined, { invitation, applicant: { ...friend, person: { name: '山本 恵', birthDate: '1980-05-05' } } }],
    [undefined, { invitation, applicant: { ...friend, lineUserId: null, person: null } }],
    [
      undefined,
      {
        invitation: { ...invitation, inviter: { name: '株式会社さくら', birthDate: null } },
        applicant: { ...friend, person: { name: '株式会社さくら', birthDate: null } },
      },
    ],
  ])('%s', (refusal, facts) => expect(invitationRefusal({ ...facts, now })).toBe(refusal));

  test.each([
    ['2026-11-01T00:00:00+09:00', '2027-03-01T00:00:00+09:00'],
    ['2026-11-30T23:59:59+09:00', '2027-03-01T00:00:00+09:00'],
    ['2026-12-01T00:00:00+09:00', '2027-04-01T00:00:00+09:00'],
  ])('completed at %s brings points when %s comes', (completed, due) =>
    expect(rewardMoment(Temporal.Instant.from(completed), 3, 'Asia/Tokyo')).toEqual(Temporal.Instant.from(due)),
  );

  test('brings points only while both contracts go on', () => {
    expect(rewardOutcome({ isInviterInService: true, isInvitedInService: true })).toBe('given');
    expect(rewardOutcome({ isInviterInService: false, isInvitedInService: true })).toBe('lapsed');
    expect(rewardOutcome({ isInviterInService: true, isInvitedInService: false })).toBe('lapsed');
  });
});
