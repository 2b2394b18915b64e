import type { Rule } from '../../../base/refusal.ts';

/** What decides whether a pack of data is sold. */
export interface TopUpFacts {
  /** Whether the subscription is the asking contractor's. */
  readonly isOwn: boolean;
  readonly isInService: boolean;
  readonly isPackSold: boolean;
  /** Packs bought for the subscription in this calendar month. */
  readonly boughtThisMonth: number;
  readonly limitPerMonth: number;
}

/** Why data is not sold, in the order in which it is told. */
export const topUpRefusals = [
  {
    code: 'not-found',
    says: 'Only the contractor buys data, and only for a subscription of their own.',
    broken: ({ isOwn }) => !isOwn,
  },
  {
    code: 'not-in-service',
    says: 'The subscription is in service.',
    broken: ({ isInService }) => !isInService,
  },
  {
    code: 'pack-not-sold',
    says: 'The pack is one of those sold.',
    broken: ({ isPackSold }) => !isPackSold,
  },
  {
    code: 'limit-reached',
    says: 'The packs bought for a subscription in a calendar month stay within the limit.',
    broken: ({ boughtThisMonth, limitPerMonth }) => boughtThisMonth >= limitPerMonth,
  },
] as const satisfies readonly Rule<TopUpFacts, string>[];

export type TopUpRefusal = (typeof topUpRefusals)[number]['code'];
