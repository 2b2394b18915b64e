import { formatBytes } from '../../base/bytes.ts';
import type { Operator } from '../../base/operator.ts';
import { runnerOf } from '../../infra/db/runner.ts';
import type { TalkContext } from '../../infra/line/talk.ts';
import { momentWords } from '../data/index.ts';
import { whoWords } from './messages.ts';
import { text } from './text.ts';
import { receivedGifts } from './view-store.ts';

/** More than these are better looked at as cards. */
const LINES = 3;

/** The gifts that wait for a person and name one of their subscriptions: from whom, how much, until when. */
export async function tellWaiting(
  operator: Pick<Operator, 'megabyte' | 'timeZone'>,
  { db, lineUserId, now, language }: TalkContext,
): Promise<readonly string[]> {
  const gifts = await receivedGifts(runnerOf(db), lineUserId);
  return gifts
    .filter((gift) => gift.state === 'waiting' && gift.expiresAt.epochMilliseconds > now.epochMilliseconds)
    .slice(0, LINES)
    .map((gift) => {
      const amount = formatBytes(gift.amountBytes, operator.megabyte);
      const title = text.offeredTitle[language](whoWords(gift.senderName, language), amount);
      return `${title} ${text.offeredBody[language](momentWords(gift.expiresAt, operator.timeZone, language))}`;
    });
}
