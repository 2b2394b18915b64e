import { expect, test } from 'vitest';
import { itemColumns, itemOf } from './items-csv.ts';

const row = {
  id: 'c1',
  subject: '090-1000-0001',
  at: '2026-04-10T12:00:00+09:00',
  amountYen: '440',
  label: '国内通話料',
};

test('a row is an item; what may be left out has its usual value', () =>
  expect(itemOf(row)).toEqual({
    item: {
      id: 'c1',
      subject: '819010000001',
      kind: 'calls',
      occurredAt: row.at,
      label: { ja: '国内通話料', en: '国内通話料' },
      amountYen: 440,
      isTaxed: true,
    },
  }));

test.each([
  ['no-id', { id: '' }],
  ['no-subject', { subject: 'たろう' }],
  ['no-moment', { at: '2026-04-10' }],
  ['not-an-amount', { amountYen: '4.5' }],
  ['not-an-amount', { amountYen: '' }],
  ['no-label', { label: '' }],
  ['no-kind', { kind: 'gift' }],
  ['not-yes-or-no', { taxed: 'maybe' }],
])('%s', (code, change) => expect(itemOf({ ...row, ...change })).toMatchObject({ fault: { code } }));

test('a file names the columns it lacks', () => {
  expect(itemColumns.missing(['id', 'subject', 'at', 'amountYen', 'label'])).toEqual([]);
  expect(itemColumns.missing(['id', 'subject', 'label']).join()).toMatch(/^at .*amountYen/);
});
