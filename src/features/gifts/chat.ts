import { formatBytes } from '../../base/bytes.ts';
import { fold, type Language } from '../../base/language.ts';
import { runnerOf, type SqlRunner } from '../../infra/db/runner.ts';
import { type BubbleParts, bubble, button, carousel, row } from '../../infra/line/flex.ts';
import { buttonData, type Message, type TalkContext, type TalkHandler } from '../../infra/line/talk.ts';
import { momentWords, subscriptionName } from '../data/index.ts';
import { askDecline, askTakeBack, claim, decline, type GiftDeedDeps, takeBack } from './chat-deeds.ts';
import { type Giving, type GivingDeps, loadGiving } from './giving.ts';
import { whoWords } from './messages.ts';
import { receiverWords } from './receiver-words.ts';
import { refusalText } from './refusal-text.ts';
import { giftText } from './text.ts';
import { type GiftView, receivedGifts, sentGifts } from './view-store.ts';

export interface GiftTalkDeps extends GivingDeps, GiftDeedDeps {
  readonly publicUrl: string;
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
          return claim(deps, context, giftId);
        case 'decline':
          return askDecline(deps, context, giftId);
        case 'confirm-decline':
          return decline(deps, context, giftId);
        case 'take-back':
          return askTakeBack(deps, context, giftId);
        case 'confirm-take-back':
          return takeBack(deps, context, giftId);
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
  const t = giftText(language);
  if (!deps.operator.giftPolicy.ways.includes('gift-code')) return overview(deps, sql, context);
  if ((await loadGiving(deps, sql, { lineUserId, wanted: null, now })) === null) return [notLinked(language)];
  const title = t.enterCode;
  const how = t.enterCodeHow;
  return [bubble({ title, altText: `${title} ${how}`, body: [how], buttons: [codeButton(deps, language, 'primary')] })];
}

function codeButton({ publicUrl }: GiftTalkDeps, language: Language, style?: 'primary') {
  return button(giftText(language).enterCode, `${publicUrl}/gifts/code`, style);
}

function givingCard(deps: GiftTalkDeps, language: Language, giving: Giving): BubbleParts {
  const t = giftText(language);
  const { operator, publicUrl } = deps;
  const amount = (bytes: number) => formatBytes(bytes, operator.megabyte);
  const most = giving.amounts.at(-1) ?? 0;
  const canGive = most > 0 && !giving.isClosed && giving.subscription.isInService;
  const why = giving.isClosed
    ? refusalText('gifts-closed', null, language, operator)
    : !giving.subscription.isInService
      ? refusalText('sender-not-in-service', null, language, operator)
      : t.tooLittle(amount(operator.giftPolicy.minimumBytes));
  const title = t.title;
  return {
    title,
    altText: `${title} ${t.giveable} ${amount(most)}`,
    body: [
      canGive ? t.free : why,
      row(t.from, subscriptionName(giving.subscription, language)),
      row(t.giveable, amount(giving.isClosed ? 0 : most), { isBold: true }),
      ...(giving.leftOfLimitBytes === null ? [] : [row(t.leftOfLimit, amount(giving.leftOfLimitBytes))]),
    ],
    buttons: [
      ...(canGive
        ? [button(t.giveData, `${publicUrl}/gifts/new?subscription=${giving.subscription.subscriptionId}`, 'primary')]
        : []),
      ...(operator.giftPolicy.ways.includes('gift-code') ? [codeButton(deps, language)] : []),
      button(t.history, `${publicUrl}/gifts`),
    ],
  };
}

function sentCard({ operator, publicUrl }: GiftTalkDeps, language: Language, gift: GiftView): BubbleParts {
  const t = giftText(language);
  const open = gift.way === 'share-link' ? t.openLink : gift.way === 'gift-code' ? t.openCode : null;
  const title = t.waitingTitle(formatBytes(gift.amountBytes, operator.megabyte));
  const until = momentWords(gift.expiresAt, operator.timeZone, language);
  return {
    title,
    altText: `${title} ${t.by} ${until}`,
    body: [...(gift.way === 'same-contract' ? [] : [row(t.to, receiverWords(gift, language))]), row(t.by, until)],
    buttons: [
      ...(open === null ? [] : [button(open, `${publicUrl}/gifts/${gift.giftId}`)]),
      button(t.takeBack, buttonData('gifts', 'take-back', { gift: gift.giftId })),
    ],
  };
}

function receivedCard({ operator }: GiftTalkDeps, language: Language, gift: GiftView): BubbleParts {
  const t = giftText(language);
  const amount = formatBytes(gift.amountBytes, operator.megabyte);
  const title = t.offeredTitle(whoWords(gift.senderName, language), amount);
  const until = t.offeredBody(momentWords(gift.expiresAt, operator.timeZone, language));
  return {
    title,
    altText: `${title} ${until}`,
    body: [until],
    buttons: [
      button(t.accept, buttonData('gifts', 'claim', { gift: gift.giftId }), 'primary'),
      button(t.decline, buttonData('gifts', 'decline', { gift: gift.giftId }), 'link'),
    ],
  };
}

function notLinked(language: Language): Message {
  const t = giftText(language);
  return bubble({
    altText: `${t.notLinkedTitle} ${t.notLinkedWhy}`,
    title: t.notLinkedTitle,
    body: [t.notLinkedWhy],
    buttons: [button(t.link, buttonData('link-user', 'open'), 'primary')],
  });
}
