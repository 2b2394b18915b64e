import { formatBytes } from '../../base/bytes.ts';
import type { Operator } from '../../base/operator.ts';
import { runnerOf } from '../../infra/db/runner.ts';
import type { TalkContext } from '../../infra/line/talk.ts';
import { momentWords } from '../data/index.ts';
import { whoWords } from './messages.ts';
import { giftText } from './text.ts';
import { receivedGifts } from './view-store.ts';

/** More than these are better looked at as cards. */
const LINES = 3;

/** The gifts that wait for a person and name one of their subscriptions: from whom, how much, until when. */
export async function tellWaiting(
  operator: Pick<Operator, 'megabyte' | 'timeZone'>,
  { db, lineUserId, now, language }: TalkContext,
): Promise<readonly string[]> {
  const t = giftText(language);
  const gifts = await receivedGifts(runnerOf(db), lineUserId);
  return gifts
    .filter((gift) => gift.state === 'waiting' && gift.expiresAt.epochMilliseconds > now.epochMilliseconds)
    .slice(0, LINES)
    .map((gift) => {
      const amount = formatBytes(gift.amountBytes, operator.megabyte);
      const title = t.offeredTitle(whoWords(gift.senderName, language), amount);
      return `${title} ${t.offeredBody(momentWords(gift.expiresAt, operator.timeZone, language))}`;
    });
}
