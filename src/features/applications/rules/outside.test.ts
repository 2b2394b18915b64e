import { expect, test } from 'vitest';
import { emptyDraft } from './draft.ts';
import {
  CARD_VISITS,
  canVisitGateway,
  canVisitProvider,
  IDENTITY_VISITS,
  replacedCard,
  withCardResult,
  withCardVisit,
  withIdentityResult,
  withIdentityVisit,
  withPage,
} from './outside.ts';

const person = {
  name: { family: '山田', given: '花子' },
  birthDate: '1990-04-01',
  postalCode: '1000001',
  address: '東京都千代田区1-1',
};
const visit = (key: string) => ({ key, method: 'jpki' as const, person });
const page = (key: string) => ({ id: `session-${key}`, url: 'https://ekyc.example.jp/x' });
const success = {
  outcome: 'success' as const,
  method: 'jpki' as const,
  reference: 'r',
  checkedAt: '2026-11-18T05:00:00Z',
  certificateSerial: 'AB12',
  mismatched: [],
};
const at = (key: string) => withPage(withIdentityVisit(emptyDraft, visit(key)), 'identityVisit', key, page(key));

test('a success is kept with whom it was about, and ends the visit', () => {
  const draft = withIdentityResult(at('a'), 'session-a', success);
  expect(draft.identity).toEqual({ ...success, person });
  expect(draft.identityVisit).toBeNull();
});

test.each([
  [{ outcome: 'mismatch' as const, mismatched: ['name' as const] }],
  [{ outcome: 'refusal' as const, reason: 'locked' as const }],
  [{ outcome: 'time-out' as const }],
])('%o is told and proves nothing', (failure) => {
  const draft = withIdentityResult(at('a'), 'session-a', failure);
  expect(draft.identity).toBeNull();
  expect(draft.identityVisit?.failure).toEqual(failure);
});

test('what is said of another visit than the last changes nothing', () => {
  const again = withIdentityVisit(at('a'), visit('b'));
  expect(withIdentityResult(again, 'session-a', success)).toBe(again);
  expect(withPage(again, 'identityVisit', 'a', page('a'))).toBe(again);
});

test('the same visit counts once, others up to the limit', () => {
  let draft = withIdentityVisit(at('a'), visit('a'));
  expect(draft.identityVisits).toBe(1);
  for (let count = 1; count < IDENTITY_VISITS; count += 1) {
    expect(canVisitProvider(draft)).toBe(true);
    draft = withIdentityVisit(draft, visit(`more-${count}`));
  }
  expect(canVisitProvider(draft)).toBe(false);
});

test('a card is kept, a failure told, and visits are counted', () => {
  const card = { reference: 'card-1', brand: 'VISA', lastFour: '4242', expiresIn: '2030-12' };
  const begun = withPage(withCardVisit(emptyDraft, 'a'), 'cardVisit', 'a', {
    id: 'e',
    url: 'https://cards.example.jp/x',
  });
  expect(withCardResult(begun, 'e', { outcome: 'registered', card })).toMatchObject({ payment: card, cardVisit: null });
  expect(withCardResult(begun, 'e', { outcome: 'declined' })).toMatchObject({
    payment: null,
    cardVisit: { failure: 'declined' },
  });
  expect(withCardResult(begun, 'other', { outcome: 'registered', card })).toBe(begun);
  let draft = withCardVisit(begun, 'a');
  for (let count = 1; count < CARD_VISITS; count += 1) draft = withCardVisit(draft, `more-${count}`);
  expect([draft.cardVisits, canVisitGateway(draft)]).toEqual([CARD_VISITS, false]);
});

test('a card that is replaced or given up is known by its reference, and only that', () => {
  const withCard = (reference: string) => ({
    ...emptyDraft,
    payment: { reference, brand: 'VISA', lastFour: '4242', expiresIn: '2030-12' },
  });
  expect(replacedCard(withCard('a'), withCard('b'))).toBe('a');
  expect(replacedCard(withCard('a'), emptyDraft)).toBe('a');
  expect(replacedCard(withCard('a'), withCard('a'))).toBeNull();
  expect(replacedCard(emptyDraft, withCard('b'))).toBeNull();
  const correction = (about: 'sim' | 'card') => ({ orderId: 'o', about: [about], contractorId: null });
  expect(replacedCard({ ...withCard('a'), correction: correction('sim') }, emptyDraft)).toBeNull();
  expect(replacedCard({ ...withCard('a'), correction: correction('card') }, emptyDraft)).toBe('a');
});
