import type { Temporal } from 'temporal-polyfill';
import type { Language, Words } from '../../base/language.ts';
import type { BucketKind } from '../../base/operator.ts';
import { lastDayBefore } from '../../base/operator-month.ts';
import { formatShortDay } from '../../infra/ui/format.ts';

/** A calendar day (`YYYY-MM-DD`) as it is said: 11月30日, 30 Nov. */
export const dayWords = formatShortDay;

/** The last day on which something with this exclusive end can be used: 11月30日まで, until 30 Nov. */
export function untilDay(end: Temporal.Instant, zone: string, language: Language): string {
  const day = dayWords(lastDayBefore(end, zone), language);
  return language === 'ja' ? `${day}まで` : `until ${day}`;
}

/** A moment to the minute: 11月26日 19:30, 26 Nov, 19:30. */
export function momentWords(at: Temporal.Instant, zone: string, language: Language): string {
  const local = at.toZonedDateTimeISO(zone);
  const day = dayWords(local.toPlainDate().toString(), language);
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
  return language === 'ja' ? `${day} ${time}` : `${day}, ${time}`;
}

/** The kinds of bucket as people know them. */
export const bucketNames: Record<BucketKind, Words> = {
  'carry-over': { ja: () => '前月からの繰越', en: () => 'Carried over' },
  gift: { ja: () => 'プレゼント', en: () => 'Gifts' },
  base: { ja: () => '基本データ量', en: () => 'Base data' },
  'top-up': { ja: () => '追加購入', en: () => 'Top-ups' },
};
