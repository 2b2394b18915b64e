import { Temporal } from 'temporal-polyfill';
import { isId } from '../../base/ids.ts';
import { parseMsisdn } from '../../base/msisdn.ts';
import { type Columns, type CsvRow, missingOf, yesOrNo } from '../../infra/csv/csv-file.ts';
import type { BillItem } from './items.ts';

/** An item whose subscription may still be a phone number. */
export type TypedItem = Omit<BillItem, 'subscriptionId'> & { readonly subject: string };

export type RowFaultCode =
  | 'no-id'
  | 'no-subject'
  | 'no-moment'
  | 'not-an-amount'
  | 'no-label'
  | 'no-kind'
  | 'not-yes-or-no';
export type RowFault = { readonly code: RowFaultCode; readonly reason: string };

const COLUMNS: Readonly<Record<string, string>> = {
  id: 'id (unique within the source)',
  subject: 'subject (phone number or id of the subscription)',
  at: 'at (a moment like 2026-04-10T12:00:00+09:00)',
  amountYen: 'amountYen (whole yen with tax)',
  label: 'label (as it stands on the bill)',
};

/** The names of the columns a file lacks; none, when it can be read. */
export function missingItemNames(columns: readonly string[]): readonly string[] {
  return Object.keys(COLUMNS).filter((name) => !columns.includes(name));
}

/** The same in words, for whoever runs a command. */
export const itemColumns: Columns = {
  known: [...Object.keys(COLUMNS), 'labelEn', 'kind', 'taxed'],
  missing: (header) => missingOf(COLUMNS, header),
};

/** A row as an item of a bill, or what is wrong with it. `labelEn`, `kind` (calls) and `taxed` (yes) may be left out. */
export function itemOf(row: CsvRow): { readonly item: TypedItem } | { readonly fault: RowFault } {
  const value = (name: string) => row[name] ?? '';
  const [id, label] = [value('id'), value('label')];
  if (id === '' || id.length > 200) return fault('no-id', 'id has 1 to 200 characters');
  const subject = isId(value('subject')) ? value('subject').toLowerCase() : parseMsisdn(value('subject'));
  if (subject === undefined) return fault('no-subject', 'subject is a phone number or the id of a subscription');
  if (!isMoment(value('at')))
    return fault('no-moment', 'at is a moment with its offset, like 2026-04-10T12:00:00+09:00');
  if (!/^-?\d{1,8}$/.test(value('amountYen'))) return fault('not-an-amount', 'amountYen is whole yen');
  if (label === '' || label.length > 100) return fault('no-label', 'label has 1 to 100 characters');
  const kind = value('kind') || 'calls';
  if (kind !== 'calls' && kind !== 'correction') return fault('no-kind', 'kind is calls or correction');
  const isTaxed = yesOrNo(value('taxed') || 'yes');
  if (isTaxed === undefined) return fault('not-yes-or-no', 'taxed is yes or no');
  return {
    item: {
      id,
      subject,
      kind,
      occurredAt: value('at'),
      label: { ja: label, en: value('labelEn').slice(0, 100) || label },
      amountYen: Number(value('amountYen')),
      isTaxed,
    },
  };
}

const fault = (code: RowFaultCode, reason: string) => ({ fault: { code, reason } });

function isMoment(text: string): boolean {
  try {
    return Temporal.Instant.from(text).epochMilliseconds > 0;
  } catch {
    return false;
  }
}
