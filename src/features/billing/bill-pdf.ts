import type { Language } from '../../base/language.ts';
import type { Operator } from '../../base/operator.ts';
import { openPaper } from '../../infra/paper/paper.ts';
import { formatDay, formatMonth, formatYen } from '../../infra/ui/format.ts';
import type { Bill } from './bill-store.ts';
import type { BillGroup } from './bill-view.ts';
import { billsText } from './bills-text.ts';

/** What stands on the paper. */
export interface PrintedBill {
  readonly bill: Bill;
  readonly operator: Operator;
  readonly language: Language;
  readonly contractorName: string;
  /** `YYYY-MM-DD` */
  readonly closedOn: string;
  readonly groups: readonly BillGroup[];
  readonly hasUntaxed: boolean;
}

/** A bill on A4. */
export function billPdf(printed: PrintedBill): Promise<Uint8Array<ArrayBuffer>> {
  const { bill, operator, language, contractorName, closedOn, groups } = printed;
  const t = billsText(language);
  const title = t.billOf(formatMonth(bill.month, language));
  const author = operator.name[language];
  const paper = openPaper({ title, author, language, madeAtMs: bill.closedAt.epochMilliseconds });
  const to = t.honorific(contractorName);
  paper.head({ from: author, phone: operator.support.phone, to, title });
  const total = bill.totalYen < 0 ? t.paidBack : t.total;
  paper.row(total, formatYen(Math.abs(bill.totalYen), language), { isBold: true, size: 14 });
  paper.row(t.taxed, formatYen(bill.taxedYen, language));
  paper.row(t.tax(String(bill.taxPercent)), formatYen(bill.taxYen, language));
  paper.row(t.closed, formatDay(closedOn, language));
  for (const group of groups) {
    paper.heading(group.title);
    for (const line of group.lines) paper.row(line.name, formatYen(line.amountYen, language));
    paper.row(t.subtotal, formatYen(group.subtotalYen, language), { isBold: true });
  }
  if (printed.hasUntaxed) paper.note(t.notTaxed);
  return paper.finish();
}
