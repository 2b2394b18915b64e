import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import {
  hasSecondProof,
  idleLimit,
  isDueToTouch,
  isMoreThanPassword,
  type ProofPurpose,
  purposeOf,
  restLimit,
} from './session-rules.ts';

const now = Temporal.Instant.from('2026-11-23T03:00:00Z');
const ago = (duration: string) => now.subtract(duration);

describe('a second proof', () => {
  test.each<[what: string, provenAt: Temporal.Instant | null, provenFor: ProofPurpose | null, counts: boolean]>([
    ['none', null, null, false],
    ['for everything, just now', now, null, true],
    ['for this', now, 'links', true],
    ['for something else', now, 'money', false],
    ['five minutes old', ago('PT5M'), 'links', true],
    ['older', ago('PT5M0.001S'), 'links', false],
  ])('%s', (_what, provenAt, provenFor, counts) => {
    expect(hasSecondProof({ provenAt, provenFor }, now, 'links')).toBe(counts);
    // What a password has begun is no more than that proof.
    expect(isMoreThanPassword({ method: 'password', provenAt, provenFor }, now, 'links')).toBe(counts);
  });

  test.each<[what: string, provenAt: Temporal.Instant | null, provenFor: ProofPurpose | null, isMore: boolean]>([
    ['as a full proof, however long ago', ago('PT240H'), null, true],
    ['by a link that is none yet', null, null, false],
    ['as no proof, with one for this since', now, 'links', true],
    ['as no proof, with one for something else since', now, 'money', false],
  ])('begun by LINE %s', (_what, provenAt, provenFor, isMore) =>
    expect(isMoreThanPassword({ method: 'line-login', provenAt, provenFor }, now, 'links')).toBe(isMore),
  );
});

test.each<[path: string, purpose: ProofPurpose]>([
  ['/contract', 'link-code'],
  ['/contract/0190/code', 'link-code'],
  ['/contract/email', 'contact'],
  ['/contract/0190/user', 'contact'],
  ['/contract/0190/user/more', 'link-code'],
  ['/contract/email?from=/security', 'contact'],
  ['/contracts', 'other'],
  ['/x/contract', 'other'],
  ['/my-data/file', 'my-data'],
  ['/my-datas', 'other'],
  ['/security', 'sign-in'],
  ['/security/passkeys#new', 'sign-in'],
  ['/x/security', 'other'],
  ['/leave/0190', 'leave'],
  ['/x/leave', 'other'],
  ['/links', 'links'],
  ['/x/links', 'other'],
  ['/linksx', 'other'],
  ['/payment', 'money'],
  ['/payment/card', 'payment'],
  ['/x/payment/card', 'other'],
  ['/bills/2026-10', 'money'],
  ['/top-up?gb=1', 'money'],
  ['/plan', 'money'],
  ['/planet', 'other'],
  ['/points/use', 'money'],
  ['/proof', 'money'],
  ['/x/bills', 'other'],
  ['/', 'other'],
])('a proof that leads on to %s is for %s', (path, purpose) => expect(purposeOf(path)).toBe(purpose));

test('visits: noted once a minute, money rests after 30 minutes, the session ends after 14 days', () => {
  expect([isDueToTouch(ago('PT59.999S'), now), isDueToTouch(ago('PT1M'), now)]).toEqual([false, true]);
  expect(restLimit(now)).toEqual(ago('PT30M'));
  expect(idleLimit(now)).toEqual(ago('PT336H'));
});
