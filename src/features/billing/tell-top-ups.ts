import type { Operator } from '../../base/operator.ts';
import { runnerOf, type SqlRunner } from '../../infra/db/runner.ts';
import type { TalkContext } from '../../infra/line/talk.ts';
import { type Contractors, serviceState } from '../contractors/index.ts';
import { type Calendar, subscriptionName } from '../data/index.ts';
import { countTopUps } from './charge-store.ts';
import { talkText } from './text.ts';

interface Deps {
  readonly operator: Operator;
  readonly calendar: Calendar;
  readonly contractors: Pick<Contractors, 'subscriptionsOf'>;
  readonly linking: {
    contractorLinksOf(sql: SqlRunner, lineUserId: string): Promise<readonly { contractorId: string }[]>;
  };
}

/** More than these are better looked at on My Page. */
const LINES = 3;

/** How often data can still be bought this month for each subscription of a person's contracts, a line each. */
export async function tellTopUps(
  { operator, calendar, contractors, linking }: Deps,
  { db, lineUserId, now, language }: TalkContext,
): Promise<readonly string[]> {
  const sql = runnerOf(db);
  const links = await linking.contractorLinksOf(sql, lineUserId);
  const all = await Promise.all(links.map(({ contractorId }) => contractors.subscriptionsOf(sql, contractorId)));
  const mine = all
    .flat()
    .filter((each) => serviceState(each, now) === 'in-service')
    .slice(0, LINES);
  const ids = mine.map((each) => each.subscriptionId);
  const bought = await countTopUps(sql, ids, calendar.monthOf(now));
  return mine.map((each) => {
    const left = Math.max(0, operator.billing.topUps.limitPerMonth - (bought.get(each.subscriptionId) ?? 0));
    return talkText(language).canBuy(subscriptionName(each, language), String(left));
  });
}
