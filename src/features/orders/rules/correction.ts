import { type OrderTopic, orderTopics } from '../../../base/order-topic.ts';
import type { Application, NewContractor } from './application.ts';
import type { PlaceFault } from './place.ts';

const ofContractor = (
  { contractor }: Application,
  read: (typed: NewContractor) => Readonly<Record<string, unknown>>,
): unknown => (contractor.kind === 'new' ? read(contractor) : null);

/** What each topic covers, as a value to be compared; null where the application has no such thing. */
const covers: Record<OrderTopic, (application: Application) => unknown> = {
  sim: ({ simKind }) => simKind,
  number: ({ number }) => number,
  name: (application) => ofContractor(application, ({ name, kana }) => ({ name, kana })),
  'birth-date': (application) => ofContractor(application, ({ birthDate }) => ({ birthDate })),
  address: (application) => ofContractor(application, ({ postalCode, address }) => ({ postalCode, address })),
  phone: (application) => ofContractor(application, ({ phone }) => ({ phone })),
  user: ({ user }) => user,
  identity: ({ identity }) => identity,
  card: ({ payment }) => payment,
};

/** What this application can be asked about: a contractor who was there already is known by the contract. */
export function topicsOf(application: Application): readonly OrderTopic[] {
  return orderTopics.filter((topic) => covers[topic](application) !== null);
}

/** What differs between two versions of an application, of what can be corrected. */
export function changedTopics(before: Application, after: Application): readonly OrderTopic[] {
  return orderTopics.filter((topic) => canonical(covers[topic](before)) !== canonical(covers[topic](after)));
}

/** The same text whatever the order of keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    each !== null && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

/**
 * The application with what was asked about as it is in `given`, and nothing else of it. Whoever changes name or birth date
 * may have been verified anew, so a verification comes along with them.
 */
export function corrected(application: Application, given: Application, about: readonly OrderTopic[]): Application {
  const has = (...any: OrderTopic[]) => any.some((topic) => about.includes(topic));
  return {
    ...application,
    simKind: has('sim') ? given.simKind : application.simKind,
    number: has('number') ? given.number : application.number,
    contractor: contractorAfter(application, given, about),
    user: has('user') ? given.user : application.user,
    identity: has('identity', 'name', 'birth-date') ? given.identity : application.identity,
    payment: has('card') ? given.payment : application.payment,
  };
}

function contractorAfter(
  { contractor: before }: Application,
  { contractor: given }: Application,
  about: readonly OrderTopic[],
): Application['contractor'] {
  if (before.kind === 'existing' || given.kind === 'existing') return before;
  return {
    ...before,
    ...(about.includes('name') ? { name: given.name, kana: given.kana } : {}),
    ...(about.includes('birth-date') ? { birthDate: given.birthDate } : {}),
    ...(about.includes('address') ? { postalCode: given.postalCode, address: given.address } : {}),
    ...(about.includes('phone') ? { phone: given.phone } : {}),
  };
}

/** Which of the rules for placing an order are asked again for what is corrected; the others were kept when it was placed. */
const asksAgain: Record<OrderTopic, readonly PlaceFault[]> = {
  sim: [],
  number: ['number-malformed', 'reservation-too-short', 'number-taken'],
  name: ['identity-missing'],
  'birth-date': ['contractor-minor', 'identity-missing'],
  address: [],
  phone: [],
  user: ['guardian-missing'],
  identity: ['identity-missing'],
  card: ['payment-missing'],
};

/** Why the corrected application cannot take the place of the one before, of all that is wrong with it. */
export function correctionFault(faults: readonly PlaceFault[], about: readonly OrderTopic[]): PlaceFault | undefined {
  return faults.find((fault) => about.some((topic) => asksAgain[topic].includes(fault)));
}
