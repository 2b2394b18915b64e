import type { Words } from '../../base/language.ts';
import { formatMonthName } from '../../infra/ui/format.ts';
import type { InvitationPart } from './commands.ts';
import type { StickerRefusal } from './rules/sticker-order.ts';

type One = Words<[string]>;
type Two = Words<[string, string]>;

/** A month (`2026-10`) as people say it: 10月, October. */
export const monthName: One = {
  ja: (month) => formatMonthName(month, 'ja'),
  en: (month) => formatMonthName(month, 'en'),
};

/** Points with their unit: 1,234ポイント, 1,234 points, 1 point. */
export const pointsWord: Words<[number]> = {
  ja: (points) => `${points.toLocaleString('en')}ポイント`,
  en: (points) => `${points.toLocaleString('en')} ${Math.abs(points) === 1 ? 'point' : 'points'}`,
};

/** What an invitation's points are for. */
export const invitationWords: Record<InvitationPart, Words> = {
  inviting: { ja: () => 'ご紹介のお礼', en: () => 'thank you for inviting somebody' },
  invited: { ja: () => 'ご紹介でのご契約のお礼', en: () => 'thank you for coming by an invitation' },
};

/** What points say, in both languages. Amounts, days and months come as words. */
export const text = {
  title: { ja: () => 'ポイント', en: () => 'Points' } satisfies Words,
  balance: { ja: () => 'ポイント残高', en: () => 'Your points' } satisfies Words,
  until: { ja: (day) => `${day}まで使えます`, en: (day) => `until ${day}` } satisfies One,
  ends: { ja: () => '有効期限', en: () => 'They end after' } satisfies Words,
  none: { ja: () => 'いま使えるポイントはありません。', en: () => 'You have no points at the moment.' } satisfies Words,
  next: { ja: () => '次に付くポイント', en: () => 'Coming next' } satisfies Words,
  /** Beside the figure in the talk, where there is little room. */
  nextShort: { ja: () => '次回', en: () => 'Next' } satisfies Words,
  nextOf: {
    ja: (month, points) => `${month}分 ${points}`,
    en: (month, points) => `${points} for ${month}`,
  } satisfies Two,
  nextOn: { ja: (day) => `${day}に付きます`, en: (day) => `on ${day}` } satisfies One,
  nextIfLinked: {
    ja: (day) => `${day}0時に契約者連携があれば`,
    en: (day) => `if your contract is linked at 0:00 on ${day}`,
  } satisfies One,
  nextNothing: {
    ja: () => 'ご契約のプランには、ポイントが付きません。',
    en: () => 'Your plans earn no points.',
  } satisfies Words,
  open: { ja: () => 'ポイントを見る', en: () => 'See my points' } satisfies Words,
  stickers: { ja: () => 'スタンプと交換する', en: () => 'Get stickers' } satisfies Words,
  stop: { ja: () => 'この通知を止める', en: () => 'Stop these notices' } satisfies Words,

  notLinkedTitle: { ja: () => '契約者連携が必要です', en: () => 'Link your contract first' } satisfies Words,
  notLinkedWhy: {
    ja: () => 'ポイントはご契約者のものです。契約者連携をすると、ここで残高を見て、ためて、使えます。',
    en: () => 'Points belong to the contract. Once it is linked you see, earn and spend them here.',
  } satisfies Words,
  link: { ja: () => '契約者連携をする', en: () => 'Link my contract' } satisfies Words,

  granted: {
    ja: (month, points) => `${month}分の${points}が付きました。`,
    en: (month, points) => `${points} for ${month}.`,
  } satisfies Two,
  goodwill: {
    ja: (points, reason) => `${points}を差し上げました（${reason}）。`,
    en: (points, reason) => `We gave you ${points} (${reason}).`,
  } satisfies Two,
  invitation: {
    ja: (points, why) => `${points}が付きました（${why}）。`,
    en: (points, why) => `${points} for you: ${why}.`,
  } satisfies Two,
  billReturned: {
    ja: (month, points) => `${month}分のお支払いに使った${points}が戻りました。`,
    en: (month, points) => `${points} used on the bill for ${month} came back.`,
  } satisfies Two,
  nowHave: {
    ja: (points, day) => `残高は${points}です（${day}まで）。`,
    en: (points, day) => `You have ${points} now, until ${day}.`,
  } satisfies Two,
  ending: {
    ja: (points, day) => `${points}の有効期限は${day}です。お支払いやスタンプに使えます。`,
    en: (points, day) => `${points} end after ${day}. Use them on your bill or for stickers.`,
  } satisfies Two,
  expired: {
    ja: (points, day) => `${points}が、${day}で有効期限をむかえました。`,
    en: (points, day) => `${points} ended on ${day}.`,
  } satisfies Two,

  delivered: {
    ja: (name) => `スタンプ「${name}」が届きました。`,
    en: (name) => `Your stickers "${name}" are here.`,
  } satisfies One,
  deliveredHow: {
    ja: () => 'LINEのスタンプ一覧でダウンロードすると、トークで使えます。',
    en: () => 'Download them in LINE among your stickers, then use them in any talk.',
  } satisfies Words,
  notDelivered: {
    ja: (name, points) => `スタンプ「${name}」をお届けできなかったため、${points}をお返ししました。`,
    en: (name, points) => `We could not deliver the stickers "${name}", so ${points} came back to you.`,
  } satisfies Two,

  lostByUnlinking: {
    ja: (month, points) => `まだ付いていない${month}分のポイント（いまのところ${points}）は受け取れません。`,
    en: (month, points) => `You will not get the points for ${month} (${points} so far).`,
  } satisfies Two,
} as const;

/** Why a sticker set was not ordered, to the person who asked. */
export const stickerRefusalText: Record<StickerRefusal, Words> = {
  paused: {
    ja: () => 'ただいま点検のため、スタンプの交換をお休みしています。時間をおいてお試しください。',
    en: () => 'Stickers rest while we check something. Please try again later.',
  },
  'not-linked': {
    ja: () => 'スタンプは、契約者連携をしたLINEにお届けします。先に契約者連携をしてください。',
    en: () => 'Stickers go to a LINE account that is linked to your contract. Please link it first.',
  },
  'not-enough-points': {
    ja: () => 'ポイントが足りません。たまるまで、もう少しお待ちください。',
    en: () => 'You do not have enough points yet.',
  },
  'not-for-sale': {
    ja: () => 'このスタンプは、いま交換できません。ほかのスタンプをお選びください。',
    en: () => 'These stickers are not available now. Please choose others.',
  },
  'too-many-waiting': {
    ja: () => '前に選んだスタンプをお届けしているところです。届いてから、もう一度お試しください。',
    en: () => 'Other stickers are still on their way. Please try again when they have arrived.',
  },
  'already-theirs': {
    ja: () => 'このスタンプは、もうお届けしています。LINEのスタンプ一覧をご覧ください。',
    en: () => 'This LINE account has these stickers already. Look among your stickers in LINE.',
  },
};
