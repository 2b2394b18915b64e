import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { noticeText } from './notice-text.ts';
import { credentialLimits } from './rules/limits.ts';
import { foldRecoveryCode, writeRecoveryCode } from './rules/recovery-code.ts';
import { isAnswerInTime, proofWays } from './rules/ways.ts';
import { credentialsText } from './text.ts';

const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');

test('the README says what the limits say', () => {
  const section = readme.split('## Limits\n')[1]?.split('\n## ')[0] ?? '';
  const sentences = [...section.matchAll(/^\d+\. (.+)$/gm)].map(([, sentence]) => sentence);
  expect(sentences).toEqual(Object.values(credentialLimits).map((each) => each.says));
});

describe('the ways of a second proof', () => {
  const nothing = {
    hasLinkedLine: false,
    canBeAsked: false,
    hasOneTimeCode: false,
    hasPasskey: false,
    canBeMailed: true,
    isPasswordEnough: false,
    isLinkInQuestion: false,
  };
  test.each([
    ['nothing else: mail', {}, ['mail']],
    ['nothing at all', { canBeMailed: false }, []],
    ['LINE, a friend', { hasLinkedLine: true, canBeAsked: true }, ['line', 'tap']],
    ['LINE, blocked', { hasLinkedLine: true }, ['line']],
    ['an app: no mail any more', { hasOneTimeCode: true }, ['code']],
    [
      'everything',
      { hasLinkedLine: true, canBeAsked: true, hasOneTimeCode: true, hasPasskey: true },
      ['line', 'tap', 'passkey', 'code'],
    ],
    [
      'undoing the one LINE account there is: mail too',
      { isLinkInQuestion: true, hasLinkedLine: true },
      ['line', 'mail'],
    ],
    [
      'undoing it with a passkey',
      { isLinkInQuestion: true, hasLinkedLine: true, hasPasskey: true },
      ['line', 'passkey'],
    ],
    ['undoing it with an app', { isLinkInQuestion: true, hasLinkedLine: true, hasOneTimeCode: true }, ['line', 'code']],
    ['after a rest: the password too, and no mail', { isPasswordEnough: true }, ['password']],
    ['after a rest, with LINE', { isPasswordEnough: true, hasLinkedLine: true }, ['password', 'line']],
  ])('%s', (_, change, ways) => expect(proofWays({ ...nothing, ...change })).toEqual(ways));

  test.each([
    ['PT0S', true],
    ['PT5M', true],
    ['PT5M0.001S', false],
  ])('an answer %s later counts: %s', (later, counts) => {
    const askedAt = Temporal.Instant.from('2026-11-18T05:00:00Z');
    expect(isAnswerInTime(askedAt, askedAt.add(Temporal.Duration.from(later)))).toBe(counts);
  });
});

describe('a recovery code', () => {
  test('is read back however it was typed', () =>
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 10, maxLength: 10 }), (bytes) => {
        const written = writeRecoveryCode(bytes);
        const plain = written.replaceAll('-', '');
        expect(written).toMatch(/^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$/);
        expect(foldRecoveryCode(written.toLowerCase().replaceAll('-', ' '))).toBe(plain);
      }),
    ));
  test('differs where one bit does', () =>
    expect(writeRecoveryCode(new Uint8Array(10))).not.toBe(writeRecoveryCode(new Uint8Array(10).fill(1, 9))));
  test.each(['', '123456', 'AAAA-AAAA-AAAA', 'AAAA-AAAA-AAAA-AAAA-A', 'AAAA-AAAA-AAAA-AAA1'])('%j is none', (typed) =>
    expect(foldRecoveryCode(typed)).toBeUndefined(),
  );
});

test('the English pages have no Japanese left in them', () => {
  const english = JSON.stringify([credentialsText('en'), noticeText('en')]);
  expect(english).not.toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
});
