import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decideFault, decideRules, reasonOf } from './rules/four-eyes.ts';
import { staffLimits } from './rules/limits.ts';
import { staffText } from './text.ts';

const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');

function sentencesUnder(heading: string): string[] {
  const section = readme.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^\d+\. (.+)$/gm)].map(([, sentence = '']) => sentence);
}

test('the README says what the rules say', () => {
  expect(sentencesUnder('Limits on tries')).toEqual(Object.values(staffLimits).map((each) => each.says));
  expect(sentencesUnder('Two people').slice(0, decideRules.length)).toEqual(decideRules.map((rule) => rule.says));
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
  ['料金の件です', '料金の件です'],
  ['x'.repeat(501), undefined],
])('%j as a reason', (typed, reason) => expect(reasonOf(typed)).toBe(reason));

test('the English console has no Japanese left in it', () =>
  expect(JSON.stringify(staffText('en'))).not.toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/));
