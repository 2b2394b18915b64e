import { Temporal } from 'temporal-polyfill';
import type { BucketKind } from '../../../base/operator.ts';
import { firstBroken, type Rule } from '../../../base/refusal.ts';

/** A correction as it was asked for. Whole bytes; below zero takes away. */
export interface Correction {
  readonly amountBytes: number;
  /** Of what is added: its kind, and when it ends (exclusive). What is taken away goes in the order of use. */
  readonly into: { readonly bucket: BucketKind; readonly expiresAt: string } | null;
  readonly reason: string;
  readonly askedBy: string;
  readonly approvedBy: string;
}

export interface CorrectionFacts extends Correction {
  readonly now: Temporal.Instant;
  readonly usableBytes: number;
  /** Of the subscription. */
  readonly endedAt: Temporal.Instant | null;
}

export type CorrectionRefusal =
  | 'not-an-amount'
  | 'no-reason'
  | 'no-second-person'
  | 'subscription-ended'
  | 'kind-and-end-missing'
  | 'already-ended'
  | 'too-far-away'
  | 'not-enough-data';

/** Two years and a day, whichever years they are: the end is exclusive. */
const FARTHEST_DAYS = 2 * 366;

/** Why a correction is not made, in the order in which it is told. */
const rules: readonly Rule<CorrectionFacts, CorrectionRefusal>[] = [
  {
    code: 'not-an-amount',
    says: 'A correction is a whole number of bytes, and not nothing.',
    broken: ({ amountBytes }) => !Number.isSafeInteger(amountBytes) || amountBytes === 0,
  },
  { code: 'no-reason', says: 'A correction says why.', broken: ({ reason }) => reason.trim() === '' },
  {
    code: 'no-second-person',
    says: 'Another person than the one who asked has approved.',
    broken: ({ askedBy, approvedBy }) => askedBy === '' || approvedBy === '' || askedBy === approvedBy,
  },
  {
    code: 'subscription-ended',
    says: 'A subscription that has ended is not corrected any more.',
    broken: ({ endedAt, now }) => endedAt !== null && Temporal.Instant.compare(endedAt, now) <= 0,
  },
  {
    code: 'kind-and-end-missing',
    says: 'What is added has a kind and an end.',
    broken: ({ amountBytes, into }) => amountBytes > 0 && into === null,
  },
  {
    code: 'already-ended',
    says: 'What is added ends in the future.',
    broken: ({ into, now }) => into !== null && Temporal.Instant.compare(into.expiresAt, now) <= 0,
  },
  {
    code: 'too-far-away',
    says: 'What is added ends within two years.',
    broken: ({ into, now }) =>
      into !== null && Temporal.Instant.compare(into.expiresAt, now.add({ hours: 24 * FARTHEST_DAYS })) > 0,
  },
  {
    code: 'not-enough-data',
    says: 'Only what is there is taken away.',
    broken: ({ amountBytes, usableBytes }) => -amountBytes > usableBytes,
  },
];

/** Why a correction is not made: the first rule broken, or undefined. */
export function decideCorrection(facts: CorrectionFacts): CorrectionRefusal | undefined {
  return firstBroken(rules, facts);
}
