import type { Temporal } from 'temporal-polyfill';
import type { Language, Words } from '../../base/language.ts';
import type { BucketKind } from '../../base/operator.ts';
import { lastDayBefore } from '../../base/operator-month.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A calendar day (`YYYY-MM-DD`) as it is said: 11月30日, Nov 30. */
export function dayWords(day: string, language: Language): string {
  const [, month = 1, date = 1] = day.split('-').map(Number);
  return language === 'ja' ? `${month}月${date}日` : `${MONTHS[month - 1]} ${date}`;
}

/** The last day on which something with this exclusive end can be used: 11月30日まで, until Nov 30. */
export function untilDay(end: Temporal.Instant, zone: string, language: Language): string {
  const day = dayWords(lastDayBefore(end, zone), language);
  return language === 'ja' ? `${day}まで` : `until ${day}`;
}

/** A moment to the minute: 11月26日 19:30, Nov 26, 19:30. */
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
