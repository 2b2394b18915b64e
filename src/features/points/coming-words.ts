import type { Language } from '../../base/language.ts';
import type { Operator } from '../../base/operator.ts';
import { dayOf } from '../../base/operator-month.ts';
import { formatDay } from '../../infra/ui/format.ts';
import type { ComingGrant } from './overview.ts';
import { monthName, pointsWord, text } from './text.ts';

/** What comes next, as the talk and the page tell it: what, how much, and when or on which condition. */
export function comingWords(
  { month, points, at, linkBy }: ComingGrant,
  operator: Operator,
  language: Language,
): { name: string; value: string; when: string } {
  const zone = operator.timeZone;
  const on = text.nextOn[language](formatDay(dayOf(at, zone), language));
  const ifLinked = linkBy === null ? null : text.nextIfLinked[language](formatDay(dayOf(linkBy, zone), language));
  return {
    name: text.next[language](),
    value: text.nextOf[language](monthName[language](month), pointsWord[language](points)),
    when: ifLinked === null ? on : language === 'ja' ? `${on}（${ifLinked}）` : `${on}, ${ifLinked}`,
  };
}
