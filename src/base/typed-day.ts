import { Temporal } from 'temporal-polyfill';

/** The eras people write years in, latest first, each with its letter and its first day. */
const ERAS = [
  ['令和', 'R', '2019-05-01'],
  ['平成', 'H', '1989-01-08'],
  ['昭和', 'S', '1926-12-25'],
  ['大正', 'T', '1912-07-30'],
] as const;

/**
 * The calendar day somebody typed, as `1990-04-01`: `19900401`, `1990-4-1`, `1990/04/01`, `1990年4月1日`, or by its era as
 * 平成2年4月1日 or H2.4.1. Null when there is no such day, or not in that era.
 */
export function readDay(typed: string | undefined): string | null {
  const text = (typed ?? '').normalize('NFKC').replace(/\s+/gu, '').toUpperCase();
  const parts = /^(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?$/.exec(text);
  if (parts) return dayOf(parts.slice(1));
  const [, name = '', ...rest] =
    /^(令和|平成|昭和|大正|[RHST])\.?(元|\d{1,2})\D(\d{1,2})\D(\d{1,2})\D?$/.exec(text) ?? [];
  const at = ERAS.findIndex(([era, letter]) => era === name || letter === name);
  const [, , first] = ERAS[at] ?? [];
  if (first === undefined) return null;
  const [year = '', month = '', date = ''] = rest;
  const day = dayOf([`${Number(first.slice(0, 4)) - 1 + (year === '元' ? 1 : Number(year))}`, month, date]);
  const next = ERAS[at - 1]?.[2];
  return day !== null && day >= first && (next === undefined || day < next) ? day : null;
}

function dayOf(parts: readonly string[]): string | null {
  const [year = 0, month = 0, day = 0] = parts.map(Number);
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}
