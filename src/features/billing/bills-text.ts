import { catalogue, type Language } from '../../base/language.ts';
import type { LineKind } from './rules/bill.ts';

const ja = {
  title: 'ご請求',
  soFar: (month: string) => `${month}分（これまで）`,
  soFarHint: (day: string) => `${day}に確定します。通話料などは、あとから加わることがあります。`,
  totalSoFar: 'ここまでの合計',
  seeSoFar: '内訳を見る',
  past: '確定したご請求',
  none: '確定したご請求はまだありません。毎月1日に、前の月の分が確定します。',
  month: 'ご利用月',
  amount: '金額（税込）',
  billOf: (month: string) => `${month}分のご請求`,
  total: 'ご請求額',
  paidBack: 'ご返金額',
  taxed: '課税対象（税込）',
  tax: (percent: string) => `うち消費税（${percent}%）`,
  closed: '確定日',
  contractor: 'ご契約者',
  honorific: (name: string) => `${name} 様`,
  item: '項目',
  whole: 'ご契約全体',
  subtotal: '小計',
  untaxedMark: ' ※',
  notTaxed: '※は課税対象外です。',
  pdf: 'PDFを保存する',
  csv: '明細をCSVで保存する',
  csvHead: ['ご利用月', '利用者', '電話番号', '項目', '金額（税込・円）', '課税'],
  csvTaxed: (isTaxed: boolean): string => (isTaxed ? '課税' : '対象外'),
  printHint: 'このページは、そのまま印刷できます。',
  paymentLink: 'お支払い方法',
  /** Before the name of what is charged; the rest is named in full. */
  prefixes: {
    'base-fee': '月額基本料',
    option: 'オプション',
    correction: '調整',
  },
};

const en: typeof ja = {
  title: 'Bills',
  soFar: (month) => `${month}, so far`,
  soFarHint: (day) => `It is closed on ${day}. Calls and the like may still be added.`,
  totalSoFar: 'So far',
  seeSoFar: 'See what is in it',
  past: 'Closed bills',
  none: 'No bill has been closed yet. On the 1st of a month the one before is.',
  month: 'Month',
  amount: 'With tax',
  billOf: (month) => `Bill for ${month}`,
  total: 'To pay',
  paidBack: 'Paid back to you',
  taxed: 'Taxable (tax included)',
  tax: (percent) => `Of which tax (${percent}%)`,
  closed: 'Closed on',
  contractor: 'Contractor',
  honorific: (name) => name,
  item: 'Item',
  whole: 'The whole contract',
  subtotal: 'Subtotal',
  untaxedMark: ' *',
  notTaxed: '* is not taxed.',
  pdf: 'Save as PDF',
  csv: 'Save the lines as CSV',
  csvHead: ['Month', 'User', 'Number', 'Item', 'Yen with tax', 'Taxed'],
  csvTaxed: (isTaxed) => (isTaxed ? 'yes' : 'no'),
  printHint: 'This page can be printed as it is.',
  paymentLink: 'Payment method',
  prefixes: {
    'base-fee': 'Base fee',
    option: 'Option',
    correction: 'Correction',
  },
};

/** What the pages of bills say, in both languages. */
export const billsText = catalogue(ja, en);

/** What stands before the name of a line. */
export function linePrefix(kind: LineKind, language: Language): string {
  const prefixes: Partial<Record<LineKind, string>> = billsText(language).prefixes;
  return prefixes[kind] ?? '';
}
