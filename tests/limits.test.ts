import { expect, test } from 'vitest';
import type { RateLimit } from '../src/base/rate-limit.ts';
import type { TryLimit } from '../src/base/try-limit.ts';
import { providerLimits } from '../src/features/age-proof/rules/limits.ts';
import { applicationLimits } from '../src/features/applications/rules/limits.ts';
import { signInLimits } from '../src/features/contractors/rules/sign-in-limits.ts';
import { credentialLimits } from '../src/features/credentials/rules/limits.ts';
import { disclosureLimits } from '../src/features/disclosure/rules/limits.ts';
import { giftLimits } from '../src/features/gifts/rules/gift-limits.ts';
import { linkCodeLimits } from '../src/features/linking/rules/limits.ts';
import { staffLimits } from '../src/features/staff/rules/limits.ts';

// What keeps guessers out is said in words, in each feature's README too: the numbers that count are those of the words.

const SECONDS: Readonly<Record<string, number>> = { minute: 60, hour: 3_600, day: 86_400 };

/** The numbers in a sentence, lengths of time in seconds: “5 wrong codes in 15 minutes” are 5 and 900. */
function spoken(sentence: string): number[] {
  const words = sentence.matchAll(/\b(\d[\d,]*|an?)(?: (minute|hour|day)s?)?\b/g);
  return [...words].flatMap(([, count = '', unit]) => {
    const number = /^\d/.test(count) ? Number(count.replace(',', '')) : 1;
    if (unit !== undefined) return [number * (SECONDS[unit] ?? 0)];
    return /^\d/.test(count) ? [number] : [];
  });
}

/** What a limit's sentence has to speak of. Where only one length of time is said, it is both the window and the wait. */
function due(limit: TryLimit | RateLimit, said: number): number[] {
  if ('most' in limit) return [limit.most, limit.windowSeconds];
  const { tries, windowSeconds, whenReached } = limit;
  // “More than 50” are counted when the 51st comes.
  if (whenReached.kind === 'alarm') return [tries - 1, windowSeconds];
  if (whenReached.doublingTo !== undefined) return [tries, whenReached.seconds, whenReached.doublingTo];
  const isWindowAlone = said === 2 && whenReached.seconds === windowSeconds;
  return [tries, windowSeconds, ...(isWindowAlone ? [] : [whenReached.seconds])];
}

const { knownDevice, ...signIn } = signInLimits;
const all: readonly { says: string; limit: TryLimit | RateLimit }[] = [
  signIn,
  applicationLimits,
  disclosureLimits,
  credentialLimits,
  giftLimits,
  linkCodeLimits,
  providerLimits,
  staffLimits,
].flatMap((limits) => Object.values<{ says: string; limit: TryLimit | RateLimit }>(limits));

test.each(all)('$says', ({ says, limit }) => {
  // Not a number: what an address is.
  const numbers = spoken(says.replace('(IPv6 by its /64) ', ''));
  expect(numbers).toEqual(due(limit, numbers.length));
});

test.each([signInLimits.loginId, credentialLimits.code, staffLimits.loginId, staffLimits.code])(
  'no pause between two tries forgets those before: $says',
  ({ limit: { windowSeconds, whenReached } }) => expect(windowSeconds).toBeGreaterThan(whenReached.doublingTo),
);

test('a device that is known is counted by itself, and like a login ID', () => {
  const { name } = knownDevice.limit;
  expect(name).not.toBe(signIn.loginId.limit.name);
  expect({ ...knownDevice.limit, name: signIn.loginId.limit.name }).toEqual(signIn.loginId.limit);
});

test('each is counted under a name of its own', () => {
  const names = [...all, knownDevice].map(({ limit }) => limit.name);
  expect(new Set(names).size).toBe(names.length);
});
