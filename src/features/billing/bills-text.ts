import type { Language, Words } from '../../base/language.ts';
import type { LineKind } from './rules/bill.ts';

type One = Words<[string]>;

/** What the pages of bills say, in both languages. */
export const billsText = {
  title: { ja: () => 'ご請求', en: () => 'Bills' } satisfies Words,
  soFar: { ja: (month) => `${month}分（これまで）`, en: (month) => `${month}, so far` } satisfies One,
  soFarHint: {
    ja: (day) => `${day}に確定します。通話料などは、あとから加わることがあります。`,
    en: (day) => `It is closed on ${day}. Calls and the like may still be added.`,
  } satisfies One,
  totalSoFar: { ja: () => 'ここまでの合計', en: () => 'So far' } satisfies Words,
  seeSoFar: { ja: () => '内訳を見る', en: () => 'See what is in it' } satisfies Words,
  past: { ja: () => '確定したご請求', en: () => 'Closed bills' } satisfies Words,
  none: {
    ja: () => '確定したご請求はまだありません。毎月1日に、前の月の分が確定します。',
    en: () => 'No bill has been closed yet. On the 1st of a month the one before is.',
  } satisfies Words,
  month: { ja: () => 'ご利用月', en: () => 'Month' } satisfies Words,
  amount: { ja: () => '金額（税込）', en: () => 'With tax' } satisfies Words,
  billOf: { ja: (month) => `${month}分のご請求`, en: (month) => `Bill for ${month}` } satisfies One,
  total: { ja: () => 'ご請求額', en: () => 'To pay' } satisfies Words,
  paidBack: { ja: () => 'ご返金額', en: () => 'Paid back to you' } satisfies Words,
  taxed: { ja: () => '課税対象（税込）', en: () => 'Taxable (tax included)' } satisfies Words,
  tax: { ja: (percent) => `うち消費税（${percent}%）`, en: (percent) => `Of which tax (${percent}%)` } satisfies One,
  closed: { ja: () => '確定日', en: () => 'Closed on' } satisfies Words,
  contractor: { ja: () => 'ご契約者', en: () => 'Contractor' } satisfies Words,
  honorific: { ja: (name) => `${name} 様`, en: (name) => name } satisfies One,
  item: { ja: () => '項目', en: () => 'Item' } satisfies Words,
  whole: { ja: () => 'ご契約全体', en: () => 'The whole contract' } satisfies Words,
  subtotal: { ja: () => '小計', en: () => 'Subtotal' } satisfies Words,
  notTaxed: { ja: () => '※は課税対象外です。', en: () => '* is not taxed.' } satisfies Words,
  pdf: { ja: () => 'PDFを保存する', en: () => 'Save as PDF' } satisfies Words,
  csv: { ja: () => '明細をCSVで保存する', en: () => 'Save the lines as CSV' } satisfies Words,
  csvHead: {
    ja: () => ['ご利用月', '利用者', '電話番号', '項目', '金額（税込・円）', '課税'],
    en: () => ['Month', 'User', 'Number', 'Item', 'Yen with tax', 'Taxed'],
  },
  csvTaxed: {
    ja: (isTaxed: boolean) => (isTaxed ? '課税' : '対象外'),
    en: (isTaxed: boolean) => (isTaxed ? 'yes' : 'no'),
  },
  printHint: {
    ja: () => 'このページは、そのまま印刷できます。',
    en: () => 'This page can be printed as it is.',
  } satisfies Words,
  paymentLink: { ja: () => 'お支払い方法', en: () => 'Payment method' } satisfies Words,
  /** Before the name of what is charged; the rest is named in full. */
  prefixes: {
    'base-fee': { ja: () => '月額基本料', en: () => 'Base fee' },
    option: { ja: () => 'オプション', en: () => 'Option' },
    correction: { ja: () => '調整', en: () => 'Correction' },
  } satisfies Partial<Record<LineKind, Words>>,
};

/** What stands before the name of a line. */
export function linePrefix(kind: LineKind, language: Language): string {
  const prefixes: Partial<Record<LineKind, Words>> = billsText.prefixes;
  return prefixes[kind]?.[language]() ?? '';
}
