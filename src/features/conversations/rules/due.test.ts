import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { type DueFacts, dueOf } from './due.ts';

const now = Temporal.Instant.from('2026-11-23T03:00:00Z');
const ago = (minutes: number) => now.subtract({ seconds: Math.round(minutes * 60) });
const fresh: DueFacts = {
  state: 'open',
  origin: 'talk',
  askedAt: ago(60),
  takenAt: ago(50),
  personSpokeAt: ago(40),
  staffSpokeAt: ago(1),
  warnedAt: null,
  writingSince: null,
  closedSince: null,
  silence: { warnAfterMinutes: 10, endAfterMinutes: 5 },
};
const due = (change: Partial<DueFacts>) => dueOf({ ...fresh, ...change }, now);

describe('silence', () => {
  test.each<[string, Partial<DueFacts>, string]>([
    ['a minute after an answer', {}, 'nothing'],
    ['just under ten minutes', { staffSpokeAt: ago(9.99) }, 'nothing'],
    ['ten minutes after an answer', { staffSpokeAt: ago(10) }, 'warn'],
    ['whoever never said a word is asked too', { staffSpokeAt: ago(10), personSpokeAt: null }, 'warn'],
    ['asked a moment ago', { staffSpokeAt: ago(12), warnedAt: ago(2) }, 'nothing'],
    ['five minutes after being asked', { staffSpokeAt: ago(15), warnedAt: ago(5) }, 'end'],
    ['who waits for an answer is never asked', { personSpokeAt: ago(59), staffSpokeAt: ago(60) }, 'nothing'],
    ['nor who waits for the first one', { personSpokeAt: ago(59), staffSpokeAt: null }, 'nothing'],
    ['both at one moment: the person waits', { personSpokeAt: ago(20), staffSpokeAt: ago(20) }, 'nothing'],
  ])('%s', (_, change, expected) => expect(due(change)).toBe(expected));
});

describe('an answer to a message left', () => {
  const left = { origin: 'message', personSpokeAt: ago(900), takenAt: ago(20) } as const;
  test.each<[string, Partial<DueFacts>, string]>([
    ['is not followed by a question', { ...left, staffSpokeAt: ago(10) }, 'nothing'],
    [
      'ends without a word after a day',
      { ...left, personSpokeAt: ago(2_000), staffSpokeAt: ago(24 * 60) },
      'end-quietly',
    ],
    ['once the person is back, silence is silence', { ...left, personSpokeAt: ago(15), staffSpokeAt: ago(10) }, 'warn'],
  ])('%s', (_, change, expected) => expect(due(change)).toBe(expected));
});

describe('when staff go home', () => {
  test.each<[string, Partial<DueFacts>, string]>([
    ['who waits becomes a message left', { state: 'waiting', closedSince: ago(0) }, 'becomes-message'],
    ['who waits during the hours goes on waiting', { state: 'waiting' }, 'nothing'],
    ['who is being served is served on', { personSpokeAt: ago(0.5), closedSince: ago(59) }, 'nothing'],
    ['but not all night', { personSpokeAt: ago(0.5), closedSince: ago(60) }, 'becomes-message'],
    ['who has an answer is asked as ever', { staffSpokeAt: ago(10), closedSince: ago(60) }, 'warn'],
  ])('%s', (_, change, expected) => expect(due(change)).toBe(expected));
});

describe('a message being written', () => {
  const leaving = { state: 'leaving', staffSpokeAt: null, takenAt: null } as const;
  test.each<[string, Partial<DueFacts>, string]>([
    ['goes on', { ...leaving, personSpokeAt: ago(9) }, 'nothing'],
    ['is finished by silence', { ...leaving, personSpokeAt: ago(10) }, 'message-finished'],
    ['is added to hours later', { ...leaving, personSpokeAt: ago(300), writingSince: ago(2) }, 'nothing'],
    ['is none where nothing was said', { ...leaving, personSpokeAt: null }, 'nothing-said'],
    ['just begun', { ...leaving, personSpokeAt: null, askedAt: ago(1) }, 'nothing'],
  ])('%s', (_, change, expected) => expect(due(change)).toBe(expected));
});

test.each(['left', 'closed'] as const)('nothing becomes due of what is %s', (state) =>
  expect(due({ state })).toBe('nothing'),
);
