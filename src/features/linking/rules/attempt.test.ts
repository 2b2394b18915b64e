import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { type AttemptState, canReissue, decideReport, isPageOpen } from './attempt.ts';
import { contractorLinkFault, countsAsProof, countsFrom } from './contractor-link.ts';

const start = Temporal.Instant.from('2026-11-18T05:00:00Z');

describe('the page', () => {
  test.each<[AttemptState, string, boolean]>([
    ['issued', 'PT0S', true],
    ['opened', 'PT9M59.999S', true],
    ['proven', 'PT9M', true],
    ['opened', 'PT10M', false],
    ['linked', 'PT1M', false],
    ['failed', 'PT1M', false],
    ['refused', 'PT1M', false],
  ])('%s after %s: open %s', (state, after, isOpen) =>
    expect(isPageOpen({ state, createdAt: start }, start.add(after))).toBe(isOpen),
  );
});

describe("LINE's report", () => {
  const attempt = { state: 'proven', lineUserId: 'U1', nonceUntil: start } as const;
  const ok = { result: 'ok', lineUserId: 'U1' } as const;
  test.each([
    ['the same person, in time', decideReport({ attempt, report: ok, now: start }), 'bind'],
    ['a moment too late', decideReport({ attempt, report: ok, now: start.add('PT0.001S') }), 'nonce-expired'],
    ['failed', decideReport({ attempt, report: { result: 'failed' }, now: start }), 'other-account'],
    ['somebody else', decideReport({ attempt, report: { ...ok, lineUserId: 'U2' }, now: start }), 'other-account'],
    ['nothing proven yet', decideReport({ attempt: { ...attempt, state: 'opened' }, report: ok, now: start }), 'spent'],
    ['linked already', decideReport({ attempt: { ...attempt, state: 'linked' }, report: ok, now: start }), 'spent'],
    ['failed before', decideReport({ attempt: { ...attempt, state: 'failed' }, report: ok, now: start }), 'spent'],
  ])('%s', (_what, verdict, expected) => expect(verdict).toBe(expected));
});

test.each([
  [4, true],
  [5, false],
])('%i re-issues today: one more %s', (today, isAllowed) => expect(canReissue(today, 5)).toBe(isAllowed));

describe('a contractor link', () => {
  const facts = {
    contractorId: 'c',
    lineUserId: 'U1',
    lineAccountsOfContractor: ['U2', 'U3'],
    contractorsOfLineAccount: ['a', 'b', 'd', 'e'],
    limits: { lineAccountsPerContractor: 3, contractorsPerLineAccount: 5 },
  };
  test.each([
    ['room on both sides', {}, undefined],
    [
      'linked already',
      { contractorsOfLineAccount: ['c'], lineAccountsOfContractor: ['U1', 'U2', 'U3'] },
      'linked-here-already',
    ],
    ['three accounts', { lineAccountsOfContractor: ['U2', 'U3', 'U4'] }, 'contractor-has-enough'],
    ['five contractors', { contractorsOfLineAccount: ['a', 'b', 'd', 'e', 'f'] }, 'line-account-has-enough'],
  ])('%s', (_what, change, fault) => expect(contractorLinkFault({ ...facts, ...change })).toBe(fault));
});

describe('a link is a second proof', () => {
  const link = { linkedAt: start, isProven: false, hoursUntilProof: 24 };
  test.each([
    ['made with more than a password', { isProven: true }, null],
    ['where the operator waits for nothing', { hoursUntilProof: 0 }, null],
    ['made with a password alone', {}, start.add({ hours: 24 })],
  ])('%s', (_what, change, from) => expect(countsFrom({ ...link, ...change })).toEqual(from));

  test.each([
    ['from the first', null, true],
    ['not a moment too early', start.add('PT0.001S'), false],
    ['from its very moment', start, true],
  ])('%s', (_what, from, counts) => expect(countsAsProof({ countsFrom: from }, start)).toBe(counts));
});
