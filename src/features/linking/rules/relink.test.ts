import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { decideRelink, type PresentLink } from './relink.ts';

const at = (minute: number) => Temporal.Instant.fromEpochMilliseconds(minute * 60_000);
const link = (lineUserId: string, minute: number): PresentLink => ({ lineUserId, linkedAt: at(minute) });
const decide = (links: PresentLink[], lineUserId: string, codeMinute: number, accountsPerSubscription = 1) =>
  decideRelink({ links, lineUserId, codeIssuedAt: at(codeMinute), accountsPerSubscription });

describe('an account comes with a code', () => {
  test.each([
    ['nobody is linked', decide([], 'new', 0), { kind: 'link', replaces: [] }],
    ['linked already itself', decide([link('new', 5)], 'new', 9), { kind: 'kept' }],
    ['another is linked, the code is older', decide([link('old', 5)], 'new', 4), { kind: 'linked-elsewhere' }],
    [
      'another is linked, the code as old as the link',
      decide([link('old', 5)], 'new', 5),
      { kind: 'linked-elsewhere' },
    ],
    ['another is linked, the code is newer', decide([link('old', 5)], 'new', 6), { kind: 'link', replaces: ['old'] }],
    [
      'room for more, the code newer',
      decide([link('b', 9), link('a', 5)], 'new', 99, 4),
      { kind: 'link', replaces: [] },
    ],
    ['room for two', decide([link('old', 5)], 'new', 4, 2), { kind: 'link', replaces: [] }],
    [
      'two of two, the code newer than one',
      decide([link('b', 9), link('a', 5)], 'new', 6, 2),
      { kind: 'link', replaces: ['a'] },
    ],
    [
      'two of two, newer than both: the oldest goes',
      decide([link('b', 9), link('a', 5)], 'new', 99, 2),
      { kind: 'link', replaces: ['a'] },
    ],
  ])('%s', (_what, decision, expected) => expect(decision).toEqual(expected));
});

test('never more accounts than allowed, and nobody replaced by an older code', () => {
  const links = fc.uniqueArray(fc.record({ lineUserId: fc.stringMatching(/^[a-f]$/), minute: fc.nat(50) }), {
    selector: (each) => each.lineUserId,
    maxLength: 3,
  });
  fc.assert(
    fc.property(links, fc.integer({ min: 1, max: 3 }), fc.nat(50), (given, accounts, codeMinute) => {
      const present = given.slice(0, accounts).map((each) => link(each.lineUserId, each.minute));
      const decision = decide(present, 'new', codeMinute, accounts);
      if (decision.kind !== 'link') return present.length === accounts;
      const replaced = present.filter((each) => decision.replaces.includes(each.lineUserId));
      return (
        present.length + 1 - decision.replaces.length <= accounts &&
        replaced.every((each) => Temporal.Instant.compare(at(codeMinute), each.linkedAt) > 0)
      );
    }),
  );
});
