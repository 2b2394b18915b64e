import { formatBytes } from '../../base/bytes.ts';
import { fold, type Language } from '../../base/language.ts';
import { runnerOf, type SqlRunner } from '../../infra/db/runner.ts';
import { type BubbleParts, bubble, button, carousel, quickReply, row, text as say } from '../../infra/line/flex.ts';
import { buttonData, type Message, type TalkContext, type TalkHandler } from '../../infra/line/talk.ts';
import { momentWords, subscriptionName } from '../data/index.ts';
import type { GiftActions } from './actions.ts';
import { type Giving, type GivingDeps, loadGiving } from './giving.ts';
import { whoWords } from './messages.ts';
import { receiverWords } from './receiver-words.ts';
import { refusalText, returnRefusalText } from './refusal-text.ts';
import { text } from './text.ts';
import { type GiftView, namedGift, receivedGifts, sentGift, sentGifts } from './view-store.ts';

export interface GiftTalkDeps extends GivingDeps {
  readonly publicUrl: string;
  readonly actions: GiftActions;
}

/** A carousel holds twelve cards; the newest are what people look for. */
const CARDS = 5;

/** Words of somebody who was told a code. The code itself is typed on a page: talks are kept. */
const CODE_WORDS: ReadonlySet<string> = new Set(['ギフトコード', 'プレゼントコード', 'gift code'].map(fold));

/** データプレゼント in the talk: what can be given, what waits, and receiving from a person of the same contract. */
export function giftTalk(deps: GiftTalkDeps): TalkHandler {
  return {
    name: 'gifts',
    words: [
      'プレゼント',
      'ぷれぜんと',
      'データプレゼント',
      'ギフト',
      'データギフト',
      '贈る',
      'おくる',
      'シェア',
      'gift',
      'gifts',
      'give data',
      'data gift',
      'present',
      ...CODE_WORDS,
    ].map(fold),
    async hear(context, heard) {
      const sql = runnerOf(context.db);
      if (heard.kind === 'word') {
        return CODE_WORDS.has(heard.word) ? askCode(deps, sql, context) : overview(deps, sql, context);
      }
      const giftId = heard.params.get('gift') ?? '';
      switch (heard.action) {
        case 'claim':
          return claim(deps, sql, context, giftId);
        case 'decline':
          return askDecline(deps, sql, context, giftId);
        case 'confirm-decline':
          return decline(deps, sql, context, giftId);
        case 'take-back':
          return askTakeBack(deps, sql, context, giftId);
        case 'confirm-take-back':
          return takeBack(deps, sql, context, giftId);
        default:
          return overview(deps, sql, context);
      }
    },
  };
}

async function overview(deps: GiftTalkDeps, sql: SqlRunner, context: TalkContext): Promise<Message[]> {
  const { language, lineUserId, now } = context;
  const giving = await loadGiving(deps, sql, { lineUserId, wanted: null, now });
  if (giving === null) return [notLinked(language)];
  const [sent, received] = await Promise.all([sentGifts(sql, lineUserId), receivedGifts(sql, lineUserId)]);
  const isWaiting = (gift: GiftView) =>
    gift.state === 'waiting' && gift.expiresAt.epochMilliseconds > now.epochMilliseconds;
  const cards = [
    ...received.filter(isWaiting).map((gift) => receivedCard(deps, language, gift)),
    ...sent.filter(isWaiting).map((gift) => sentCard(deps, language, gift)),
  ].slice(0, CARDS);
  const waiting = cards.length === 0 ? [] : [carousel(cards.map((card) => card.altText).join('\n'), cards)];
  return [bubble(givingCard(deps, language, giving)), ...waiting];
}

/** Where a code is typed; where codes are not offered, what is. */
async function askCode(deps: GiftTalkDeps, sql: SqlRunner, context: TalkContext): Promise<Message[]> {
  const { language, lineUserId, now } = context;
  if (!deps.operator.giftPolicy.ways.includes('gift-code')) return overview(deps, sql, context);
  if ((await loadGiving(deps, sql, { lineUserId, wanted: null, now })) === null) return [notLinked(language)];
  const title = text.enterCode[language]();
  const how = text.enterCodeHow[language]();
  return [bubble({ title, altText: `${title} ${how}`, body: [how], buttons: [codeButton(deps, language, 'primary')] })];
}

function codeButton({ publicUrl }: GiftTalkDeps, language: Language, style?: 'primary') {
  return button(text.enterCode[language](), `${publicUrl}/gifts/code`, style);
}

function givingCard(deps: GiftTalkDeps, language: Language, giving: Giving): BubbleParts {
  const { operator, publicUrl } = deps;
  const amount = (bytes: number) => formatBytes(bytes, operator.megabyte);
  const most = giving.amounts.at(-1) ?? 0;
  const canGive = most > 0 && !giving.isClosed && giving.subscription.isInService;
  const why = giving.isClosed
    ? refusalText('gifts-closed', null, language, operator)
    : !giving.subscription.isInService
      ? refusalText('sender-not-in-service', null, language, operator)
      : text.tooLittle[language](amount(operator.giftPolicy.minimumBytes));
  const title = text.title[language]();
  return {
    title,
    altText: `${title} ${text.giveable[language]()} ${amount(most)}`,
    body: [
      canGive ? text.free[language]() : why,
      row(text.from[language](), subscriptionName(giving.subscription, language)),
      row(text.giveable[language](), amount(giving.isClosed ? 0 : most), { isBold: true }),
      ...(giving.leftOfLimitBytes === null ? [] : [row(text.leftOfLimit[language](), amount(giving.leftOfLimitBytes))]),
    ],
    buttons: [
      ...(canGive
        ? [
            button(
              text.giveData[language](),
              `${publicUrl}/gifts/new?subscription=${giving.subscription.subscriptionId}`,
              'primary',
            ),
          ]
        : []),
      ...(operator.giftPolicy.ways.includes('gift-code') ? [codeButton(deps, language)] : []),
      button(text.history[language](), `${publicUrl}/gifts`),
    ],
  };
}

function sentCard({ operator, publicUrl }: GiftTalkDeps, language: Language, gift: GiftView): BubbleParts {
  const open = gift.way === 'share-link' ? text.openLink : gift.way === 'gift-code' ? text.openCode : null;
  const title = text.waitingTitle[language](formatBytes(gift.amountBytes, operator.megabyte));
  const until = momentWords(gift.expiresAt, operator.timeZone, language);
  return {
    title,
    altText: `${title} ${text.by[language]()} ${until}`,
    body: [
      ...(gift.way === 'same-contract' ? [] : [row(text.to[language](), receiverWords(gift, language))]),
      row(text.by[language](), until),
    ],
    buttons: [
      ...(open === null ? [] : [button(open[language](), `${publicUrl}/gifts/${gift.giftId}`)]),
      button(text.takeBack[language](), buttonData('gifts', 'take-back', { gift: gift.giftId })),
    ],
  };
}

function receivedCard({ operator }: GiftTalkDeps, language: Language, gift: GiftView): BubbleParts {
  const amount = formatBytes(gift.amountBytes, operator.megabyte);
  const title = text.offeredTitle[language](whoWords(gift.senderName, language), amount);
  const until = text.offeredBody[language](momentWords(gift.expiresAt, operator.timeZone, language));
  return {
    title,
    altText: `${title} ${until}`,
    body: [until],
    buttons: [
      button(text.accept[language](), buttonData('gifts', 'claim', { gift: gift.giftId }), 'primary'),
      button(text.decline[language](), buttonData('gifts', 'decline', { gift: gift.giftId }), 'link'),
    ],
  };
}

async function claim(
  { actions, operator }: GiftTalkDeps,
  sql: SqlRunner,
  { language, lineUserId, eventId }: TalkContext,
  giftId: string,
): Promise<Message[]> {
  const gift = await namedGift(sql, lineUserId, giftId);
  if (gift?.receiverSubscriptionId == null) return [say(text.unknown[language]())];
  const submitted = await actions.claimGift({
    requestId: `talk:${eventId}`,
    gift,
    receiverSubscriptionId: gift.receiverSubscriptionId,
    receiverLineUserId: lineUserId,
  });
  if (!submitted.ok) return [say(text.unknown[language]())];
  const { answer } = submitted;
  if (answer.result === 'refused') return [say(refusalText(answer.code, null, language, operator))];
  return [say(text.claimed[language](), [quickReply(text.seeBalance[language](), buttonData('data', 'open'))])];
}

/** A gift that was declined does not come again, so a slip of the finger must not do it. */
async function askDecline(
  { operator }: GiftTalkDeps,
  sql: SqlRunner,
  { language, lineUserId }: TalkContext,
  giftId: string,
): Promise<Message[]> {
  const gift = await namedGift(sql, lineUserId, giftId);
  if (gift === null) return [say(text.unknown[language]())];
  const amount = formatBytes(gift.amountBytes, operator.megabyte);
  return [
    say(text.askDecline[language](whoWords(gift.senderName, language), amount), [
      quickReply(text.decline[language](), buttonData('gifts', 'confirm-decline', { gift: giftId })),
      quickReply(text.keep[language](), buttonData('gifts', 'open')),
    ]),
  ];
}

async function decline(
  { actions }: GiftTalkDeps,
  sql: SqlRunner,
  { language, lineUserId, eventId }: TalkContext,
  giftId: string,
): Promise<Message[]> {
  const gift = await namedGift(sql, lineUserId, giftId);
  if (gift === null) return [say(text.unknown[language]())];
  const submitted = await actions.returnGift({
    requestId: `talk:${eventId}`,
    gift,
    reason: 'declined',
    byLineUserId: lineUserId,
  });
  if (!submitted.ok) return [say(text.unknown[language]())];
  const { answer } = submitted;
  if (answer.result === 'not-returned') return [say(returnRefusalText(answer.code, language))];
  return [say(text.declined[language]())];
}

async function askTakeBack(
  { operator }: GiftTalkDeps,
  sql: SqlRunner,
  { language, lineUserId }: TalkContext,
  giftId: string,
): Promise<Message[]> {
  const gift = await sentGift(sql, lineUserId, giftId);
  if (gift === null) return [say(text.unknown[language]())];
  const asked = text.askTakeBack[language](formatBytes(gift.amountBytes, operator.megabyte));
  return [
    say(asked, [
      quickReply(text.takeBack[language](), buttonData('gifts', 'confirm-take-back', { gift: giftId })),
      quickReply(text.keep[language](), buttonData('gifts', 'open')),
    ]),
  ];
}

async function takeBack(
  { actions, operator }: GiftTalkDeps,
  sql: SqlRunner,
  { language, lineUserId, eventId }: TalkContext,
  giftId: string,
): Promise<Message[]> {
  const gift = await sentGift(sql, lineUserId, giftId);
  if (gift === null) return [say(text.unknown[language]())];
  const submitted = await actions.returnGift({
    requestId: `talk:${eventId}`,
    gift,
    reason: 'taken-back',
    byLineUserId: lineUserId,
  });
  if (!submitted.ok) return [say(text.unknown[language]())];
  const { answer } = submitted;
  if (answer.result === 'not-returned') return [say(returnRefusalText(answer.code, language))];
  const back = answer.result === 'returned' ? answer.backBytes : 0;
  return [
    say(back > 0 ? text.takenBack[language](formatBytes(back, operator.megabyte)) : text.cameBackEnded[language]()),
  ];
}

function notLinked(language: Language): Message {
  return bubble({
    altText: `${text.notLinkedTitle[language]()} ${text.notLinkedWhy[language]()}`,
    title: text.notLinkedTitle[language](),
    body: [text.notLinkedWhy[language]()],
    buttons: [button(text.link[language](), buttonData('link-user', 'open'), 'primary')],
  });
}
