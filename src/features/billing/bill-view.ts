import type { Language } from '../../base/language.ts';
import { formatMsisdn } from '../../base/msisdn.ts';
import type { Subscription } from '../contractors/index.ts';
import type { ShownLine } from './bill-store.ts';
import { linePrefix, billsText as t } from './pages/bills-text.ts';

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
      title: subscription ? `${subscription.userName}　${formatMsisdn(subscription.msisdn)}` : t.whole[language](),
      lines: own.map((line) => ({ name: lineName(line, language), amountYen: line.amountYen })),
      subtotalYen: own.reduce((sum, line) => sum + line.amountYen, 0),
    };
  });
}

function lineName({ kind, label, isTaxed }: ShownLine, language: Language): string {
  const prefix = linePrefix(kind, language);
  const mark = isTaxed || kind === 'points' ? '' : ' ※';
  return `${prefix === '' ? '' : `${prefix} `}${label[language]}${mark}`;
}
