import { expect, test } from 'vitest';
import { testOperator } from '../../../../tests/support/operator.ts';
import { orderTopics } from '../../../base/order-topic.ts';
import { correctionFaults, correctionFields, withCorrection } from './correction.ts';
import { type Draft, emptyDraft } from './draft.ts';
import { firstOpen, isReached, REVIEW, stepsOf, undoneOutside } from './steps.ts';

const NOW = '2026-11-18T05:00:00Z';
const sim = { simKind: 'esim', number: 'new', user: 'self' };
const draft: Draft = { ...emptyDraft, typed: { ...emptyDraft.typed, plan: { plan: 'p3' }, sim } };
const facts = (of: Draft) => ({ draft: of, isExistingContractor: false, offer: testOperator, today: '2026-11-18' });
const codes = (of: Draft, about: Parameters<typeof correctionFaults>[1]) =>
  correctionFaults(facts(of), about).map(({ field, code }) => `${field}: ${code}`);

test('no two fields of a page have one name', () => {
  const names = correctionFields(orderTopics).map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test.each([
  ['sim', ['simKind']],
  ['number', ['number', 'phoneNumber', 'reservationNumber', 'validUntil']],
  ['name', ['familyName', 'givenName', 'familyKana', 'givenKana']],
  ['birth-date', ['birthDate']],
  ['address', ['postalCode', 'address', 'building']],
  ['phone', ['phone']],
  ['identity', []],
  ['card', []],
] as const)('about %s one can put right: %j', (topic, names) =>
  expect(correctionFields([topic]).map(({ name }) => name)).toEqual(names),
);

test('only what was asked about is typed, and only that can be wrong', () => {
  const typed = withCorrection(draft, ['number'], { number: 'reservation', simKind: 'x', reservationNumber: '1' }, NOW);
  expect(typed.typed.sim).toMatchObject({ simKind: 'esim', number: 'reservation', user: 'self' });
  expect(typed.typed.contractor).toBeNull();
  expect(codes(typed, ['number'])).toEqual([
    'phoneNumber: phone-number-malformed',
    'reservationNumber: reservation-number-malformed',
    'validUntil: reservation-day-missing',
  ]);
  expect(codes(typed, ['sim'])).toEqual([]);
  expect(codes(withCorrection(draft, ['birth-date'], { birthDate: '20200101' }, NOW), ['birth-date'])).toEqual([
    'birthDate: contractor-under-age',
  ]);
});

test('the guardian of a child gives their word for what stands there; any change asks for it anew', () => {
  const child = {
    user: 'other',
    'user-familyName': '山本',
    'user-givenName': 'ひな',
    'user-familyKana': 'ヤマモト',
    'user-givenKana': 'ヒナ',
    'user-birthDate': '20140201',
  };
  const word = { 'user-filtering': 'on', 'user-guardianName': '山本 恵', 'user-guardianAgrees': 'yes' };
  expect(codes(withCorrection(draft, ['user'], child, NOW), ['user'])).toEqual([
    'user-filtering: filtering-missing',
    'user-guardianName: guardian-name-missing',
    'user-guardianAgrees: guardian-word-missing',
  ]);
  const given = withCorrection(draft, ['user'], { ...child, ...word }, NOW);
  expect([codes(given, ['user']), given.guardianAgreedAt]).toEqual([[], NOW]);
  const later = '2026-11-18T06:00:00Z';
  expect(withCorrection(given, ['user'], { ...child, ...word }, later).guardianAgreedAt).toBe(NOW);
  const other = { ...child, ...word, 'user-givenName': 'そら' };
  expect(withCorrection(given, ['user'], other, later).guardianAgreedAt).toBe(later);
  // Nor is one guardian's word another's.
  const guardian = { ...child, ...word, 'user-guardianName': '山本 忍' };
  expect(withCorrection(given, ['user'], guardian, later).guardianAgreedAt).toBe(later);
  expect(withCorrection(given, ['user'], { user: 'self' }, later).guardianAgreedAt).toBeNull();
  expect(withCorrection(given, ['phone'], { phone: '08011112222' }, later).guardianAgreedAt).toBe(NOW);
  const { 'user-familyKana': _, ...withoutKana } = child;
  expect(codes(withCorrection(draft, ['user'], { ...withoutKana, ...word }, NOW), ['user'])).toEqual([
    'user-familyKana: family-kana-missing',
  ]);
  expect(codes(withCorrection(given, ['user'], { ...withoutKana, user: 'self' }, NOW), ['user'])).toEqual([]);
});

test('identity and card are pages of another company, the rest stands on one page', () => {
  const about = (...topics: (typeof orderTopics)[number][]) =>
    facts({ ...draft, correction: { orderId: 'o', about: topics, contractorId: null } });
  expect(stepsOf(about('sim', 'number'))).toEqual([]);
  expect(stepsOf(about('name', 'card'))).toEqual(['identity', 'payment']);
  expect(stepsOf(about('birth-date'))).toEqual(['identity']);
  const withoutCalls = testOperator.plans.map((plan) => ({ ...plan, hasVoice: false }));
  const ofData = { ...about('name'), offer: { ...testOperator, plans: withoutCalls } };
  expect([stepsOf(ofData), stepsOf({ ...about('identity'), offer: ofData.offer })]).toEqual([[], ['identity']]);
  expect(undoneOutside(about('identity', 'card'))).toEqual(['identity', 'payment']);
  const payment = { reference: 'c', brand: 'Visa', lastFour: '4242', expiresIn: '2029-08' };
  const { draft: asked, ...rest } = about('identity', 'card');
  expect(undoneOutside({ ...rest, draft: { ...asked, payment } })).toEqual(['identity']);
  expect([isReached(about('card'), 'payment'), isReached(about('card'), 'plan'), firstOpen(about('card'))]).toEqual([
    true,
    false,
    REVIEW,
  ]);
});
