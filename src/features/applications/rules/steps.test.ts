import { describe, expect, test } from 'vitest';
import { testOperator } from '../../../../tests/support/operator.ts';
import { agreed, opened } from './documents.ts';
import { type Draft, emptyDraft, type FormStep, type Typed, type VerifiedIdentity, withTyped } from './draft.ts';
import { personToVerify } from './person.ts';
import { firstOpen, isOpenAgain, isReached, progressOf, type StepFacts, stepBefore, stepsOf } from './steps.ts';

const TODAY = '2026-11-18';
const AT = '2026-11-18T05:00:00Z';
const yamada = {
  familyName: '山田',
  givenName: '太郎',
  familyKana: 'ヤマダ',
  givenKana: 'タロウ',
  birthDate: '19850505',
  postalCode: '1500002',
  address: '東京都渋谷区渋谷',
  building: '1-2-3',
  phone: '09011112222',
  mail: 'yamada@example.jp',
};
const child = { ...yamada, givenName: 'さくら', birthDate: '20150303' };
const word = { filtering: 'on', guardianName: '山田 太郎', guardianAgrees: 'yes' };

const dataPlan = { ...testOperator.plans[0], code: 'd1', hasVoice: false };
const offer = {
  ...testOperator,
  plans: [
    ...testOperator.plans,
    { ...dataPlan, name: { ja: 'データ', en: 'Data' }, monthlyBytes: 1, monthlyFeeYen: 500 },
  ],
};
const { documents } = testOperator.applications;

const facts = (draft: Draft, more: Partial<StepFacts> = {}): StepFacts => ({
  draft,
  isExistingContractor: false,
  offer,
  today: TODAY,
  ...more,
});

function typing(draft: Draft, steps: Partial<Record<FormStep, Typed>>): Draft {
  const names: FormStep[] = ['plan', 'sim', 'contractor', 'user', 'filtering'];
  return names.reduce((so, name) => (steps[name] ? withTyped(so, name, steps[name]) : so), draft);
}

function identityOf(draft: Draft): VerifiedIdentity {
  return {
    reference: 'r',
    method: 'jpki',
    outcome: 'success',
    checkedAt: AT,
    certificateSerial: 's',
    mismatched: [],
    person: personToVerify(draft, TODAY),
  };
}

const adult = typing(emptyDraft, {
  plan: { plan: 'p3' },
  sim: { simKind: 'esim', number: 'new', user: 'self' },
  contractor: yamada,
});
const proved = { ...adult, verifiedMail: 'yamada@example.jp' };
const verified = { ...proved, identity: identityOf(proved) };
const paid = { ...verified, payment: { reference: 'c', brand: 'Visa', lastFour: '4242', expiresIn: '2029-08' } };
const read = documents.reduce<Draft>((draft, document) => opened(draft, document, AT), paid);
const whole = agreed(read, documents, AT);

describe('the way', () => {
  test('goes on at the first step that is not done', () => {
    const way = [
      [emptyDraft, 'plan'],
      [typing(emptyDraft, { plan: { plan: 'p3' } }), 'sim'],
      [adult, 'mail'],
      [proved, 'identity'],
      [verified, 'payment'],
      [paid, 'documents'],
      [read, 'documents'],
      [whole, 'review'],
    ] as const;
    expect(way.map(([draft]) => firstOpen(facts(draft)))).toEqual(way.map(([, step]) => step));
  });

  test('tells what is wrong with a step that time has opened again, and with none that was never right', () => {
    const reserved = { number: 'reservation', phoneNumber: '09011112222', reservationNumber: '1234567890' };
    const sim = { simKind: 'esim', user: 'self', validUntil: '20261201', ...reserved };
    const moved = typing(whole, { sim });
    expect(['2026-11-21', '2026-11-22'].map((today) => isOpenAgain(facts(moved, { today }), 'sim'))).toEqual([
      false,
      true,
    ]);
    const late = { today: '2026-11-22' };
    expect(isOpenAgain(facts(moved, late), 'contractor')).toBe(false);
    expect(isOpenAgain(facts(typing(emptyDraft, { plan: { plan: 'p3' }, sim }), late), 'sim')).toBe(false);
  });

  test('has what concerns the person, and nothing else', () => {
    const voice = ['plan', 'sim', 'contractor', 'mail', 'identity', 'payment', 'documents', 'review'];
    expect(stepsOf(facts(adult))).toEqual(voice);
    expect(stepsOf(facts(adult, { isExistingContractor: true }))).toEqual([
      'plan',
      'sim',
      'identity',
      'documents',
      'review',
    ]);
    const data = typing(adult, { plan: { plan: 'd1' } });
    expect(stepsOf(facts(data))).not.toContain('identity');
    const forChild = typing(adult, { sim: { simKind: 'sim', number: 'new', user: 'other' }, user: child });
    expect(stepsOf(facts(forChild)).slice(3, 7)).toEqual(['mail', 'user', 'filtering', 'identity']);
    const forWife = typing(forChild, { user: { ...child, birthDate: '19860101' } });
    expect(stepsOf(facts(forWife))).not.toContain('filtering');
    const forSelf = typing(forChild, { sim: { simKind: 'sim', number: 'new', user: 'self' } });
    expect(stepsOf(facts(forSelf))).toEqual(voice);
  });

  test('counts the mail with the contractor, and filtering with the user', () => {
    expect(progressOf(facts(adult), 'plan')).toEqual({ at: 1, of: 7 });
    expect(progressOf(facts(adult), 'mail')).toEqual({ at: 3, of: 7 });
    expect(progressOf(facts(adult), 'review')).toEqual({ at: 7, of: 7 });
  });

  test('is opened as far as it is done, and back from there', () => {
    expect(isReached(facts(adult), 'mail')).toBe(true);
    expect(isReached(facts(adult), 'plan')).toBe(true);
    expect(isReached(facts(adult), 'identity')).toBe(false);
    // A step that does not concern the person is never reached.
    expect(isReached(facts(whole), 'user')).toBe(false);
    expect(stepBefore(facts(adult), 'plan')).toBeNull();
    expect(stepBefore(facts(adult), 'identity')).toBe('mail');
  });
});

describe('what was done is undone', () => {
  test.each([
    ['a plan that is no longer sold', whole, { offer: { ...offer, plans: offer.plans.slice(1) } }, 'review'],
    ['the chosen plan no longer sold', whole, { offer: { ...offer, plans: [] } }, 'plan'],
    ['another mail address', typing(whole, { contractor: { ...yamada, mail: 'other@example.jp' } }), {}, 'mail'],
    ['another name', typing(whole, { contractor: { ...yamada, givenName: '次郎' } }), {}, 'identity'],
    ['another family name', typing(whole, { contractor: { ...yamada, familyName: '山元' } }), {}, 'identity'],
    ['another birth date', typing(whole, { contractor: { ...yamada, birthDate: '19850506' } }), {}, 'identity'],
    ['another postal code', typing(whole, { contractor: { ...yamada, postalCode: '1500003' } }), {}, 'identity'],
    ['another address', typing(whole, { contractor: { ...yamada, building: '9' } }), {}, 'identity'],
    ['another phone number', typing(whole, { contractor: { ...yamada, phone: '08011112222' } }), {}, 'review'],
    [
      'a card that says otherwise',
      { ...whole, identity: { ...identityOf(whole), outcome: 'mismatch' as const, mismatched: ['name' as const] } },
      {},
      'identity',
    ],
    [
      'a new version of a document',
      whole,
      {
        offer: { ...offer, applications: { documents: documents.map((each) => ({ ...each, version: '2026-12-01' })) } },
      },
      'documents',
    ],
  ])('by %s', (_, draft, more, step) => expect(firstOpen(facts(draft, more))).toBe(step));

  test('by time: a reservation number that was right a week ago', () => {
    const reserved = typing(whole, {
      sim: {
        simKind: 'sim',
        number: 'reservation',
        user: 'self',
        phoneNumber: '09012345678',
        reservationNumber: '1234567890',
        validUntil: '20261130',
      },
    });
    expect(firstOpen(facts(reserved))).toBe('review');
    expect(firstOpen(facts(reserved, { today: '2026-11-21' }))).toBe('sim');
  });

  test('a guardian’s word for one child is none for another', () => {
    const forChild = typing(whole, {
      sim: { simKind: 'sim', number: 'new', user: 'other' },
      user: child,
      filtering: word,
    });
    expect(firstOpen(facts(forChild))).toBe('filtering');
    const given = { ...forChild, guardianAgreedAt: AT };
    expect(firstOpen(facts(given))).toBe('review');
    expect(firstOpen(facts(withTyped(given, 'user', child)))).toBe('review');
    expect(firstOpen(facts(typing(given, { contractor: { ...yamada, phone: '08011112222' } })))).toBe('review');
    expect(firstOpen(facts(typing(given, { filtering: { ...word, guardianName: '' } })))).toBe('filtering');
    expect(firstOpen(facts(withTyped(given, 'user', { ...child, givenName: 'もも' })))).toBe('filtering');
  });
});

describe('documents', () => {
  test('a tick for what was not opened does not count', () => {
    const [first, second] = documents;
    if (!first || !second) throw new Error('two documents are needed');
    const one = opened(paid, first, AT);
    expect(agreed(one, documents, AT).documents).toEqual([
      { code: first.code, version: first.version, openedAt: AT, agreedAt: AT },
    ]);
  });

  test('the first opening and the first tick count; a tick can be taken back', () => {
    const later = '2026-11-19T05:00:00Z';
    const again = documents.reduce<Draft>((draft, document) => opened(draft, document, later), whole);
    expect(agreed(again, documents, later)).toEqual(whole);
    expect(agreed(whole, [], later).documents.map(({ agreedAt }) => agreedAt)).toEqual([null, null]);
  });
});
