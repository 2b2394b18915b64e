/** Times as a phone in Japan shows them, whatever zone the real computer is in. */
import type { Language } from '../../contract.ts';

const ZONE = 'Asia/Tokyo';
const LOCALES: Record<Language, string> = { ja: 'ja-JP', en: 'en-GB' };

/** `9:05` */
export function timeOfDay(at: string | number, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], { timeZone: ZONE, hour: 'numeric', minute: '2-digit' }).format(
    new Date(at),
  );
}

/** `11月23日(月)`, the heading between two days of a talk. */
export function dayName(at: string | number, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], {
    timeZone: ZONE,
    month: 'short',
    day: 'numeric',
    weekday: 'short',
  }).format(new Date(at));
}

/** `2026年11月23日`, for days that may be far away. */
export function dayOfYear(at: string | number, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], { timeZone: ZONE, dateStyle: 'long' }).format(new Date(at));
}

/** `2026/11/23(月) 19:05:10` */
export function fullTime(at: string | number, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], {
    timeZone: ZONE,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(new Date(at));
}

/** `2026-11-23T19:05`, as `<input type="datetime-local">` wants it. */
export function localDateTime(at: string | number): string {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short', timeStyle: 'short' });
  return day.format(new Date(at)).replace(' ', 'T');
}

/** `2026-11-23` */
const localDay = (at: string | number): string => localDateTime(at).slice(0, 10);

/** Ten seconds before the month turns in Japan, as an instant with offset. */
export function justBeforeMonthEnd(at: string | number): string {
  const [year = 0, month = 0] = localDay(at).split('-').map(Number);
  return new Date(Date.UTC(year, month, 1) - 9 * 3_600_000 - 10_000).toISOString();
}

/** 09:00 on the next 10th in Japan: the day points are granted. */
export function nextTenth(at: string | number): string {
  const [year = 0, month = 0, day = 0] = localDay(at).split('-').map(Number);
  return new Date(Date.UTC(year, day < 10 ? month - 1 : month, 10)).toISOString();
}
