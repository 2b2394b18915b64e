import { Temporal } from 'temporal-polyfill';
import { fold } from '../../../base/language.ts';
import { addMonths, monthOf, startOfMonth } from '../../../base/operator-month.ts';
import { firstBroken, type Rule } from '../../../base/refusal.ts';

/** A name and a birth date: who somebody is, as far as we can tell two people apart. */
export interface Person {
  readonly name: string;
  /** ISO calendar day; null for a company. */
  readonly birthDate: string | null;
}

/** An invitation that was looked up. */
export interface Invited {
  /** Who invites. */
  readonly contractorId: string;
  readonly inviter: Person;
  /** The LINE accounts linked to who invites. */
  readonly lineUserIds: readonly string[];
  readonly expiresAt: Temporal.Instant;
  /** The order that holds or used it. */
  readonly orderId: string | null;
}

/** Who applies. */
export interface InvitedApplicant {
  /** Null for somebody who has no contract yet. */
  readonly contractorId: string | null;
  readonly lineUserId: string | null;
  /** Null before it is known. */
  readonly person: Person | null;
}

interface InvitationFacts {
  /** Null where there is none. */
  readonly invitation: Invited | null;
  readonly applicant: InvitedApplicant;
  readonly now: Temporal.Instant;
}

/** Why an invitation cannot be followed, in this order. */
export const invitationRules = [
  {
    code: 'unknown',
    says: 'An invitation is a link that a contractor has made.',
    broken: ({ invitation }) => invitation === null,
  },
  {
    code: 'own-contract',
    says: 'Nobody invites to a contract of their own.',
    broken: ({ invitation, applicant }) => invitation !== null && applicant.contractorId === invitation.contractorId,
  },
  {
    code: 'own-line-account',
    says: 'Nobody invites a LINE account that is linked to their own contract.',
    broken: ({ invitation, applicant }) =>
      applicant.lineUserId !== null && (invitation?.lineUserIds.includes(applicant.lineUserId) ?? false),
  },
  {
    code: 'same-person',
    says: 'Nobody invites somebody of their own name and birth date.',
    broken: ({ invitation, applicant }) =>
      invitation !== null && applicant.person !== null && isSamePerson(invitation.inviter, applicant.person),
  },
  {
    code: 'not-new',
    says: 'An invitation is for somebody who has no contract yet.',
    broken: ({ applicant }) => applicant.contractorId !== null,
  },
  {
    code: 'used',
    says: 'An invitation is for one order.',
    broken: ({ invitation }) => (invitation?.orderId ?? null) !== null,
  },
  {
    code: 'expired',
    says: 'An invitation is followed while its days last.',
    broken: ({ invitation, now }) => invitation !== null && Temporal.Instant.compare(invitation.expiresAt, now) <= 0,
  },
] as const satisfies readonly Rule<InvitationFacts, string>[];

export type InvitationRefusal = (typeof invitationRules)[number]['code'];

export const invitationRefusal = (facts: InvitationFacts): InvitationRefusal | undefined =>
  firstBroken<InvitationFacts, InvitationRefusal>(invitationRules, facts);

/** Spelled with or without a blank it is the same name. */
function isSamePerson(a: Person, b: Person): boolean {
  return fold(a.name) === fold(b.name) && a.birthDate !== null && a.birthDate === b.birthDate;
}

/** When both sides get their points: at the end of the month that is so many after the one the contract began in. */
export function rewardMoment(completedAt: Temporal.Instant, afterMonths: number, zone: string): Temporal.Instant {
  return startOfMonth(addMonths(monthOf(completedAt, zone), afterMonths + 1), zone);
}

/** Points are for contracts that go on: both sides have a subscription in service at that moment, or neither gets any. */
export function rewardOutcome(sides: { isInviterInService: boolean; isInvitedInService: boolean }): 'given' | 'lapsed' {
  return sides.isInviterInService && sides.isInvitedInService ? 'given' : 'lapsed';
}
