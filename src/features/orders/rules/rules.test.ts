import { readFileSync } from 'node:fs';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { testOperator } from '../../../../tests/support/operator.ts';
import { application, newContractor } from '../../../../tests/support/orders.ts';
import { afterFailure } from './activation.ts';
import type { Application } from './application.ts';
import { answerLastDay, isOver, withdrawalLastDay } from './deadlines.ts';
import { forgotten } from './forget.ts';
import { daysBetween, type PlaceFacts, type PlaceFault, placeFault, placeRules } from './place.ts';
import {
  approveFault,
  approveRules,
  deskFault,
  deskRules,
  findingsOf,
  type ReviewFacts,
  reviewRules,
} from './review.ts';
import { nextState, type OrderActor, type OrderEvent, orderActors, orderStates, transitions } from './states.ts';
import { traitsOf } from './traits.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const section = (title: string) => readme.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
const numbered = (text: string) =>
  [...text.matchAll(/^\d+\. `([a-zA-Z-]+)` (.+)$/gm)].map(([, code, says]) => ({ code, says }));

describe('the README', () => {
  test('draws the states as they are', () => {
    const arrows = transitions.flatMap(({ event, from, to, by }) =>
      (from.length > 0 ? from : ['[*]']).map((start) => `    ${start} --> ${to}: ${event} (${by.join(', ')})`),
    );
    const ends = orderStates
      .filter((state) => transitions.every(({ from }) => !(from as readonly string[]).includes(state)))
      .map((state) => `    ${state} --> [*]`);
    const drawn = ['```mermaid', 'stateDiagram-v2', ...arrows, ...ends, '```'].join('\n');
    expect(readme.split('<!-- states -->\n')[1]?.split('\n<!-- /states -->')[0]).toBe(drawn);
  });

  test('tells every event in the same words', () =>
    expect(numbered(section('States'))).toEqual(transitions.map(({ event, says }) => ({ code: event, says }))));

  test('tells why an application does not become an order, in this order', () =>
    expect(numbered(section('Why an application does not become an order'))).toEqual(
      placeRules.map(({ code, says }) => ({ code, says })),
    ));
});

describe('the README about the desk', () => {
  test('tells what is found, with its weight', () =>
    expect(
      [...section('Review').matchAll(/^\d+\. `([a-z-]+)` \(([a-z]+)\) (.+)$/gm)].map((found) => found.slice(1)),
    ).toEqual(reviewRules.map(({ code, weight, says }) => [code, weight, says])));

  test('tells why nothing can be done, in this order', () =>
    expect(numbered(section('Review')).filter(({ says }) => !says?.startsWith('('))).toEqual(
      [...approveRules, ...deskRules].map(({ code, says }) => ({ code, says })),
    ));
});

describe('states', () => {
  const allowed = new Set(
    transitions.flatMap(({ event, from, by }) =>
      from.flatMap((state) => by.map((actor) => `${state} ${event} ${actor}`)),
    ),
  );
  const events = [...new Set(transitions.map(({ event }) => event))];
  const every = orderStates.flatMap((state) =>
    events.flatMap((event) =>
      orderActors.map((actor): [typeof state, OrderEvent, OrderActor] => [state, event, actor]),
    ),
  );

  test('nobody can do what the table does not say', () => {
    for (const [state, event, actor] of every) {
      expect(nextState({ state, event, actor }).ok, `${state} ${event} ${actor}`).toBe(
        allowed.has(`${state} ${event} ${actor}`),
      );
    }
  });

  test('nothing leads out of rejected and cancelled, and only the days of withdrawal out of completed', () => {
    expect([...allowed].filter((way) => /^(rejected|cancelled|completed) /.test(way))).toEqual([
      'completed withdraw applicant',
      'completed withdraw agent',
      'completed withdraw supervisor',
    ]);
  });

  test('an applicant never approves, and nobody but the program completes', () => {
    expect(nextState({ state: 'pending', event: 'approve', actor: 'applicant' })).toEqual({
      ok: false,
      code: 'not-by-this-actor',
    });
    expect([...allowed].filter((way) => way.includes(' complete '))).toEqual(['inProgress complete system']);
  });
});

describe('placing', () => {
  const facts = (given: Partial<PlaceFacts> = {}, applied: Partial<Application> = {}): PlaceFacts => ({
    application: application(applied),
    today: '2026-11-18',
    plan: testOperator.plans[1],
    optionsFit: true,
    isContractorKnown: true,
    isNumberReadable: true,
    isNumberTaken: false,
    subscriptions: 0,
    limits: testOperator.orders,
    ...given,
  });
  const child = {
    kind: 'other',
    name: { family: '山本', given: 'ひな' },
    kana: { family: 'ヤマモト', given: 'ヒナ' },
    birthDate: '2014-02-01',
    filtering: true,
    guardian: null,
  } as const;
  const reservation = {
    kind: 'reservation',
    phoneNumber: '09012345678',
    reservationNumber: '1234567890',
    validUntil: '2026-11-28',
  } as const;
  const identity = application().identity;
  const dataPlan = { ...facts().plan, hasVoice: false } as NonNullable<PlaceFacts['plan']>;
  const opened = { code: 'terms', version: '1', openedAt: '2026-11-18T01:00:00Z', agreedAt: '2026-11-18T00:59:59Z' };

  test.each<[string, PlaceFacts, PlaceFault | undefined]>([
    ['all is well', facts(), undefined],
    ['no such plan', facts({ plan: undefined }), 'plan-not-sold'],
    ['an option of another plan', facts({ optionsFit: false }), 'option-not-for-plan'],
    ['nobody has this contractor id', facts({ isContractorKnown: false }), 'contractor-unknown'],
    ['eighteen today', facts({}, { contractor: newContractor({ birthDate: '2008-11-18' }) }), undefined],
    ['eighteen tomorrow', facts({}, { contractor: newContractor({ birthDate: '2008-11-19' }) }), 'contractor-minor'],
    ['a child without a guardian', facts({}, { user: child }), 'guardian-missing'],
    [
      'a child with one',
      facts({}, { user: { ...child, guardian: { name: '山本 恵', agreedAt: '2026-11-18T00:00:00Z' } } }),
      undefined,
    ],
    ['a grown-up user without a guardian', facts({}, { user: { ...child, birthDate: '1980-01-01' } }), undefined],
    ['a voice plan and nobody checked', facts({}, { identity: null }), 'identity-missing'],
    [
      'a voice plan and the check failed',
      facts({}, { identity: identity && { ...identity, outcome: 'mismatch' } }),
      'identity-missing',
    ],
    ['a data plan asks for none', facts({ plan: dataPlan }, { identity: null }), undefined],
    ['a new contractor without a card', facts({}, { payment: null }), 'payment-missing'],
    [
      'a contractor who pays already',
      facts({}, { contractor: { kind: 'existing', contractorId: 'c' }, payment: null }),
      undefined,
    ],
    ['nothing agreed to', facts({}, { documents: [] }), 'document-not-opened'],
    ['agreed before it was opened', facts({}, { documents: [opened] }), 'document-not-opened'],
    [
      'agreed at the moment it was opened',
      facts({}, { documents: [{ ...opened, agreedAt: opened.openedAt }] }),
      undefined,
    ],
    ['not a number', facts({ isNumberReadable: false }), 'number-malformed'],
    ['eleven digits', facts({}, { number: { ...reservation, reservationNumber: '12345678901' } }), 'number-malformed'],
    ['nine digits', facts({}, { number: { ...reservation, reservationNumber: '123456789' } }), 'number-malformed'],
    ['ten days left', facts({}, { number: reservation }), undefined],
    ['nine days left', facts({}, { number: { ...reservation, validUntil: '2026-11-27' } }), 'reservation-too-short'],
    ['somebody has the number', facts({ isNumberTaken: true }), 'number-taken'],
    ['four before', facts({ subscriptions: 4 }), undefined],
    ['five before', facts({ subscriptions: 5 }), 'too-many-subscriptions'],
  ])('%s', (_, given, fault) => expect(placeFault(given)).toBe(fault));

  test('days are counted across months', () => expect(daysBetween('2026-12-25', '2027-01-04')).toBe(10));
});

describe('review', () => {
  const facts = (given: Partial<ReviewFacts> = {}, applied: Partial<Application> = {}): ReviewFacts => ({
    application: application(applied),
    today: '2026-11-18',
    needsIdentity: true,
    shared: new Set(),
    isKnownPerson: false,
    subscriptions: 1,
    subscriptionsPerContractor: 5,
    ...given,
  });
  const codes = (given: ReviewFacts) => findingsOf(given).map(({ code }) => code);
  const identity = application().identity;
  const child = {
    kind: 'other',
    name: { family: '山本', given: 'ひな' },
    kana: { family: 'ヤマモト', given: 'ヒナ' },
    birthDate: '2014-02-01',
    filtering: false,
    guardian: { name: '山本 恵', agreedAt: '2026-11-18T00:00:00Z' },
  } as const;
  const reservation = { kind: 'reservation', phoneNumber: '09012345678', reservationNumber: '1234567890' } as const;

  test.each<[string, ReviewFacts, string[]]>([
    ['nothing', facts(), []],
    ['no identity where one is needed', facts({}, { identity: null }), ['identity-missing']],
    ['none where none is needed', facts({ needsIdentity: false }, { identity: null }), []],
    [
      'a mismatch where none is needed',
      facts({ needsIdentity: false }, { identity: identity && { ...identity, outcome: 'mismatch' } }),
      ['identity-mismatch'],
    ],
    [
      'another name and address',
      facts({}, { contractor: newContractor({ name: { family: '山元', given: '恵' }, address: '大阪' }) }),
      ['name-differs', 'address-differs'],
    ],
    ['an existing contractor is not compared', facts({}, { contractor: { kind: 'existing', contractorId: 'c' } }), []],
    ['a reservation on its last day', facts({}, { number: { ...reservation, validUntil: '2026-11-18' } }), []],
    [
      'a reservation that is over',
      facts({}, { number: { ...reservation, validUntil: '2026-11-17' } }),
      ['reservation-over'],
    ],
    ['a user of eighteen today', facts({}, { user: { ...child, birthDate: '2008-11-18' } }), []],
    ['five', facts({ subscriptions: 5 }), []],
    ['six', facts({ subscriptions: 6 }), ['over-limit']],
    [
      'the same person is not told as the same name too',
      facts({ shared: new Set(['person', 'name']) }),
      ['same-person'],
    ],
    ['a child without filtering', facts({}, { user: child }), ['minor-user', 'minor-unfiltered']],
  ])('%s', (_, given, expected) => expect(codes(given)).toEqual(expected));

  test('an exception needs a second person, a stop is for nobody', () => {
    const exception = findingsOf(facts({ subscriptions: 6 }));
    expect(approveFault({ findings: exception, isSecondPerson: false })).toBe('needs-second-person');
    expect(approveFault({ findings: exception, isSecondPerson: true })).toBeUndefined();
    const stops = findingsOf(facts({}, { identity: null }));
    expect(approveFault({ findings: stops, isSecondPerson: true })).toBe('stopped');
    expect(
      approveFault({ findings: findingsOf(facts({ isKnownPerson: true })), isSecondPerson: false }),
    ).toBeUndefined();
  });

  test('what stands in the way is told in its order', () => {
    const all = {
      seenVersion: 1,
      version: 2,
      reviewerId: 'other',
      staffId: 'me',
      isReviewers: true,
      reason: undefined,
      needsReason: true,
    };
    expect(deskFault(all)).toBe('changed-meanwhile');
    expect(deskFault({ ...all, seenVersion: 2 })).toBe('not-your-review');
    expect(deskFault({ ...all, seenVersion: 2, isReviewers: false })).toBe('reason-missing');
    expect(deskFault({ ...all, seenVersion: 2, reviewerId: 'me' })).toBe('reason-missing');
    expect(deskFault({ ...all, seenVersion: 2, reviewerId: 'me', reason: 'because' })).toBeUndefined();
  });
});

test('what orders have in common is found however it is written', () => {
  const [one, other] = [
    application(),
    application({
      contractor: newContractor({
        name: { family: '山本　', given: '恵' },
        postalCode: '１５０−０００１',
        address: '東京都渋谷区神宮前１−２−３',
        phone: '０９０ー１１１１ー２２２２',
      }),
    }),
  ].map((each) => traitsOf(each).map(({ kind, text }) => `${kind} ${text}`));
  expect(other).toEqual(one);
  expect(one).toEqual([
    'person 山本恵 1991-04-12',
    'name 山本恵',
    'address 1500001 東京都渋谷区神宮前1-2-3',
    'phone 09011112222',
    'mail megumi@example.jp',
    'card card-1',
  ]);
});

test('of an existing contractor what was typed before is not held against others, the number brought along is', () => {
  const contractor = { kind: 'existing', contractorId: 'c' } as const;
  const number = { kind: 'one-stop', phoneNumber: '090-1234-5678' } as const;
  expect(traitsOf(application({ contractor, payment: null, number }))).toEqual([
    { kind: 'number', text: '09012345678' },
  ]);
});

describe('an activation that failed', () => {
  test.each([
    ['network-fault', [60, 120, 240, 480, 'return']],
    ['no-number-left', [60, 120, 240, 480, 'return']],
    ['port-refused', ['return', 'return', 'return', 'return', 'return']],
    ['number-in-use', ['return', 'return', 'return', 'return', 'return']],
  ] as const)('%s is tried again after %j', (failure, pauses) => {
    const after = pauses.map((_, tried) => afterFailure(failure, tried + 1));
    expect(after.map((next) => (next.kind === 'repeat' ? next.afterSeconds : next.kind))).toEqual(pauses);
  });
});

describe('days', () => {
  const zone = 'Asia/Tokyo';
  const at = (local: string) => Temporal.Instant.from(`${local}+09:00`);
  test.each([
    ['2026-11-18T00:00', '2026-11-25', '2026-11-26'],
    ['2026-11-18T23:59', '2026-11-25', '2026-11-26'],
    ['2026-12-28T12:00', '2027-01-04', '2027-01-05'],
  ])('eight from %s: to cancel without a reason until %s, to answer until %s', (from, cancel, answer) => {
    expect(withdrawalLastDay(at(from), { days: 8, zone })).toBe(cancel);
    expect(answerLastDay(at(from), { days: 8, zone })).toBe(answer);
  });
  test.each([
    ['2026-11-25T23:59', false],
    ['2026-11-26T00:00', true],
  ])('at %s the 25th is over: %s', (now, over) => expect(isOver('2026-11-25', at(now), zone)).toBe(over));
});

describe('an application that is forgotten', () => {
  const whole = application({
    number: {
      kind: 'reservation',
      phoneNumber: '09012345678',
      reservationNumber: '1234567890',
      validUntil: '2026-12-01',
    },
    user: {
      kind: 'other',
      name: { family: '山本', given: 'ひな' },
      kana: { family: 'ヤマモト', given: 'ヒナ' },
      birthDate: '2014-02-01',
      filtering: true,
      guardian: { name: '山本 恵', agreedAt: '2026-11-18T00:00:00Z' },
    },
    entryCode: 'ABCDEFGHJKLM',
    invitation: 'token',
    lineUserId: 'U1',
  });
  /** Every text in a value, wherever it stands. */
  const texts = (value: unknown): string[] =>
    typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [String(value)];

  test('says nothing any more of whom it was', () => {
    const { contractor, user, identity, payment, number, entryCode, invitation, lineUserId } = whole;
    const { name, kana, birthDate, guardian } = user as Extract<Application['user'], { kind: 'other' }>;
    const { reference, certificateSerial, person } = identity as NonNullable<Application['identity']>;
    const { phoneNumber } = number as Extract<Application['number'], { kind: 'reservation' }>;
    const personal = texts([
      { ...contractor, kind: '' },
      [name, kana, birthDate, guardian?.name],
      [reference, certificateSerial, person, payment?.reference, payment?.lastFour],
      [phoneNumber, '1234567890', entryCode, invitation, lineUserId],
    ]).filter((text) => text !== '');
    expect(texts(whole)).toEqual(expect.arrayContaining(personal));
    expect(texts(forgotten(whole)).filter((text) => personal.some((each) => text.includes(each)))).toEqual([]);
  });

  test('still says what was ordered, agreed to and checked', () => {
    const { planCode, optionCodes, simKind, documents, identity, payment } = whole;
    const after = forgotten(whole);
    expect(after).toMatchObject({ planCode, optionCodes, simKind, documents, number: { kind: 'one-stop' } });
    expect(after.user).toMatchObject({ kind: 'other', filtering: true });
    expect(after.identity).toMatchObject({ method: identity?.method, outcome: identity?.outcome });
    expect(after.payment).toMatchObject({ brand: payment?.brand, expiresIn: payment?.expiresIn });
  });

  test('of a contractor who is known already, with what they had, only the links go', () => {
    const contractor = { kind: 'existing', contractorId: 'c' } as const;
    const plain = application({ contractor, identity: null, payment: null });
    expect(forgotten({ ...plain, lineUserId: 'U1', entryCode: 'x', invitation: 'y' })).toEqual(plain);
  });
});
