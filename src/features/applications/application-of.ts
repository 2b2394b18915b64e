import type { Language } from '../../base/language.ts';
import type { Application } from '../orders/index.ts';
import type { OpenDraft } from './drafts.ts';
import { recordOf } from './rules/documents.ts';
import { readFiltering } from './rules/filtering.ts';
import { isMinor, type PersonFacts, readContractor, readUser } from './rules/person.ts';
import { readPlan } from './rules/plan.ts';
import { readSim } from './rules/sim.ts';

/** What is sent: the draft, read once more. Every step is done; what is missing all the same is a bug. */
export function applicationOf(open: OpenDraft, language: Language): Application {
  const { draft, offer, today } = open;
  const { plan, options } = readPlan(draft.typed.plan, offer);
  const sim = readSim(draft.typed.sim, today, offer);
  return {
    requestId: open.draftId,
    planCode: sure(plan).code,
    optionCodes: options.map(({ code }) => code),
    simKind: sim.simKind === 'esim' ? 'esim' : 'sim',
    number: numberOf(open),
    contractor: contractorOf(open),
    user: userOf(open),
    identity: draft.identity,
    payment: open.isExistingContractor ? null : draft.payment,
    documents: offer.applications.documents.map((document) => {
      const { code, version, openedAt, agreedAt } = sure(recordOf(draft, document));
      return { code, version, openedAt, agreedAt: sure(agreedAt) };
    }),
    entryCode: draft.entryCode,
    invitation: draft.invitation,
    lineUserId: open.lineUserId,
    language,
  };
}

export function numberOf({ draft, today, offer }: OpenDraft): Application['number'] {
  const { number, phoneNumber, reservationNumber, validUntil } = readSim(draft.typed.sim, today, offer);
  if (number === 'new') return { kind: 'new' };
  const moved = { phoneNumber: nationalNumber(sure(phoneNumber)) };
  if (number === 'one-stop') return { kind: 'one-stop', ...moved };
  return { kind: 'reservation', ...moved, reservationNumber, validUntil: sure(validUntil) };
}

function contractorOf({ draft, today, contractorId }: OpenDraft): Application['contractor'] {
  if (contractorId !== null) return { kind: 'existing', contractorId };
  const facts = readContractor(draft.typed.contractor, today);
  return {
    kind: 'new',
    ...personOf(facts),
    postalCode: facts.postalCode,
    address: `${facts.address} ${facts.building}`,
    phone: nationalNumber(sure(facts.phone)),
    mail: facts.mail,
  };
}

export function userOf({ draft, today }: OpenDraft): Application['user'] {
  if (draft.typed.sim?.user !== 'other') return { kind: 'contractor' };
  const facts = readUser(draft.typed.user, today);
  const user = { kind: 'other', ...personOf(facts) } as const;
  if (!isMinor(facts)) return { ...user, filtering: false, guardian: null };
  const { filtering, guardianName } = readFiltering(draft.typed.filtering);
  return {
    ...user,
    filtering: filtering !== 'off',
    guardian: { name: guardianName, agreedAt: sure(draft.guardianAgreedAt) },
  };
}

function personOf({ familyName, givenName, familyKana, givenKana, birthDate }: PersonFacts) {
  return {
    name: { family: familyName, given: givenName },
    kana: { family: familyKana, given: givenKana },
    birthDate: sure(birthDate),
  };
}

/** As people in Japan write a number: a zero instead of 81. */
export const nationalNumber = (msisdn: string): string => msisdn.replace(/^81/, '0');

function sure<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error('an application was sent before it was complete');
  return value;
}
