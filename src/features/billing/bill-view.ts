import type { Language } from '../../base/language.ts';
import { formatMsisdn } from '../../base/msisdn.ts';
import { csvLine } from '../../infra/csv/csv-file.ts';
import type { Subscription } from '../contractors/index.ts';
import type { ShownLine } from './bill-store.ts';
import { billsText, linePrefix } from './bills-text.ts';

/** The lines of one subscription, or of the contract as a whole, with what they come to. */
export interface BillGroup {
  readonly title: string;
  readonly lines: readonly { readonly name: string; readonly amountYen: number }[];
  readonly subtotalYen: number;
}

/** A bill as people read it, on the page and on paper: subscription by subscription. */
export function groupLines(
  lines: readonly ShownLine[],
  subscriptions: readonly Subscription[],
  language: Language,
): readonly BillGroup[] {
  return [...Map.groupBy(lines, (line) => line.subscriptionId)].map(([subscriptionId, own]) => {
    const subscription = subscriptions.find((each) => each.subscriptionId === subscriptionId);
    return {
      title: subscription
        ? `${subscription.userName}${language === 'ja' ? '　' : ', '}${formatMsisdn(subscription.msisdn)}`
        : billsText(language).whole,
      lines: own.map((line) => ({ name: lineName(line, language), amountYen: line.amountYen })),
      subtotalYen: own.reduce((sum, line) => sum + line.amountYen, 0),
    };
  });
}

function lineName({ kind, label, isTaxed }: ShownLine, language: Language): string {
  const prefix = linePrefix(kind, language);
  const mark = isMarkedUntaxed({ kind, isTaxed }) ? billsText(language).untaxedMark : '';
  return `${prefix === '' ? '' : `${prefix} `}${label[language]}${mark}`;
}

/** Whether a line is named as not taxed: what only moves money between bills and points is no sale at all. */
export function isMarkedUntaxed({ kind, isTaxed }: Pick<ShownLine, 'kind' | 'isTaxed'>): boolean {
  return !isTaxed && kind !== 'points' && kind !== 'carried';
}

/** The lines of a bill for a spreadsheet, in its order; with the mark by which Excel knows UTF-8. */
export function billCsv(
  month: string,
  lines: readonly ShownLine[],
  subscriptions: readonly Subscription[],
  language: Language,
): string {
  const t = billsText(language);
  const rows = lines.map((line) => {
    const subscription = subscriptions.find((each) => each.subscriptionId === line.subscriptionId);
    return csvLine([
      month,
      subscription?.userName ?? t.whole,
      subscription ? formatMsisdn(subscription.msisdn) : '',
      lineName({ ...line, isTaxed: true }, language),
      line.amountYen,
      t.csvTaxed(line.isTaxed),
    ]);
  });
  return `\ufeff${csvLine(t.csvHead)}${rows.join('')}`;
}
