import { describe, expect, test } from 'vitest';
import { application, newContractor } from '../../../../tests/support/orders.ts';
import type { OrderTopic } from '../../../base/order-topic.ts';
import type { Application } from './application.ts';
import { changedTopics, corrected, correctionFault, topicsOf } from './correction.ts';

const before = application();
/** Everything that can be corrected, otherwise. */
const given = application({
  simKind: 'sim',
  number: { kind: 'one-stop', phoneNumber: '09070001111' },
  contractor: newContractor({
    name: { family: '森', given: '葵' },
    kana: { family: 'モリ', given: 'アオイ' },
    birthDate: '1980-01-01',
    postalCode: '1000001',
    address: '東京都千代田区千代田 1-1',
    phone: '09099998888',
    mail: 'somebody@else.example',
  }),
  user: {
    kind: 'other',
    name: { family: '森', given: '蓮' },
    kana: { family: 'モリ', given: 'レン' },
    birthDate: '1999-01-01',
    filtering: false,
    guardian: null,
  },
  identity: before.identity && { ...before.identity, reference: 'idp-2' },
  payment: { reference: 'card-2', brand: 'JCB', lastFour: '0505', expiresIn: '2031-01' },
  planCode: 'p12',
  optionCodes: [],
  lineUserId: 'U-somebody-else',
  documents: [],
});

describe('a correction takes what was asked about, and nothing else', () => {
  test.each<[OrderTopic, readonly OrderTopic[]]>([
    ['sim', ['sim']],
    ['number', ['number']],
    // Whoever changes these may have been verified anew.
    ['name', ['name', 'identity']],
    ['birth-date', ['birth-date', 'identity']],
    ['address', ['address']],
    ['phone', ['phone']],
    ['user', ['user']],
    ['identity', ['identity']],
    ['card', ['card']],
  ])('%s', (topic, changed) => {
    const after = corrected(before, given, [topic]);
    expect(changedTopics(before, after)).toEqual(changed);
    expect(after).toMatchObject({ planCode: 'p3', documents: before.documents, lineUserId: null });
    expect(after.contractor).toMatchObject({ mail: 'megumi@example.jp' });
  });

  test('nothing asked, nothing changed; the order of keys is no change', () => {
    expect(corrected(before, given, [])).toEqual(before);
    const turned: Application = { ...before, number: { ...before.number } };
    const { family, given: first } = newContractor().name;
    expect(changedTopics(before, { ...turned, contractor: newContractor({ name: { given: first, family } }) })).toEqual(
      [],
    );
  });

  test('a contractor who was there is not asked who they are, nor for a card', () => {
    const existing = application({
      contractor: { kind: 'existing', contractorId: 'c' },
      payment: null,
      identity: null,
    });
    expect(topicsOf(existing)).toEqual(['sim', 'number', 'user']);
    expect(topicsOf(before)).toHaveLength(9);
    expect(corrected(existing, given, ['name', 'phone']).contractor).toEqual(existing.contractor);
  });
});

test.each<[OrderTopic, string | undefined]>([
  ['number', 'number-taken'],
  ['name', 'identity-missing'],
  ['user', 'guardian-missing'],
  ['card', 'payment-missing'],
  ['phone', undefined],
])('of what is wrong with the whole, what is corrected counts: %s', (topic, fault) => {
  const faults = ['plan-not-sold', 'guardian-missing', 'identity-missing', 'payment-missing', 'number-taken'] as const;
  expect(correctionFault(faults, [topic])).toBe(fault);
});
