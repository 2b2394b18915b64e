import { formatBytes } from '../../base/bytes.ts';
import type { Language, Words } from '../../base/language.ts';
import type { Operator } from '../../base/operator.ts';
import type { Figures } from './commands.ts';
import type { GiftRefusal } from './rules/refusals.ts';
import type { ReturnRefusal } from './rules/return.ts';

/** The figures a refusal may name, as words. */
interface Said {
  readonly minimum: string;
  readonly step: string;
  readonly maximum: string;
  readonly giveable: string;
  readonly given: string;
  readonly closedFrom: string;
  readonly closedTo: string;
}

/** Why a gift is not given or received, and what to do: one text a code, a missing one does not compile. */
const refusalWords: Record<GiftRefusal, Words<[Said]>> = {
  paused: {
    ja: () => 'ただいま点検のため、データプレゼントをお休みしています。時間をおいてお試しください。',
    en: () => 'Gifts rest while we check something. Please try again later.',
  },
  'sender-not-linked': {
    ja: () => 'データを贈るには、その回線の利用者連携が必要です。',
    en: () => 'To give data, your LINE account must be linked to the subscription as its user.',
  },
  'gifts-closed': {
    ja: ({ closedFrom, closedTo }) =>
      `月末${closedFrom}から翌月1日${closedTo}までは、データプレゼントをお休みしています。時間をおいてお試しください。`,
    en: ({ closedFrom, closedTo }) =>
      `Gifts rest from ${closedFrom} on the last day of the month to ${closedTo} on the 1st. Please try again later.`,
  },
  'sender-not-in-service': {
    ja: () => 'この回線はいまご利用中ではないため、データを贈れません。',
    en: () => 'This subscription is not in service, so it cannot give data.',
  },
  'way-not-offered': {
    ja: () => 'この贈り方は選べません。ほかの贈り方をお選びください。',
    en: () => 'This way is not offered. Please choose another.',
  },
  'not-a-step': {
    ja: ({ step }) => `贈れる量は${step}ずつです。`,
    en: ({ step }) => `Data is given in steps of ${step}.`,
  },
  'under-minimum': {
    ja: ({ minimum }) => `${minimum}以上を選んでください。`,
    en: ({ minimum }) => `Please choose ${minimum} or more.`,
  },
  'over-maximum': {
    ja: ({ maximum }) => `一度に贈れるのは${maximum}までです。`,
    en: ({ maximum }) => `One gift holds at most ${maximum}.`,
  },
  'over-monthly-limit': {
    ja: ({ given }) => `今月贈れる量の上限をこえます。今月はすでに${given}を贈っています。`,
    en: ({ given }) => `This is over what you can give in a month. You have already given ${given} this month.`,
  },
  'too-many-today': {
    ja: () => '今日贈れる回数をこえました。明日またお試しください。',
    en: () => 'That is all the gifts for today. Please try again tomorrow.',
  },
  'too-many-this-month': {
    ja: () => '今月贈れる回数をこえました。来月またお試しください。',
    en: () => 'That is all the gifts for this month. Please try again next month.',
  },
  'not-enough-base': {
    ja: ({ giveable }) => `贈れるデータ量が足りません。いま贈れるのは${giveable}までです。`,
    en: ({ giveable }) => `There is not enough data to give. You can give up to ${giveable} now.`,
  },
  'receiver-is-sender': {
    ja: () => '同じ回線には贈れません。',
    en: () => 'You cannot give data to the same subscription.',
  },
  'receiver-not-linked': {
    ja: () => '受け取る方の利用者連携がまだお済みではありません。連携のあとで受け取れます。',
    en: () => 'The receiver has not linked their phone yet. After linking, the data can be received.',
  },
  'receiver-not-in-service': {
    ja: () => '受け取る方の回線は、いまご利用中ではありません。',
    en: () => "The receiver's subscription is not in service.",
  },
  'receiver-not-in-contract': {
    ja: () => '同じ契約の回線にだけ贈れます。',
    en: () => 'Data can only be given within the same contract.',
  },
  'for-somebody-else': {
    ja: () => 'このプレゼントは、ほかの回線あてです。',
    en: () => 'This gift is for another subscription.',
  },
  'already-claimed': {
    ja: () => 'このプレゼントは、すでに受け取られています。',
    en: () => 'This gift has already been received.',
  },
  'no-longer-offered': {
    ja: () => 'このプレゼントは、取り消されたか辞退されたため、受け取れません。',
    en: () => 'This gift was taken back or declined and cannot be received.',
  },
  expired: {
    ja: () => 'このプレゼントは、受け取り期限が過ぎました。',
    en: () => 'The time to receive this gift is over.',
  },
};

/** Why a gift does not go back. */
const returnWords: Record<ReturnRefusal | 'unknown-gift', Words> = {
  'already-claimed': {
    ja: () => 'このプレゼントは、すでに受け取られました。',
    en: () => 'This gift has already been received.',
  },
  'no-longer-offered': {
    ja: () => 'このプレゼントは、すでに取り消されたか辞退されました。',
    en: () => 'This gift was already taken back or declined.',
  },
  expired: {
    ja: () => 'このプレゼントは、受け取り期限が過ぎました。',
    en: () => 'The time of this gift is over.',
  },
  'not-due': { ja: () => 'このプレゼントは、まだ受け取り待ちです。', en: () => 'This gift is still waiting.' },
  'unknown-gift': { ja: () => 'このプレゼントは見つかりませんでした。', en: () => 'There is no such gift.' },
};

export function refusalText(
  code: GiftRefusal,
  figures: Figures | null,
  language: Language,
  { giftPolicy, megabyte }: Operator,
): string {
  const amount = (bytes: number) => formatBytes(bytes, megabyte);
  return refusalWords[code][language]({
    minimum: amount(giftPolicy.minimumBytes),
    step: amount(giftPolicy.stepBytes),
    maximum: amount(giftPolicy.maximumBytes ?? 0),
    giveable: amount(figures?.giveableBytes ?? 0),
    given: amount(figures?.givenThisMonthBytes ?? 0),
    closedFrom: giftPolicy.closed?.fromLastDay ?? '',
    closedTo: giftPolicy.closed?.toFirstDay ?? '',
  });
}

export function returnRefusalText(code: ReturnRefusal | 'unknown-gift', language: Language): string {
  return returnWords[code][language]();
}
