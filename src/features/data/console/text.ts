import type { Language } from '../../../base/language.ts';
import type { CorrectionRefusal } from '../rules/correction.ts';
import type { TypedFault } from '../rules/typed-correction.ts';
import type { EntryReason } from './journal.ts';

interface ConsoleText {
  subscription: (userName: string, lastFour: string) => string;
  back: string;
  ledger: {
    title: string;
    lots: string;
    noLots: string;
    kind: string;
    left: string;
    granted: string;
    until: string;
    underWay: string;
    gift: (receiver: string, amount: string) => string;
    slice: (amount: string) => string;
    whoever: string;
    months: string;
    month: string;
    turnedAt: string;
    agrees: string;
    differs: (entries: string, lots: string) => string;
    archived: string;
    reason: string;
    all: string;
    filter: string;
    entries: string;
    none: string;
    noneHere: string;
    when: string;
    what: string;
    change: string;
    older: string;
    correct: string;
    goodwill: string;
  };
  reasons: Record<EntryReason, string>;
  /** One movement in a sentence. */
  entry: {
    grant: string;
    purchase: string;
    corrected: (isMore: boolean) => string;
    used: (day: string) => string;
    usedSomehow: string;
    expired: string;
    carried: string;
    giftTo: (name: string) => string;
    giftFrom: (name: string) => string;
    giftBack: string;
    lent: string;
    lentBack: (used: string) => string;
    late: string;
    record: (source: string, id: string) => string;
    twoPeople: (reason: string, askedBy: string, approvedBy: string) => string;
    states: Readonly<Record<string, string>>;
  };
  correction: {
    title: string;
    lead: string;
    direction: string;
    add: string;
    take: string;
    takeHint: string;
    amount: string;
    /** How many of them a GB has. */
    amountHint: (perGigabyte: number) => string;
    kind: string;
    lastDay: string;
    lastDayHint: string;
    reason: string;
    reasonHint: string;
    submit: string;
    present: string;
    asked: (isMore: boolean, amount: string) => string;
    subscription: string;
    faults: Record<
      CorrectionRefusal | TypedFault | 'reason-missing' | 'unknown-subscription' | 'request-id-reused',
      string
    >;
    told: (isMore: boolean, whose: string, amount: string, until: string, left: string) => string;
    call: (phone: string) => string;
  };
}

const ja: ConsoleText = {
  subscription: (userName, lastFour) => `${userName}（末尾${lastFour}）`,
  back: 'お客さまのページへ',
  ledger: {
    title: 'データの台帳',
    lots: 'いまあるデータ',
    noLots: '使えるデータはありません。',
    kind: '種類',
    left: '残り',
    granted: '付いた日時',
    until: '使える最後の日',
    underWay: '取り置き中',
    gift: (receiver, amount) => `データプレゼント：${receiver}へ ${amount}`,
    slice: (amount) => `通信のために確保：${amount}`,
    whoever: '受け取る人',
    months: '月替わり',
    month: '月',
    turnedAt: '行われた日時',
    agrees: '台帳の合計と、いまあるデータは一致しています。',
    differs: (entries, lots) => `台帳の合計（${entries}）と、いまあるデータ（${lots}）が一致しません。`,
    archived: '古い記録は、台帳から別の場所へ移されています。ここでは合計を確かめられません。',
    reason: 'できごと',
    all: 'すべて',
    filter: 'しぼり込む',
    entries: '台帳',
    none: 'まだ記録がありません。',
    noneHere: 'ここまでに、あてはまる記録はありません。',
    when: '日時',
    what: 'できごと',
    change: '増減',
    older: 'もっと古い記録',
    correct: '訂正を申請する',
    goodwill: 'お詫びのデータを申請する',
  },
  reasons: {
    'plan-grant': 'プランのデータ',
    purchase: '追加購入',
    adjustment: '訂正',
    usage: '使用',
    expiry: '期限切れ',
    'carry-over': '繰り越し',
    'gift-set-aside': 'プレゼントの取り置き',
    'gift-claimed': 'プレゼントの受け取り',
    'gift-returned': 'プレゼントの戻り',
    reserved: '通信のための確保',
    'reservation-returned': '確保の戻り',
  },
  entry: {
    grant: 'プランのデータが付きました',
    purchase: 'データの追加購入',
    corrected: (isMore) => (isMore ? '訂正：増やしました' : '訂正：減らしました'),
    used: (day) => `${day}の使用`,
    usedSomehow: '使用',
    expired: '期限が切れました',
    carried: '前月繰越になりました',
    giftTo: (name) => `データプレゼント：${name}へ`,
    giftFrom: (name) => `データプレゼント：${name}から`,
    giftBack: 'データプレゼントが戻りました',
    lent: '通信のために確保しました',
    lentBack: (used) => `確保の残りが戻りました（使用 ${used}）`,
    late: '遅れて届いた記録',
    record: (source, id) => `記録 ${source} ${id}`,
    twoPeople: (reason, askedBy, approvedBy) => `${reason}（申請 ${askedBy}、承認 ${approvedBy}）`,
    states: {
      waiting: '受け取り待ち',
      claimed: '受け取り済み',
      declined: '辞退',
      'taken-back': '取り消し',
      expired: '期限切れ',
    },
  },
  correction: {
    title: 'データの訂正',
    lead: '申請すると、ほかの責任者か管理者が確かめてから反映されます。反映されると、連携している利用者にトークでお知らせします。',
    direction: '訂正の向き',
    add: '増やす',
    take: '減らす',
    takeHint: '使われる順に減らします。種類と期限は選びません。',
    amount: '量（MB）',
    amountHint: (perGigabyte) => `1GBは${perGigabyte}MBです。`,
    kind: '増やすデータの種類',
    lastDay: '使える最後の日',
    lastDayHint: '増やすときだけ',
    reason: '理由',
    reasonHint: '承認する人が読みます。お客さまには伝わりません。',
    submit: '申請する',
    present: 'いま使えるデータ',
    asked: (isMore, amount) => (isMore ? `データを${amount}増やす` : `データを${amount}減らす`),
    subscription: '回線',
    faults: {
      'not-an-amount': '量は1から999,999までの数字（MB）で入力してください。',
      'direction-missing': '増やすか減らすかを選んでください。',
      'kind-and-end-missing': '増やすデータの種類と、使える最後の日を入力してください。',
      'already-ended': '使える最後の日は、今日からあとの日にしてください。',
      'too-far-away': '使える最後の日は、2年以内にしてください。',
      'not-enough-data': '減らせるだけのデータがありません。',
      'no-reason': '理由を5文字以上で入力してください。',
      'reason-missing': '理由を5文字以上で入力してください。',
      'no-second-person': '申請した人とは別の人の承認が必要です。',
      'subscription-ended': 'この回線の契約は終わっているため、訂正できません。',
      'unknown-subscription': 'この回線は見つかりません。',
      'request-id-reused': 'この申請はすでに別の内容で反映されています。',
    },
    told: (isMore, whose, amount, until, left) =>
      isMore
        ? `${whose}のデータ量を訂正しました。${amount}増えました（${until}まで）。いま使えるデータは${left}です。`
        : `${whose}のデータ量を訂正しました。${amount}減りました。いま使えるデータは${left}です。`,
    call: (phone) => `お心当たりがないときは、${phone}へお電話ください。`,
  },
};

const en: ConsoleText = {
  subscription: (userName, lastFour) => `${userName} (…${lastFour})`,
  back: 'The customer’s page',
  ledger: {
    title: 'Ledger',
    lots: 'What is there now',
    noLots: 'Nothing can be used.',
    kind: 'Kind',
    left: 'Left',
    granted: 'Came on',
    until: 'Last day',
    underWay: 'Set aside',
    gift: (receiver, amount) => `Gift to ${receiver}: ${amount}`,
    slice: (amount) => `On loan to the network: ${amount}`,
    whoever: 'whoever takes it',
    months: 'Turns of the month',
    month: 'Month',
    turnedAt: 'Done on',
    agrees: 'The sum of the entries agrees with what is there.',
    differs: (entries, lots) => `The entries sum up to ${entries}, but ${lots} is there.`,
    archived: 'Older entries have been taken out of the journal and archived, so the sum cannot be compared here.',
    reason: 'What happened',
    all: 'Everything',
    filter: 'Filter',
    entries: 'Ledger',
    none: 'Nothing has moved yet.',
    noneHere: 'No entry fits so far.',
    when: 'When',
    what: 'What happened',
    change: 'Change',
    older: 'Older entries',
    correct: 'Ask for a correction',
    goodwill: 'Ask for goodwill data',
  },
  reasons: {
    'plan-grant': 'data of the plan',
    purchase: 'top-up',
    adjustment: 'correction',
    usage: 'use',
    expiry: 'ended',
    'carry-over': 'carried over',
    'gift-set-aside': 'gift set aside',
    'gift-claimed': 'gift received',
    'gift-returned': 'gift came back',
    reserved: 'lent to the network',
    'reservation-returned': 'came back from the network',
  },
  entry: {
    grant: 'Data of the plan',
    purchase: 'Top-up bought',
    corrected: (isMore) => (isMore ? 'Correction: added' : 'Correction: taken away'),
    used: (day) => `Used on ${day}`,
    usedSomehow: 'Used',
    expired: 'Ended',
    carried: 'Carried over from last month',
    giftTo: (name) => `Gift to ${name}`,
    giftFrom: (name) => `Gift from ${name}`,
    giftBack: 'A gift came back',
    lent: 'Lent to the network',
    lentBack: (used) => `Came back from the network (${used} used)`,
    late: 'the record came late',
    record: (source, id) => `record ${source} ${id}`,
    twoPeople: (reason, askedBy, approvedBy) => `${reason} (asked by ${askedBy}, approved by ${approvedBy})`,
    states: {
      waiting: 'waits to be received',
      claimed: 'received',
      declined: 'declined',
      'taken-back': 'taken back',
      expired: 'ran out',
    },
  },
  correction: {
    title: 'Correct the data',
    lead: 'Another supervisor or an admin looks at what you ask for; then it counts, and the linked users are told in the talk.',
    direction: 'Which way',
    add: 'Add',
    take: 'Take away',
    takeHint: 'In the order of use; kind and end do not matter.',
    amount: 'Amount (MB)',
    amountHint: (perGigabyte) => `A GB is ${perGigabyte} MB.`,
    kind: 'Kind of what is added',
    lastDay: 'Last day on which it can be used',
    lastDayHint: 'Only when adding',
    reason: 'Reason',
    reasonHint: 'For whoever approves; the customer does not see it.',
    submit: 'Ask for it',
    present: 'Usable now',
    asked: (isMore, amount) => (isMore ? `Add ${amount}` : `Take ${amount} away`),
    subscription: 'Subscription',
    faults: {
      'not-an-amount': 'Type the amount as a number from 1 to 999,999 (MB).',
      'direction-missing': 'Choose whether to add or to take away.',
      'kind-and-end-missing': 'Give the kind of what is added and its last day.',
      'already-ended': 'The last day must be today or later.',
      'too-far-away': 'The last day must be within two years.',
      'not-enough-data': 'There is not that much to take away.',
      'no-reason': 'Type a reason of at least five characters.',
      'reason-missing': 'Type a reason of at least five characters.',
      'no-second-person': 'Somebody other than who asked has to approve.',
      'subscription-ended': 'This subscription has ended and is not corrected any more.',
      'unknown-subscription': 'There is no such subscription.',
      'request-id-reused': 'This request has been applied already, with other contents.',
    },
    told: (isMore, whose, amount, until, left) =>
      isMore
        ? `We corrected the data of ${whose}: ${amount} added, to be used until ${until}. ${left} can be used now.`
        : `We corrected the data of ${whose}: ${amount} taken away. ${left} can be used now.`,
    call: (phone) => `If you did not expect this, please call ${phone}.`,
  },
};

const catalogue: Record<Language, ConsoleText> = { ja, en };

export function dataConsoleText(language: Language): ConsoleText {
  return catalogue[language];
}
