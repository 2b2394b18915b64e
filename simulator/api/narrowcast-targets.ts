import type { PersonRecord } from '../world/people.ts';
import type { World } from '../world/world.ts';
import { refuse } from './refusal.ts';

/** Whom a narrowcast is meant for: an audience, an earlier narrowcast, or a combination. */
export type Recipient =
  | { type: 'audience'; audienceGroupId?: number }
  | { type: 'redelivery'; requestId?: string }
  | ({ type: 'operator' } & Operator<Recipient>);

/** Which of them, by what is known of people. */
export type Demographic =
  | { type: 'age'; gte?: string; lt?: string }
  | ({ type: 'operator' } & Operator<Demographic>)
  | { type: 'gender' | 'appType' | 'area' | 'subscriptionPeriod' };

interface Operator<T> {
  and?: T[];
  or?: T[];
  not?: T;
}

/** Throws LINE's refusal for an audience or a request that there is not. */
export function isInRecipient(world: World, recipient: Recipient, person: PersonRecord): boolean {
  switch (recipient.type) {
    case 'audience': {
      const audience = world.audiences.find(recipient.audienceGroupId ?? 0);
      if (!audience) throw refuse(400, `audience group not found: ${recipient.audienceGroupId}`);
      return audience.members.has(person.userId);
    }
    case 'redelivery': {
      const sending = world.sendings.find(recipient.requestId ?? '');
      if (sending?.kind !== 'narrowcast') throw refuse(400, `requestId not found: ${recipient.requestId}`);
      return sending.reached.includes(person.userId);
    }
    case 'operator':
      return combine(recipient, (inner) => isInRecipient(world, inner, person));
  }
}

/** LINE estimates all of it; here only ages are known, by birth date. Nobody is in a group that is not known of them. */
export function isInDemographic(filter: Demographic, person: PersonRecord, nowMs: number): boolean {
  switch (filter.type) {
    case 'age': {
      const age = ageAt(person, nowMs);
      if (age === null) return false;
      return age >= yearsIn(filter.gte, 0) && age < yearsIn(filter.lt, Number.POSITIVE_INFINITY);
    }
    case 'operator':
      return combine(filter, (inner) => isInDemographic(inner, person, nowMs));
    default:
      return false;
  }
}

function combine<T>({ and, or, not }: Operator<T>, isIn: (inner: T) => boolean): boolean {
  if (and) return and.every(isIn);
  if (or) return or.some(isIn);
  return not === undefined || !isIn(not);
}

/** `age_20` is 20. */
function yearsIn(name: string | undefined, otherwise: number): number {
  return name === undefined ? otherwise : Number(name.replace('age_', ''));
}

function ageAt(person: PersonRecord, nowMs: number): number | null {
  if (person.birthDate === null) return null;
  const today = new Date(nowMs + 9 * 3_600_000).toISOString().slice(0, 10);
  const years = Number(today.slice(0, 4)) - Number(person.birthDate.slice(0, 4));
  return today.slice(5) < person.birthDate.slice(5) ? years - 1 : years;
}
