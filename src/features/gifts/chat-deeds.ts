import { formatBytes } from '../../base/bytes.ts';
import type { Operator } from '../../base/operator.ts';
import { runnerOf } from '../../infra/db/runner.ts';
import { quickReply, text as say } from '../../infra/line/flex.ts';
import { buttonData, type Message, type TalkContext } from '../../infra/line/talk.ts';
import type { GiftActions } from './actions.ts';
import { whoWords } from './messages.ts';
import { refusalText, returnRefusalText } from './refusal-text.ts';
import { giftText } from './text.ts';
import { type GiftView, namedGift, sentGift } from './view-store.ts';

/** What is done in the talk with one gift: it is received, declined or taken back. */
export interface GiftDeedDeps {
  readonly operator: Operator;
  readonly actions: GiftActions;
}

type Deed = (deps: GiftDeedDeps, context: TalkContext, giftId: string) => Promise<Message[]>;

export const claim: Deed = async ({ actions, operator }, { db, language, lineUserId, eventId }, giftId) => {
  const t = giftText(language);
  const gift = await namedGift(runnerOf(db), lineUserId, giftId);
  if (gift?.receiverSubscriptionId == null) return [say(t.unknown)];
  const submitted = await actions.claimGift({
    requestId: `talk:${eventId}`,
    gift,
    receiverSubscriptionId: gift.receiverSubscriptionId,
    receiverLineUserId: lineUserId,
  });
  if (!submitted.ok) return [say(t.unknown)];
  const { answer } = submitted;
  if (answer.result === 'refused') return [say(refusalText(answer.code, null, language, operator))];
  return [say(t.claimed, [quickReply(t.seeBalance, buttonData('data', 'open'))])];
};

/** A gift that was declined does not come again, so a slip of the finger must not do it. */
export const askDecline: Deed = async ({ operator }, { db, language, lineUserId }, giftId) => {
  const t = giftText(language);
  const gift = await namedGift(runnerOf(db), lineUserId, giftId);
  if (gift === null) return [say(t.unknown)];
  const amount = formatBytes(gift.amountBytes, operator.megabyte);
  return [
    say(t.askDecline(whoWords(gift.senderName, language), amount), [
      quickReply(t.decline, buttonData('gifts', 'confirm-decline', { gift: giftId })),
      quickReply(t.keep, buttonData('gifts', 'open')),
    ]),
  ];
};

export const decline: Deed = async (deps, context, giftId) => {
  const gift = await namedGift(runnerOf(context.db), context.lineUserId, giftId);
  return giveBack(deps, context, gift, { reason: 'declined', said: () => giftText(context.language).declined });
};

export const askTakeBack: Deed = async ({ operator }, { db, language, lineUserId }, giftId) => {
  const t = giftText(language);
  const gift = await sentGift(runnerOf(db), lineUserId, giftId);
  if (gift === null) return [say(t.unknown)];
  const asked = t.askTakeBack(formatBytes(gift.amountBytes, operator.megabyte));
  return [
    say(asked, [
      quickReply(t.takeBack, buttonData('gifts', 'confirm-take-back', { gift: giftId })),
      quickReply(t.keep, buttonData('gifts', 'open')),
    ]),
  ];
};

export const takeBack: Deed = async (deps, context, giftId) => {
  const t = giftText(context.language);
  const gift = await sentGift(runnerOf(context.db), context.lineUserId, giftId);
  const amount = (bytes: number) => formatBytes(bytes, deps.operator.megabyte);
  return giveBack(deps, context, gift, {
    reason: 'taken-back',
    said: (backBytes) => (backBytes > 0 ? t.takenBack(amount(backBytes)) : t.cameBackEnded),
  });
};

/** Gives a gift back, once for the tap. */
async function giveBack(
  { actions }: GiftDeedDeps,
  { language, lineUserId, eventId }: TalkContext,
  gift: GiftView | null,
  { reason, said }: { reason: 'declined' | 'taken-back'; said: (backBytes: number) => string },
): Promise<Message[]> {
  const t = giftText(language);
  if (gift === null) return [say(t.unknown)];
  const submitted = await actions.returnGift({
    requestId: `talk:${eventId}`,
    gift,
    reason,
    byLineUserId: lineUserId,
  });
  if (!submitted.ok) return [say(t.unknown)];
  const { answer } = submitted;
  if (answer.result === 'not-returned') return [say(returnRefusalText(answer.code, language))];
  return [say(said(answer.result === 'returned' ? answer.backBytes : 0))];
}
