import type { Language } from '../../base/language.ts';
import type { Operator } from '../../base/operator.ts';
import { dayOf } from '../../base/operator-month.ts';
import { formatDay } from '../../infra/ui/format.ts';
import type { ComingGrant } from './overview.ts';
import { pointText } from './text.ts';

/** What comes next, as the talk and the page tell it: what, how much, and when or on which condition. */
export function comingWords(
  { month, points, at, linkBy }: ComingGrant,
  operator: Operator,
  language: Language,
): { name: string; value: string; when: string } {
  const t = pointText(language);
  const zone = operator.timeZone;
  const on = t.nextOn(formatDay(dayOf(at, zone), language));
  const ifLinked = linkBy === null ? null : t.nextIfLinked(formatDay(dayOf(linkBy, zone), language));
  return {
    name: t.next,
    value: t.nextOf(t.monthName(month), t.amount(points)),
    when: ifLinked === null ? on : language === 'ja' ? `${on}（${ifLinked}）` : `${on}, ${ifLinked}`,
  };
}
