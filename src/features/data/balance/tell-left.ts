import { formatBytes } from '../../../base/bytes.ts';
import type { Operator } from '../../../base/operator.ts';
import { runnerOf } from '../../../infra/db/runner.ts';
import type { TalkContext } from '../../../infra/line/talk.ts';
import { serviceState } from '../../contractors/index.ts';
import type { Calendar } from '../rules/calendar.ts';
import { dataText } from '../text.ts';
import { subscriptionName } from '../words.ts';
import { readBalances } from './balance.ts';
import { subscriptionsInTalk } from './visible-store.ts';

/** More than these are better looked at as cards. */
const LINES = 3;

/** What is left of each subscription in service that a person may see in the talk, a line each. */
export async function tellLeft(
  { operator, calendar }: { operator: Pick<Operator, 'megabyte'>; calendar: Calendar },
  { db, lineUserId, now, language }: TalkContext,
): Promise<readonly string[]> {
  const t = dataText(language);
  const sql = runnerOf(db);
  const mine = (await subscriptionsInTalk(sql, lineUserId))
    .filter((each) => serviceState(each, now) === 'in-service')
    .slice(0, LINES);
  const ids = mine.map((each) => each.subscriptionId);
  const balances = await readBalances(sql, ids, { now, calendar });
  return mine.map((each, index) => {
    const left = formatBytes(balances[index]?.totalBytes ?? 0, operator.megabyte);
    return t.leftOfWhom(subscriptionName(each, language), t.leftOf(left));
  });
}
