import { Temporal } from 'temporal-polyfill';
import { firstBroken, type Rule } from '../../../base/refusal.ts';

export interface ContractorLinkFacts {
  /** LINE accounts linked to the contractor. */
  readonly lineAccountsOfContractor: readonly string[];
  /** Contractors linked to the LINE account. */
  readonly contractorsOfLineAccount: readonly string[];
  readonly contractorId: string;
  readonly lineUserId: string;
  readonly limits: { readonly lineAccountsPerContractor: number; readonly contractorsPerLineAccount: number };
}

export type ContractorLinkFault = 'linked-here-already' | 'contractor-has-enough' | 'line-account-has-enough';

/** Why a LINE account cannot be linked to a contractor, in this order. */
export const contractorLinkRules = [
  {
    code: 'linked-here-already',
    says: 'A contractor linked to this LINE account already stays as it is.',
    broken: (facts) => facts.contractorsOfLineAccount.includes(facts.contractorId),
  },
  {
    code: 'contractor-has-enough',
    says: 'A contractor has at most so many LINE accounts (3 unless set otherwise).',
    broken: (facts) => facts.lineAccountsOfContractor.length >= facts.limits.lineAccountsPerContractor,
  },
  {
    code: 'line-account-has-enough',
    says: 'A LINE account has at most so many contractors (5 unless set otherwise).',
    broken: (facts) => facts.contractorsOfLineAccount.length >= facts.limits.contractorsPerLineAccount,
  },
] as const satisfies readonly Rule<ContractorLinkFacts, ContractorLinkFault>[];

/** Why a contractor link is not made: the first rule broken, or undefined. */
export function contractorLinkFault(facts: ContractorLinkFacts): ContractorLinkFault | undefined {
  return firstBroken<ContractorLinkFacts, ContractorLinkFault>(contractorLinkRules, facts);
}

/** From when a link is a second proof: at once where more than a password was given for it, else some hours later. */
export function countsFrom(link: {
  linkedAt: Temporal.Instant;
  isProven: boolean;
  hoursUntilProof: number;
}): Temporal.Instant | null {
  return link.isProven || link.hoursUntilProof === 0 ? null : link.linkedAt.add({ hours: link.hoursUntilProof });
}

/** Whether a link is a second proof by now. */
export function countsAsProof(link: { countsFrom: Temporal.Instant | null }, now: Temporal.Instant): boolean {
  return link.countsFrom === null || Temporal.Instant.compare(link.countsFrom, now) <= 0;
}
