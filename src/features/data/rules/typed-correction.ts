import { Temporal } from 'temporal-polyfill';
import { type MegabyteSize, megabytes } from '../../../base/bytes.ts';
import { accept, type Decision, refuse } from '../../../base/refusal.ts';
import type { Correction } from './correction.ts';
import { BUCKET_KINDS } from './kinds.ts';

/** A correction as it was typed into a form; every part may be anything. */
export interface TypedCorrection {
  readonly direction: string;
  readonly amount: string;
  readonly bucket: string;
  /** `YYYY-MM-DD` */
  readonly lastDay: string;
}

export type TypedFault = 'direction-missing' | 'not-an-amount' | 'kind-and-end-missing';

/** Reads what was typed, in the order in which the form asks. */
export function readCorrection(
  typed: TypedCorrection,
  { megabyte, zone }: { megabyte: MegabyteSize; zone: string },
): Decision<Pick<Correction, 'amountBytes' | 'into'>, TypedFault> {
  const { direction } = typed;
  if (direction !== 'add' && direction !== 'take') return refuse('direction-missing');
  const amount = typed.amount.normalize('NFKC').replaceAll(',', '').trim();
  if (!/^[1-9]\d{0,5}$/.test(amount)) return refuse('not-an-amount');
  const bytes = megabytes(Number(amount), megabyte);
  if (direction === 'take') return accept({ amountBytes: -bytes, into: null });
  const bucket = BUCKET_KINDS.find((kind) => kind === typed.bucket);
  const lastDay = dayOf(typed.lastDay);
  if (bucket === undefined || lastDay === undefined) return refuse('kind-and-end-missing');
  const expiresAt = lastDay.add({ days: 1 }).toZonedDateTime(zone).toInstant().toString();
  return accept({ amountBytes: bytes, into: { bucket, expiresAt } });
}

function dayOf(text: string): Temporal.PlainDate | undefined {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === undefined) return undefined;
  const date = Temporal.PlainDate.from({ year: Number(year), month: Number(month) || 1, day: Number(day) || 1 });
  // The 31st of a short month is no day.
  return date.toString() === text ? date : undefined;
}
