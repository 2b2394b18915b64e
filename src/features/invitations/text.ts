import { catalogue, type Language } from '../../base/language.ts';
import type { EntryCodeRefusal } from './rules/entry-code.ts';
import type { InvitationRefusal } from './rules/invitation.ts';

const jaRefusals = {
  /** Why an entry code is not taken, to the person who typed it. */
  entryCode: {
    malformed: 'エントリーコードをお確かめください。12文字の英数字です。',
    unknown: 'このエントリーコードはありません。',
    withdrawn: 'このエントリーコードは、使えなくなりました。',
    used: 'このエントリーコードは、もう使われています。',
    expired: 'このエントリーコードは、期限が過ぎています。',
  } satisfies Record<EntryCodeRefusal, string>,
  /** Why an invitation is not taken, to who was invited. */
  invitation: {
    unknown: 'このご紹介のリンクは使えません。送ってくれた方に、新しいリンクを頼んでください。',
    'own-contract': 'ご自身のご紹介は使えません。',
    'own-line-account': 'ご紹介した方と連携しているLINEでは使えません。',
    'same-person': 'ご自身のご紹介は使えません。',
    'not-new': 'ご紹介は、はじめてご契約の方だけがお使いになれます。',
    used: 'このご紹介のリンクは、もう使われています。送ってくれた方に、新しいリンクを頼んでください。',
    expired: 'このご紹介のリンクは、期限が過ぎています。送ってくれた方に、新しいリンクを頼んでください。',
  } satisfies Record<InvitationRefusal, string>,
};

const enRefusals: typeof jaRefusals = {
  entryCode: {
    malformed: 'Please check the entry code: it has twelve letters and digits.',
    unknown: 'There is no such entry code.',
    withdrawn: 'This entry code was withdrawn.',
    used: 'This entry code has been used already.',
    expired: 'This entry code has expired.',
  },
  invitation: {
    unknown: 'This invitation does not work. Ask who sent it for a new link.',
    'own-contract': 'You cannot use an invitation of your own.',
    'own-line-account': 'It cannot be used with a LINE account that is linked to who invites.',
    'same-person': 'You cannot use an invitation of your own.',
    'not-new': 'Invitations are for people who have no contract yet.',
    used: 'This invitation has been used already. Ask who sent it for a new link.',
    expired: 'This invitation has expired. Ask who sent it for a new link.',
  },
};

/** Why a code or an invitation that somebody came with cannot be used, and what to do. */
export const codeRefusalText = catalogue(jaRefusals, enRefusals);

/** Why what an application names cannot be used when it is sent. */
export type CodeForOrderRefusal = `code-${EntryCodeRefusal}` | `invitation-${InvitationRefusal}`;

/** Each as the applicant reads it. */
export function codeForOrderText(language: Language): Record<CodeForOrderRefusal, string> {
  const { entryCode, invitation } = codeRefusalText(language);
  return {
    'code-malformed': entryCode.malformed,
    'code-unknown': entryCode.unknown,
    'code-withdrawn': entryCode.withdrawn,
    'code-used': entryCode.used,
    'code-expired': entryCode.expired,
    'invitation-unknown': invitation.unknown,
    'invitation-own-contract': invitation['own-contract'],
    'invitation-own-line-account': invitation['own-line-account'],
    'invitation-same-person': invitation['same-person'],
    'invitation-not-new': invitation['not-new'],
    'invitation-used': invitation.used,
    'invitation-expired': invitation.expired,
  };
}

const ja = {
  title: 'お友だちを紹介する',
  lead: (points: string, months: number) =>
    `お友だちがご契約になると、${months}か月後の月末に、お二人に${points}ずつ差し上げます。`,
  make: '今日のリンクを作る',
  todays: '今日のリンク',
  oneADay: '1日に1つ作れます。1つのリンクで、お一人をご紹介できます。',
  until: (day: string) => `${day}まで使えます`,
  share: 'LINEで送る',
  shareText: (operator: string, url: string) =>
    `${operator}のご紹介です。こちらからお申し込みになると、ポイントがもらえます。\n${url}`,
  list: 'これまでのご紹介',
  head: ['作った日', 'いまのようす'],
  none: 'まだありません。',
  states: {
    open: (day: string) => `まだ使われていません（${day}まで）`,
    expired: '使われずに、期限が過ぎました',
    held: 'お申し込みの手続き中です',
    waiting: (day: string) => `ご契約になりました。${day}にポイントが付きます`,
    given: (points: string) => `${points}を差し上げました`,
    lapsed: 'ご契約が終わったため、ポイントは付きませんでした',
  },
  rules: 'ご紹介のきまり',
  rule: (points: string, months: number, days: number) => [
    `お友だちのご契約が始まった月の${months}か月後の月末に、お二人に${points}ずつ付きます。`,
    'そのとき、お二人のご契約が続いている必要があります。',
    `リンクは${days}日間、はじめてご契約の方お一人がお使いになれます。ご自身は使えません。`,
  ],
  notLinked: {
    title: '契約者連携が必要です',
    linkInTalk: '契約者連携をする',
    why: 'お友だちの紹介は、契約者連携をした方がお使いになれます。',
    link: 'LINE連携を見る',
  },
  invite: {
    title: (name: string) => `${name}さんからのご紹介`,
    somebody: 'お友だち',
    lead: (operator: string, points: string, months: number) =>
      `ここから${operator}にお申し込みになると、ご契約が始まった月の${months}か月後の月末に、お二人に${points}ずつ付きます。`,
    begin: '申し込みをはじめる',
    refusedTitle: 'ご紹介は使えません',
    without: 'ご紹介なしで申し込む',
  },
};

const en: typeof ja = {
  title: 'Invite a friend',
  lead: (points, months) =>
    `When a friend becomes a customer, both of you get ${points} at the end of the ${ordinal(months)} month after.`,
  make: "Make today's link",
  todays: "Today's link",
  oneADay: 'You can make one a day. One link invites one friend.',
  until: (day) => `It works until ${day}`,
  share: 'Send with LINE',
  shareText: (operator, url) => `An invitation to ${operator}. Apply here and we both get points.\n${url}`,
  list: 'Your invitations',
  head: ['Made on', 'Where it stands'],
  none: 'None yet.',
  states: {
    open: (day) => `not used yet (until ${day})`,
    expired: 'expired without being used',
    held: 'your friend is applying',
    waiting: (day) => `your friend is a customer; points come on ${day}`,
    given: (points) => `${points} given`,
    lapsed: 'a contract has ended, so no points came',
  },
  rules: 'How it works',
  rule: (points, months, days) => [
    `Both of you get ${points} at the end of the ${ordinal(months)} month after the one in which the contract of your friend began.`,
    'Both contracts must go on until then.',
    `A link works for ${days} days, for one person who has no contract yet. You cannot use it yourself.`,
  ],
  notLinked: {
    title: 'Link your contract first',
    linkInTalk: 'Link my contract',
    why: 'Friends are invited by contractors whose LINE account is linked.',
    link: 'See my LINE links',
  },
  invite: {
    title: (name) => `${name} invites you`,
    somebody: 'A friend',
    lead: (operator, points, months) =>
      `Apply to ${operator} from here, and both of you get ${points} at the end of the ${ordinal(months)} month after the one in which your contract begins.`,
    begin: 'Apply',
    refusedTitle: 'This invitation cannot be used',
    without: 'Apply without it',
  },
};

function ordinal(count: number): string {
  return `${count}${['th', 'st', 'nd', 'rd'][count] ?? 'th'}`;
}

export const invitationText = catalogue(ja, en);

/** Points with their unit. */
export function pointsText(points: number, language: Language): string {
  const number = points.toLocaleString('en');
  return language === 'ja' ? `${number}ポイント` : `${number} points`;
}
