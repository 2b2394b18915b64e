import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type StaffActFacts, type StaffRefusal, staffActRules, staffRefusal } from './staff-acts.ts';

const open: StaffActFacts['conversation'] = { state: 'open', staffId: 'me', version: 7, canReceive: true };
const free: StaffActFacts['conversation'] = { ...open, state: 'waiting', staffId: null };
const me = { staffId: 'me', role: 'agent' } as const;
const boss = { staffId: 'boss', role: 'supervisor' } as const;
const her = { staffId: 'her', role: 'agent' } as const;
const audits = { staffId: 'me', role: 'auditor' } as const;

const table: [string, StaffActFacts, StaffRefusal | undefined][] = [
  ['an agent takes', { act: 'take', conversation: free, by: me }, undefined],
  ['an agent takes what is theirs', { act: 'take', conversation: open, by: me }, undefined],
  ['an agent takes a message left', { act: 'take', conversation: { ...free, state: 'left' }, by: me }, undefined],
  ['an auditor takes', { act: 'take', conversation: free, by: audits }, 'not-allowed'],
  ['an auditor notes', { act: 'note', conversation: open, by: audits, text: 'あ' }, 'not-allowed'],
  ['an agent assigns', { act: 'assign', conversation: free, by: me, to: her }, 'not-allowed'],
  ['a supervisor assigns', { act: 'assign', conversation: open, by: boss, to: her }, undefined],
  ['to nobody', { act: 'assign', conversation: open, by: boss, to: undefined }, 'nobody-to-give-it-to'],
  ['to the queue', { act: 'assign', conversation: open, by: boss, to: null }, 'nobody-to-give-it-to'],
  ['to an auditor', { act: 'hand-over', conversation: open, by: me, to: audits }, 'nobody-to-give-it-to'],
  ['back to the queue', { act: 'hand-over', conversation: open, by: me, to: null }, undefined],
  ['another’s', { act: 'hand-over', conversation: open, by: her, to: null }, 'not-yours'],
  ['another’s, as supervisor', { act: 'hand-over', conversation: open, by: boss, to: null }, undefined],
  ['taking what is closed', { act: 'take', conversation: { ...open, state: 'closed' }, by: me }, 'closed'],
  [
    'noting on what is closed',
    { act: 'note', conversation: { ...open, state: 'closed' }, by: me, text: 'あ' },
    undefined,
  ],
  [
    'taking what is being written',
    { act: 'take', conversation: { ...free, state: 'leaving' }, by: me },
    'still-writing',
  ],
  [
    'noting on what is being written',
    { act: 'note', conversation: { ...free, state: 'leaving' }, by: me, text: 'あ' },
    undefined,
  ],
  ['taking another’s', { act: 'take', conversation: open, by: her }, 'has-somebody'],
  ['replying', { act: 'reply', conversation: open, by: me, text: 'はい' }, undefined],
  ['a supervisor replying in another’s', { act: 'reply', conversation: open, by: boss, text: 'はい' }, 'not-yours'],
  ['replying nothing', { act: 'reply', conversation: open, by: me, text: '' }, 'text-missing'],
  ['replying too much', { act: 'reply', conversation: open, by: me, text: 'あ'.repeat(5_001) }, 'text-too-long'],
  [
    'to who has blocked',
    { act: 'reply', conversation: { ...open, canReceive: false }, by: me, text: 'あ' },
    'cannot-receive',
  ],
  ['closing one’s own', { act: 'close', conversation: open, by: me, seenVersion: 7 }, undefined],
  ['closing over new words', { act: 'close', conversation: open, by: me, seenVersion: 6 }, 'changed-meanwhile'],
  ['replying over new words', { act: 'reply', conversation: open, by: me, text: 'あ', seenVersion: 6 }, undefined],
  ['closing with who has blocked', { act: 'close', conversation: { ...open, canReceive: false }, by: me }, undefined],
  ['closing another’s', { act: 'close', conversation: open, by: her }, 'not-yours'],
  ['closing what nobody has', { act: 'close', conversation: { ...free, state: 'left' }, by: me }, undefined],
];

describe('what staff may do', () => {
  test.each(table)('%s', (_, facts, expected) => expect(staffRefusal(facts)).toBe(expected));

  test('every refusal is reached by some row', () => {
    const reached = new Set(table.map(([, , code]) => code));
    expect(staffActRules.map(({ code }) => code).filter((code) => !reached.has(code))).toEqual([]);
  });
});

test('the README says the rules in the same words', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const section = readme.split('## What staff may do')[1]?.split('\n## ')[0] ?? '';
  const said = [...section.matchAll(/^\d+\. (.+)$/gm)].map(([, sentence]) => sentence);
  expect(said).toEqual(staffActRules.map(({ says }) => says));
});
