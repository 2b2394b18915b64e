import type { Temporal } from 'temporal-polyfill';
import type { Language } from '../../base/language.ts';
import { dayOf, isStartOfDay, lastDayBefore } from '../../base/operator-month.ts';
import { formatDay, formatMoment } from '../../infra/ui/format.ts';
import type { ServiceState, Subscription } from '../contractors/index.ts';
import { myPageText } from './text.ts';

/** From when or until when a subscription can be used, where that is worth saying; whole days by their days. */
export function standingWords(
  { opensAt, endedAt }: Pick<Subscription, 'opensAt' | 'endedAt'>,
  state: ServiceState,
  { zone, language }: { zone: string; language: Language },
): string | null {
  const t = myPageText(language);
  const moment = (at: Temporal.Instant) => formatMoment(at, zone, language);
  if (state === 'not-open') {
    return t.opensAt(isStartOfDay(opensAt, zone) ? formatDay(dayOf(opensAt, zone), language) : moment(opensAt));
  }
  if (endedAt === null) return null;
  const words = state === 'ended' ? t.ended : t.ends;
  if (!isStartOfDay(endedAt, zone)) return words.at(moment(endedAt));
  return words.with(formatDay(lastDayBefore(endedAt, zone), language));
}
