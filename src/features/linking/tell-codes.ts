import type { Operator } from '../../base/operator.ts';
import { runnerOf } from '../../infra/db/index.ts';
import type { TalkContext } from '../../infra/line/talk.ts';
import { formatShortDay } from '../../infra/ui/format.ts';
import { loadLiveCodesOfContractors } from './code-store.ts';
import { maskLinkCode } from './rules/link-code.ts';
import { loadUserLinksOf } from './store.ts';
import { talkText } from './text.ts';

/** More than these are better looked at on My Page. */
const LINES = 3;

/** Which codes this account is linked with, and since when the codes of its contracts are the present ones. */
export async function tellCodes(
  operator: Pick<Operator, 'timeZone'>,
  { db, lineUserId, language }: TalkContext,
): Promise<readonly string[]> {
  const sql = runnerOf(db);
  const t = talkText(language);
  const [links, codes] = await Promise.all([
    loadUserLinksOf(sql, lineUserId),
    loadLiveCodesOfContractors(sql, lineUserId),
  ]);
  return [
    ...links.map((link) => t.codeState.linked(maskLinkCode(link.lastFour))),
    ...codes.map(({ userName, msisdn, lastFour, issuedAt }) => {
      const since = issuedAt.toZonedDateTimeISO(operator.timeZone).toPlainDate().toString();
      const whose = t.subscription(userName, msisdn.slice(-4));
      return t.codeState.present(whose, maskLinkCode(lastFour), formatShortDay(since, language));
    }),
  ].slice(0, LINES);
}
