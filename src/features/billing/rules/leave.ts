import type { Rule } from '../../../base/refusal.ts';

export type LeaveKind = 'cancel' | 'mnp-out';

/** What decides whether a subscription may be left. */
export interface LeaveFacts {
  readonly kind: LeaveKind;
  readonly isOwn: boolean;
  readonly state: 'not-open' | 'in-service' | 'ended';
  /** An end is set already, by the contractor or by the back office. */
  readonly isEnding: boolean;
  /** A reservation number of this subscription can be used now. */
  readonly hasReservation: boolean;
  /** Its number is one that can be called. */
  readonly hasVoice: boolean;
}

/** Why a subscription cannot be left now, in the order in which it is told. */
export const leaveRefusals = [
  {
    code: 'not-found',
    says: 'Only the contractor leaves, and only with a subscription of their own.',
    broken: ({ isOwn }) => !isOwn,
  },
  {
    code: 'ended',
    says: 'The subscription has not ended.',
    broken: ({ state }) => state === 'ended',
  },
  {
    code: 'not-open',
    says: 'The subscription has begun.',
    broken: ({ state }) => state === 'not-open',
  },
  {
    code: 'ending',
    says: 'No end is set for the subscription yet.',
    broken: ({ isEnding }) => isEnding,
  },
  {
    code: 'number-reserved',
    says: 'No reservation number of the subscription is waiting to be used.',
    broken: ({ hasReservation }) => hasReservation,
  },
  {
    code: 'no-number-to-take',
    says: 'A number that is taken along is one that can be called.',
    broken: ({ kind, hasVoice }) => kind === 'mnp-out' && !hasVoice,
  },
] as const satisfies readonly Rule<LeaveFacts, string>[];

export type LeaveRefusal = (typeof leaveRefusals)[number]['code'];
