import { formatBytes } from '../../base/bytes.ts';
import { catalogue, type Language } from '../../base/language.ts';
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

const ja = {
  /** Why a gift is not given or received, and what to do: one text a code, a missing one does not compile. */
  gifts: {
    paused: (_x: Said) => 'ただいま点検のため、データプレゼントをお休みしています。時間をおいてお試しください。',
    'sender-not-linked': (_x: Said) => 'データを贈るには、その回線の利用者連携が必要です。',
    'gifts-closed': ({ closedFrom, closedTo }: Said) =>
      `月末${closedFrom}から翌月1日${closedTo}までは、データプレゼントをお休みしています。時間をおいてお試しください。`,
    'sender-not-in-service': (_x: Said) => 'この回線はいまご利用中ではないため、データを贈れません。',
    'way-not-offered': (_x: Said) => 'この贈り方は選べません。ほかの贈り方をお選びください。',
    'not-a-step': ({ step }: Said) => `贈れる量は${step}ずつです。`,
    'under-minimum': ({ minimum }: Said) => `${minimum}以上を選んでください。`,
    'over-maximum': ({ maximum }: Said) => `一度に贈れるのは${maximum}までです。`,
    'over-monthly-limit': ({ given }: Said) => `今月贈れる量の上限をこえます。今月はすでに${given}を贈っています。`,
    'too-many-today': (_x: Said) => '今日贈れる回数をこえました。明日またお試しください。',
    'too-many-this-month': (_x: Said) => '今月贈れる回数をこえました。来月またお試しください。',
    'not-enough-base': ({ giveable }: Said) => `贈れるデータ量が足りません。いま贈れるのは${giveable}までです。`,
    'receiver-is-sender': (_x: Said) => '同じ回線には贈れません。',
    'receiver-not-linked': (_x: Said) => '受け取る方の利用者連携がまだお済みではありません。連携のあとで受け取れます。',
    'receiver-not-in-service': (_x: Said) => '受け取る方の回線は、いまご利用中ではありません。',
    'receiver-not-in-contract': (_x: Said) => '同じ契約の回線にだけ贈れます。',
    'for-somebody-else': (_x: Said) => 'このプレゼントは、ほかの回線あてです。',
    'already-claimed': (_x: Said) => 'このプレゼントは、すでに受け取られています。',
    'no-longer-offered': (_x: Said) => 'このプレゼントは、取り消されたか辞退されたため、受け取れません。',
    expired: (_x: Said) => 'このプレゼントは、受け取り期限が過ぎました。',
  } satisfies Record<GiftRefusal, (a: Said) => string>,

  /** Why a gift does not go back. */
  returns: {
    'already-claimed': 'このプレゼントは、すでに受け取られました。',
    'no-longer-offered': 'このプレゼントは、すでに取り消されたか辞退されました。',
    expired: 'このプレゼントは、受け取り期限が過ぎました。',
    'not-due': 'このプレゼントは、まだ受け取り待ちです。',
    'unknown-gift': 'このプレゼントは見つかりませんでした。',
  } satisfies Record<ReturnRefusal | 'unknown-gift', string>,
};

const en: typeof ja = {
  gifts: {
    paused: () => 'Gifts rest while we check something. Please try again later.',
    'sender-not-linked': () => 'To give data, your LINE account must be linked to the subscription as its user.',
    'gifts-closed': ({ closedFrom, closedTo }) =>
      `Gifts rest from ${closedFrom} on the last day of the month to ${closedTo} on the 1st. Please try again later.`,
    'sender-not-in-service': () => 'This subscription is not in service, so it cannot give data.',
    'way-not-offered': () => 'This way is not offered. Please choose another.',
    'not-a-step': ({ step }) => `Data is given in steps of ${step}.`,
    'under-minimum': ({ minimum }) => `Please choose ${minimum} or more.`,
    'over-maximum': ({ maximum }) => `One gift holds at most ${maximum}.`,
    'over-monthly-limit': ({ given }) =>
      `This is over what you can give in a month. You have already given ${given} this month.`,
    'too-many-today': () => 'That is all the gifts for today. Please try again tomorrow.',
    'too-many-this-month': () => 'That is all the gifts for this month. Please try again next month.',
    'not-enough-base': ({ giveable }) => `There is not enough data to give. You can give up to ${giveable} now.`,
    'receiver-is-sender': () => 'You cannot give data to the same subscription.',
    'receiver-not-linked': () =>
      'The receiver has not linked their phone yet. After linking, the data can be received.',
    'receiver-not-in-service': () => "The receiver's subscription is not in service.",
    'receiver-not-in-contract': () => 'Data can only be given within the same contract.',
    'for-somebody-else': () => 'This gift is for another subscription.',
    'already-claimed': () => 'This gift has already been received.',
    'no-longer-offered': () => 'This gift was taken back or declined and cannot be received.',
    expired: () => 'The time to receive this gift is over.',
  },

  returns: {
    'already-claimed': 'This gift has already been received.',
    'no-longer-offered': 'This gift was already taken back or declined.',
    expired: 'The time of this gift is over.',
    'not-due': 'This gift is still waiting.',
    'unknown-gift': 'There is no such gift.',
  },
};

const refusalWords = catalogue(ja, en);

export function refusalText(
  code: GiftRefusal,
  figures: Figures | null,
  language: Language,
  { giftPolicy, megabyte }: Operator,
): string {
  const amount = (bytes: number) => formatBytes(bytes, megabyte);
  return refusalWords(language).gifts[code]({
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
  return refusalWords(language).returns[code];
}
