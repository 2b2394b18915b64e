import type { Application } from '../../src/features/orders/index.ts';

type NewContractor = Extract<Application['contractor'], { kind: 'new' }>;

/** Somebody who is no customer yet. */
export function newContractor(given: Partial<NewContractor> = {}): NewContractor {
  return {
    kind: 'new',
    name: { family: '山本', given: '恵' },
    kana: { family: 'ヤマモト', given: 'メグミ' },
    birthDate: '1991-04-12',
    postalCode: '150-0001',
    address: '東京都渋谷区神宮前1-2-3',
    phone: '090-1111-2222',
    mail: 'megumi@example.jp',
    ...given,
  };
}

/** A whole application for a voice plan with a new number, by somebody whose card says the same as they do. */
export function application(given: Partial<Application> = {}): Application {
  return {
    requestId: 'a-1',
    planCode: 'p3',
    optionCodes: ['voicemail'],
    simKind: 'esim',
    number: { kind: 'new' },
    contractor: newContractor(),
    user: { kind: 'contractor' },
    identity: {
      reference: 'idp-1',
      method: 'jpki',
      outcome: 'success',
      checkedAt: '2026-11-18T04:50:00Z',
      certificateSerial: '4F1A22',
      mismatched: [],
      person: {
        name: { family: '山本', given: '恵' },
        birthDate: '1991-04-12',
        postalCode: '150-0001',
        address: '東京都渋谷区神宮前1-2-3',
      },
    },
    payment: { reference: 'card-1', brand: 'Visa', lastFour: '4242', expiresIn: '2029-08' },
    documents: [
      { code: 'terms', version: '2026-04', openedAt: '2026-11-18T04:55:00Z', agreedAt: '2026-11-18T04:56:00Z' },
    ],
    entryCode: null,
    invitation: null,
    lineUserId: null,
    language: 'ja',
    ...given,
  };
}
