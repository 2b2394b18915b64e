import { Temporal } from 'temporal-polyfill';
import type { GiftPolicy, GiftWay } from '../../../base/operator.ts';
import type { Rule } from '../../../base/refusal.ts';
import { monthlyLimitBytes } from './giveable.ts';

export type GiftState = 'waiting' | 'claimed' | 'declined' | 'taken-back' | 'expired';

/** A subscription as one side of a gift, with the person who acts for it. */
export interface Party {
  readonly subscriptionId: string;
  readonly contractorId: string;
  /** Whether the person who acts is linked to the subscription as its user. */
  readonly isLinked: boolean;
  readonly isInService: boolean;
}

/** The facts of one step: an offer has `giving`, a claim has `waiting`, and whoever is known to receive `receiving`. */
export interface GiftFacts {
  readonly now: Temporal.Instant;
  readonly policy: GiftPolicy;
  readonly isClosed: boolean;
  /** The ledger does not agree with itself: nothing moves from one to another until it does. */
  readonly isPaused: boolean;
  readonly giving?: {
    readonly sender: Party;
    readonly way: GiftWay | 'direct';
    readonly amountBytes: number;
    readonly giveableBytes: number;
    readonly planBytes: number;
    /** Waiting and claimed gifts of this month; what came back does not count. */
    readonly givenThisMonthBytes: number;
    readonly giftsToday: number;
    readonly giftsThisMonth: number;
  };
  readonly receiving?: {
    readonly sender: Pick<Party, 'subscriptionId' | 'contractorId'>;
    readonly receiver: Party;
    readonly way: GiftWay | 'direct';
  };
  readonly waiting?: {
    readonly state: GiftState;
    readonly expiresAt: Temporal.Instant;
    /** The one subscription it is for, if the sender named one; null also for a phone number that is nobody's. */
    readonly receiverSubscriptionId: string | null;
  };
}

/** Every reason for which a gift is not given or not received, in the order in which they are told. */
export const refusals = [
  {
    code: 'paused',
    says: 'Nothing is given or received while the ledger does not agree with itself.',
    broken: ({ isPaused }) => isPaused,
  },
  {
    code: 'sender-not-linked',
    says: 'Whoever gives is linked to the subscription as its user.',
    broken: ({ giving }) => giving !== undefined && !giving.sender.isLinked,
  },
  {
    code: 'gifts-closed',
    says: 'Nothing is given or received around the turn of the month.',
    broken: ({ isClosed }) => isClosed,
  },
  {
    code: 'sender-not-in-service',
    says: 'The subscription that gives is in service.',
    broken: ({ giving }) => giving !== undefined && !giving.sender.isInService,
  },
  {
    code: 'way-not-offered',
    says: 'The operator offers this way of handing over.',
    broken: ({ giving, policy }) =>
      giving !== undefined && giving.way !== 'direct' && !policy.ways.includes(giving.way),
  },
  {
    code: 'not-a-step',
    says: 'The amount is a whole number of steps.',
    broken: ({ giving, policy }) => giving !== undefined && giving.amountBytes % policy.stepBytes !== 0,
  },
  {
    code: 'under-minimum',
    says: 'The amount is at least the minimum.',
    broken: ({ giving, policy }) => giving !== undefined && giving.amountBytes < policy.minimumBytes,
  },
  {
    code: 'over-maximum',
    says: 'The amount is at most what one gift may hold.',
    broken: ({ giving, policy }) =>
      giving !== undefined && policy.maximumBytes !== null && giving.amountBytes > policy.maximumBytes,
  },
  {
    code: 'over-monthly-limit',
    says: 'All gifts of a month together stay within the monthly limit.',
    broken: ({ giving, policy }) => {
      if (giving === undefined) return false;
      const limit = monthlyLimitBytes(policy, giving.planBytes);
      return limit !== null && giving.givenThisMonthBytes + giving.amountBytes > limit;
    },
  },
  {
    code: 'too-many-today',
    says: 'The number of gifts in a day stays within the limit.',
    broken: ({ giving, policy }) =>
      giving !== undefined && policy.giftsPerDay !== null && giving.giftsToday >= policy.giftsPerDay,
  },
  {
    code: 'too-many-this-month',
    says: 'The number of gifts in a month stays within the limit.',
    broken: ({ giving, policy }) =>
      giving !== undefined && policy.giftsPerMonth !== null && giving.giftsThisMonth >= policy.giftsPerMonth,
  },
  {
    code: 'not-enough-base',
    says: 'What may be given away covers the amount.',
    broken: ({ giving }) => giving !== undefined && giving.amountBytes > giving.giveableBytes,
  },
  {
    code: 'receiver-is-sender',
    says: 'Nobody gives to the same subscription.',
    broken: ({ receiving }) =>
      receiving !== undefined && receiving.receiver.subscriptionId === receiving.sender.subscriptionId,
  },
  {
    code: 'receiver-not-linked',
    says: 'Whoever receives is linked to the subscription as its user.',
    broken: ({ receiving }) => receiving !== undefined && !receiving.receiver.isLinked,
  },
  {
    code: 'receiver-not-in-service',
    says: 'The subscription that receives is in service.',
    broken: ({ receiving }) => receiving !== undefined && !receiving.receiver.isInService,
  },
  {
    code: 'receiver-not-in-contract',
    says: 'Where gifts stay within a contract, the receiver is of the same contract.',
    broken: ({ receiving, policy }) =>
      receiving !== undefined &&
      (receiving.way === 'same-contract' || policy.ways.every((way) => way === 'same-contract')) &&
      receiving.receiver.contractorId !== receiving.sender.contractorId,
  },
  {
    code: 'for-somebody-else',
    says: 'A gift for a named subscription is received by that one.',
    broken: ({ waiting, receiving }) =>
      waiting?.state === 'waiting' &&
      (waiting.receiverSubscriptionId !== null || receiving?.way === 'phone-number') &&
      waiting.receiverSubscriptionId !== receiving?.receiver.subscriptionId,
  },
  {
    code: 'already-claimed',
    says: 'A gift is received once.',
    broken: ({ waiting }) => waiting?.state === 'claimed',
  },
  {
    code: 'no-longer-offered',
    says: 'A gift that was declined or taken back is not received.',
    broken: ({ waiting }) => waiting?.state === 'declined' || waiting?.state === 'taken-back',
  },
  {
    code: 'expired',
    says: 'A gift is received before its time is up.',
    broken: ({ waiting, now }) =>
      waiting !== undefined && (waiting.state === 'expired' || Temporal.Instant.compare(now, waiting.expiresAt) >= 0),
  },
] as const satisfies readonly Rule<GiftFacts, string>[];

export type GiftRefusal = (typeof refusals)[number]['code'];
