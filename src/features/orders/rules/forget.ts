import type { Application, PersonName } from './application.ts';

/** Instead of what was forgotten. */
const GONE = '—';
const nobody: PersonName = { family: GONE, given: GONE };

/** What stays of an application: what was ordered, agreed to and checked, and nothing of whom. */
export function forgotten(application: Application): Application {
  const { contractor, user, identity, payment, number } = application;
  return {
    ...application,
    number: number.kind === 'new' ? number : { kind: 'one-stop', phoneNumber: GONE },
    contractor:
      contractor.kind === 'existing'
        ? contractor
        : {
            kind: 'new',
            name: nobody,
            kana: nobody,
            birthDate: '1900-01-01',
            postalCode: GONE,
            address: GONE,
            phone: GONE,
            mail: GONE,
          },
    user:
      user.kind === 'contractor'
        ? user
        : { ...user, name: nobody, kana: nobody, birthDate: '1900-01-01', guardian: null },
    identity: identity && {
      ...identity,
      reference: GONE,
      certificateSerial: GONE,
      person: { name: nobody, birthDate: '1900-01-01', postalCode: GONE, address: GONE },
    },
    payment: payment && { ...payment, reference: GONE, lastFour: GONE },
    entryCode: null,
    invitation: null,
    lineUserId: null,
  };
}
