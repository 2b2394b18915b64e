import { ageOn } from './age.ts';

/**
 * What keeps harmful sites away from a subscription: nothing, the operator's list (`content`), or a list that a
 * guardian changes (`parental`).
 */
export type Filtering = 'off' | 'content' | 'parental';

export const FILTERINGS = ['off', 'content', 'parental'] as const satisfies readonly Filtering[];

/** Adulthood in Japan since 2022-04-01. */
export const ADULT_YEARS = 18;

/** What a new subscription has when nobody said otherwise: the law wants it on for minors. Null when the age is not known. */
export function filteringAtOpening(birthDate: string | null, day: string): Filtering | null {
  if (birthDate === null) return null;
  return ageOn(birthDate, day) < ADULT_YEARS ? 'content' : 'off';
}
