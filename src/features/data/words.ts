import { Temporal } from 'temporal-polyfill';
import type { Language } from '../../base/language.ts';
import { formatShortDay } from '../../infra/ui/format.ts';
import type { Calendar } from './rules/calendar.ts';
import { THROTTLED_KBPS } from './slowing/throttle-store.ts';
import { dataText } from './text.ts';

/** A calendar day (`YYYY-MM-DD`) as it is said: 11月30日, 30 Nov. */
export const dayWords = formatShortDay;

/** How a subscription is called where several could be meant: the registered user and the last four digits. */
export function subscriptionName(of: { userName: string; msisdn: string }, language: Language): string {
  return dataText(language).ofWhom(of.userName, of.msisdn.slice(-4));
}

/** The last day on which something with this exclusive end can be used: 11月30日まで, until 30 Nov. */
export function untilDay(end: Temporal.Instant, calendar: Calendar, language: Language): string {
  const day = dayWords(calendar.dayOf(Temporal.Instant.fromEpochMilliseconds(end.epochMilliseconds - 1)), language);
  return language === 'ja' ? `${day}まで` : `until ${day}`;
}

/** That a subscription is slowed, until when (exclusive end), and what lifts it. */
export function throttleWords(end: Temporal.Instant, calendar: Calendar, language: Language): readonly string[] {
  const t = dataText(language);
  return [t.throttled(String(THROTTLED_KBPS), untilDay(end, calendar, language)), t.liftedBy];
}

/** A moment to the minute: 11月26日 19:30, 26 Nov, 19:30. */
export function momentWords(at: Temporal.Instant, zone: string, language: Language): string {
  const local = at.toZonedDateTimeISO(zone);
  const day = dayWords(local.toPlainDate().toString(), language);
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
  return language === 'ja' ? `${day} ${time}` : `${day}, ${time}`;
}
