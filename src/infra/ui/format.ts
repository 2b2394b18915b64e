import { Temporal } from 'temporal-polyfill';
import type { Language } from '../../base/language.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const LONG_MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** A calendar day (`2026-11-30`) as people read it: `2026年11月30日`, `30 Nov 2026`. */
export function formatDay(day: string, language: Language): string {
  const [year] = day.split('-').map(Number);
  return language === 'ja' ? `${year}年${formatShortDay(day, 'ja')}` : `${formatShortDay(day, 'en')} ${year}`;
}

/** The version of a document, mostly a day. */
export function formatVersion(version: string, language: Language): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(version) ? formatDay(version, language) : version;
}

/** Without the year: `11月30日`, `30 Nov`. */
export function formatShortDay(day: string, language: Language): string {
  const [, month = 0, date] = day.split('-').map(Number);
  return language === 'ja' ? `${month}月${date}日` : `${date} ${MONTHS[month - 1] ?? ''}`;
}

/** Where somebody lives, with the postal code as it is written: `〒150-0002 東京都…`. */
export function formatAddress({ postalCode, address }: { postalCode: string; address: string }): string {
  return `〒${postalCode.replace(/^(\d{3})(\d{4})$/, '$1-$2')} ${address}`;
}

/** A moment on the operator's clock: `2026年11月30日 23:59`, `30 Nov 2026, 23:59`. */
export function formatMoment(at: Temporal.Instant, zone: string, language: Language): string {
  const local = at.toZonedDateTimeISO(zone);
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
  const day = formatDay(local.toPlainDate().toString(), language);
  return language === 'ja' ? `${day} ${time}` : `${day}, ${time}`;
}

/** A calendar month (`2026-11`): `2026年11月`, `November 2026`. */
export function formatMonth(month: string, language: Language): string {
  const { year, month: count } = Temporal.PlainYearMonth.from(month);
  return language === 'ja' ? `${year}年${count}月` : `${LONG_MONTHS[count - 1] ?? ''} ${year}`;
}

/** A month (`2026-10`) without its year: `10月`, `October`. */
export function formatMonthName(month: string, language: Language): string {
  const number = Number(month.slice(5));
  return language === 'ja' ? `${number}月` : (LONG_MONTHS[number - 1] ?? month);
}

/** Whole yen: `1,234円`, `¥1,234`; below zero with a minus sign. */
export function formatYen(yen: number, language: Language): string {
  const figure = Math.abs(yen)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
  const sign = yen < 0 ? '−' : '';
  return language === 'ja' ? `${sign}${figure}円` : `${sign}¥${figure}`;
}

/** A remark after a word, in the language's own brackets: `田中（この端末）`, `Tanaka (this device)`. */
export function withRemark(word: string, remark: string, language: Language): string {
  return language === 'ja' ? `${word}（${remark}）` : `${word} (${remark})`;
}
