import type { Temporal } from 'temporal-polyfill';
import { ageOn } from '../../../base/age.ts';
import { dayOf } from '../../../base/operator-month.ts';

/** A yes, a no, or that the operator does not know. */
export type YesNo = 'true' | 'false' | 'not_available';

export interface AgeFacts {
  /** Of the registered user, else of the contractor; null for a company, or a user registered without one. */
  readonly birthDate: string | null;
  readonly ageThreshold: number;
  readonly now: Temporal.Instant;
  /** The operator's time zone: the birthday begins at its midnight. */
  readonly zone: string;
}

/** Whether the person has the age asked for, today where the operator is. */
export function decideAgeCheck({ birthDate, ageThreshold, now, zone }: AgeFacts): YesNo {
  if (birthDate === null) return 'not_available';
  return ageOn(birthDate, dayOf(now, zone)) >= ageThreshold ? 'true' : 'false';
}
