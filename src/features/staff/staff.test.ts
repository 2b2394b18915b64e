import { readFileSync } from 'node:fs';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { accountsText } from './accounts-text.ts';
import { makeFirstPassword } from './first-password.ts';
import { ownText } from './own-text.ts';
import { type AccountFacts, type AccountFault, accountFault, accountRules } from './rules/accounts.ts';
import { decideFault, decideRules, reasonOf } from './rules/four-eyes.ts';
import { staffLimits } from './rules/limits.ts';
import { publicNameFault } from './rules/public-name.ts';
import { endSoon, isOver, isProven } from './rules/session.ts';
import { staffText } from './text.ts';

const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');

function sentencesUnder(heading: string): string[] {
  const section = readme.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^\d+\. (.+)$/gm)].map(([, sentence = '']) => sentence);
}

test('the README says what the rules say', () => {
  expect(sentencesUnder('Limits on tries')).toEqual(Object.values(staffLimits).map((each) => each.says));
  expect(sentencesUnder('Accounts').slice(0, accountRules.length)).toEqual(accountRules.map((rule) => rule.says));
  expect(sentencesUnder('Two people').slice(0, decideRules.length)).toEqual(decideRules.map((rule) => rule.says));
});

describe('an account', () => {
  const boss = { staffId: 'boss', role: 'admin', isOpen: true } as const;
  const facts: AccountFacts = {
    change: { kind: 'close' },
    actor: boss,
    account: { staffId: 'agent', role: 'agent', isOpen: true },
    otherAdmins: 1,
  };
  const closed = { staffId: 'agent', role: 'agent', isOpen: false } as const;
  const cases: readonly (readonly [string, Partial<AccountFacts>, AccountFault | undefined])[] = [
    ['closed', {}, undefined],
    ['given another role', { change: { kind: 'role', role: 'auditor' } }, undefined],
    ['reset', { change: { kind: 'reset' } }, undefined],
    ['reopened', { change: { kind: 'reopen' }, account: closed }, undefined],
    ['by a supervisor', { actor: { ...boss, role: 'supervisor' } }, 'not-admin'],
    ['by an admin who was closed meanwhile', { actor: { ...boss, isOpen: false } }, 'not-admin'],
    ['one’s own, reset', { change: { kind: 'reset' }, account: boss }, 'own-sign-in'],
    ['one’s own, closed, with another admin', { account: boss }, undefined],
    ['closed twice', { account: closed }, 'nothing-changes'],
    ['reopened while open', { change: { kind: 'reopen' } }, 'nothing-changes'],
    ['given the role it has', { change: { kind: 'role', role: 'agent' } }, 'nothing-changes'],
    ['closed, and reset', { change: { kind: 'reset' }, account: closed }, 'is-closed'],
    ['closed, and another role', { change: { kind: 'role', role: 'admin' }, account: closed }, 'is-closed'],
    ['of the last admin, closed', { account: boss, otherAdmins: 0 }, 'last-admin'],
    [
      'of the last admin, lowered',
      { change: { kind: 'role', role: 'agent' }, account: boss, otherAdmins: 0 },
      'last-admin',
    ],
    [
      'of the only admin besides whoever acts, reset',
      { change: { kind: 'reset' }, account: { ...boss, staffId: 'fellow' }, otherAdmins: 0 },
      undefined,
    ],
    [
      'of an agent, raised, with no other admin',
      { change: { kind: 'role', role: 'admin' }, otherAdmins: 0 },
      undefined,
    ],
  ];
  test.each(cases)('%s', (_, change, fault) => expect(accountFault({ ...facts, ...change })).toBe(fault));
});

describe('a session ends soon', () => {
  const at = (time: string) => Temporal.Instant.from(`2026-11-18T${time}:00+09:00`);
  test.each([
    ['not while somebody is at work', '11:00', '11:24', null],
    ['five minutes before half an hour without a visit', '11:00', '11:25', ['untouched', '11:30']],
    ['five minutes before twelve hours, whoever is at work', '20:54', '20:55', ['long-day', '21:00']],
    ['by whichever comes first', '20:40', '20:56', ['long-day', '21:00']],
  ] as const)('%s', (_, seen, now, end) => {
    const session = { createdAt: at('09:00'), seenAt: at(seen) };
    expect(isOver(session, at(now))).toBe(false);
    expect(endSoon(session, at(now))).toEqual(end && { because: end[0], at: at(end[1]) });
    if (end) expect(isOver(session, at(end[1]))).toBe(true);
  });
});

test.each([
  ['PT0S', true],
  ['PT9M59.999S', true],
  ['PT10M', false],
])('a second step counts as new %s later: %s', (later, counts) => {
  const provenAt = Temporal.Instant.from('2026-11-18T05:00:00Z');
  expect(isProven(provenAt, provenAt.add(later))).toBe(counts);
});

test.each([
  ['', undefined],
  ['いのうえ', undefined],
  ['あ'.repeat(20), undefined],
  ['あ'.repeat(21), 'too-long'],
  ['𠮷'.repeat(11), 'too-long'],
  ['オンライン ＬＩＮＥ', 'names-line'],
])('%j as the name customers see: %s', (name, fault) => expect(publicNameFault(name)).toBe(fault));

test('a one-time password is easily read out, and never the same', () => {
  const made = Array.from({ length: 200 }, makeFirstPassword);
  expect(new Set(made).size).toBe(200);
  for (const each of made)
    expect(each).toMatch(/^([abcdefghjkmnpqrstuvwxyz2-9]{4}-){3}[abcdefghjkmnpqrstuvwxyz2-9]{4}$/);
});

describe('who decides', () => {
  const facts = { state: 'waiting', askedBy: 'agent', decider: { staffId: 'boss', role: 'supervisor' } } as const;
  test.each([
    ['a supervisor', {}, undefined],
    ['an admin', { decider: { staffId: 'boss', role: 'admin' } }, undefined],
    ['an agent', { decider: { staffId: 'other', role: 'agent' } }, 'may-not-decide'],
    ['an auditor', { decider: { staffId: 'other', role: 'auditor' } }, 'may-not-decide'],
    ['whoever asked', { askedBy: 'boss' }, 'own-request'],
    ['a second time', { state: 'approved' }, 'already-decided'],
  ] as const)('%s', (_, change, fault) => expect(decideFault({ ...facts, ...change })).toBe(fault));
});

test.each([
  ['  1234 ', undefined],
  [' 12345 ', '12345'],
  ['料金の件です', '料金の件です'],
  ['x'.repeat(500), 'x'.repeat(500)],
  ['x'.repeat(501), undefined],
])('%j as a reason', (typed, reason) => expect(reasonOf(typed)).toBe(reason));

test.each([staffText, ownText, accountsText])('%o: the English console has no Japanese left in it', (text) =>
  expect(JSON.stringify(text('en'))).not.toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/),
);
