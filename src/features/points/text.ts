import { catalogue } from '../../base/language.ts';
import { formatMonthName } from '../../infra/ui/format.ts';
import type { InvitationPart } from './commands.ts';
import type { StickerRefusal } from './rules/sticker-order.ts';

const ja = {
  title: 'ポイント',
  balance: 'ポイント残高',
  until: (day: string) => `${day}まで使えます`,
  ends: '有効期限',
  none: 'いま使えるポイントはありません。',
  next: '次に付くポイント',
  /** Beside the figure in the talk, where there is little room. */
  nextShort: '次回',
  nextOf: (month: string, points: string) => `${month}分 ${points}`,
  nextOn: (day: string) => `${day}に付きます`,
  nextIfLinked: (day: string) => `${day}0時に契約者連携があれば`,
  nextNothing: 'ご契約のプランには、ポイントが付きません。',
  open: 'ポイントを見る',
  stickers: 'スタンプと交換する',
  stop: 'この通知を止める',

  notLinkedTitle: '契約者連携が必要です',
  notLinkedWhy: 'ポイントはご契約者のものです。契約者連携をすると、ここで残高を見て、ためて、使えます。',
  link: '契約者連携をする',

  granted: (month: string, points: string) => `${month}分の${points}が付きました。`,
  goodwill: (points: string, reason: string) => `${points}を差し上げました（${reason}）。`,
  invitation: (points: string, why: string) => `${points}が付きました（${why}）。`,
  billReturned: (month: string, points: string) => `${month}分のお支払いに使った${points}が戻りました。`,
  nowHave: (points: string, day: string) => `残高は${points}です（${day}まで）。`,
  ending: (points: string, day: string) => `${points}の有効期限は${day}です。お支払いやスタンプに使えます。`,
  expired: (points: string, day: string) => `${points}が、${day}で有効期限をむかえました。`,

  delivered: (name: string) => `スタンプ「${name}」が届きました。`,
  deliveredHow: 'LINEのスタンプ一覧でダウンロードすると、トークで使えます。',
  notDelivered: (name: string, points: string) =>
    `スタンプ「${name}」をお届けできなかったため、${points}をお返ししました。`,

  lostByUnlinking: (month: string, points: string) =>
    `まだ付いていない${month}分のポイント（いまのところ${points}）は受け取れません。`,

  /** A month (`2026-10`) as people say it: 10月, October. */
  monthName: (month: string) => formatMonthName(month, 'ja'),

  /** Points with their unit: 1,234ポイント, 1,234 points, 1 point. */
  amount: (points: number) => `${points.toLocaleString('en')}ポイント`,

  /** What an invitation's points are for. */
  invitationParts: {
    inviting: 'ご紹介のお礼',
    invited: 'ご紹介でのご契約のお礼',
  } satisfies Record<InvitationPart, string>,

  /** Why a sticker set was not ordered, to the person who asked. */
  stickerRefusals: {
    paused: 'ただいま点検のため、スタンプの交換をお休みしています。時間をおいてお試しください。',
    'not-linked': 'スタンプは、契約者連携をしたLINEにお届けします。先に契約者連携をしてください。',
    'not-enough-points': 'ポイントが足りません。たまるまで、もう少しお待ちください。',
    'not-for-sale': 'このスタンプは、いま交換できません。ほかのスタンプをお選びください。',
    'too-many-waiting': '前に選んだスタンプをお届けしているところです。届いてから、もう一度お試しください。',
    'already-theirs': 'このスタンプは、もうお届けしています。LINEのスタンプ一覧をご覧ください。',
  } satisfies Record<StickerRefusal, string>,
};

const en: typeof ja = {
  title: 'Points',
  balance: 'Your points',
  until: (day) => `until ${day}`,
  ends: 'They end after',
  none: 'You have no points at the moment.',
  next: 'Coming next',
  nextShort: 'Next',
  nextOf: (month, points) => `${points} for ${month}`,
  nextOn: (day) => `on ${day}`,
  nextIfLinked: (day) => `if your contract is linked at 0:00 on ${day}`,
  nextNothing: 'Your plans earn no points.',
  open: 'See my points',
  stickers: 'Get stickers',
  stop: 'Stop these notices',

  notLinkedTitle: 'Link your contract first',
  notLinkedWhy: 'Points belong to the contract. Once it is linked you see, earn and spend them here.',
  link: 'Link my contract',

  granted: (month, points) => `${points} for ${month}.`,
  goodwill: (points, reason) => `We gave you ${points} (${reason}).`,
  invitation: (points, why) => `${points} for you: ${why}.`,
  billReturned: (month, points) => `${points} used on the bill for ${month} came back.`,
  nowHave: (points, day) => `You have ${points} now, until ${day}.`,
  ending: (points, day) => `${points} end after ${day}. Use them on your bill or for stickers.`,
  expired: (points, day) => `${points} ended on ${day}.`,

  delivered: (name) => `Your stickers "${name}" are here.`,
  deliveredHow: 'Download them in LINE among your stickers, then use them in any talk.',
  notDelivered: (name, points) => `We could not deliver the stickers "${name}", so ${points} came back to you.`,

  lostByUnlinking: (month, points) => `You will not get the points for ${month} (${points} so far).`,

  monthName: (month) => formatMonthName(month, 'en'),

  amount: (points) => `${points.toLocaleString('en')} ${Math.abs(points) === 1 ? 'point' : 'points'}`,

  invitationParts: {
    inviting: 'thank you for inviting somebody',
    invited: 'thank you for coming by an invitation',
  },

  stickerRefusals: {
    paused: 'Stickers rest while we check something. Please try again later.',
    'not-linked': 'Stickers go to a LINE account that is linked to your contract. Please link it first.',
    'not-enough-points': 'You do not have enough points yet.',
    'not-for-sale': 'These stickers are not available now. Please choose others.',
    'too-many-waiting': 'Other stickers are still on their way. Please try again when they have arrived.',
    'already-theirs': 'This LINE account has these stickers already. Look among your stickers in LINE.',
  },
};

/** What points say, in both languages. Amounts, days and months come as words. */
export const pointText = catalogue(ja, en);
