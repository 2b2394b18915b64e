import { counted, type Language } from '../../../base/language.ts';

interface FeedText {
  title: string;
  hint: string;
  day: string;
  accepted: string;
  duplicates: string;
  conflicts: string;
  refused: string;
  figures: string;
  noFigures: string;
  network: (count: number) => string;
  networkIdle: string;
  turns: string;
  month: string;
  progress: string;
  began: string;
  ended: string;
  underWay: string;
  aside: string;
  noneAside: string;
  older: string;
  conflict: {
    title: string;
    lead: string;
    source: string;
    id: string;
    subscription: string;
    came: string;
    counted: string;
    countedAs: (day: string, drawn: string, over: string) => string;
    notKept: string;
    sent: string;
    reason: string;
    reasonHint: string;
    missing: string;
    putAway: string;
    open: string;
    done: string;
  };
  check: {
    title: string;
    hint: string;
    never: string;
    agrees: (moment: string) => string;
    differs: (moment: string, count: number) => string;
    readNew: (entries: string) => string;
    readAll: string;
    rest: string;
    caption: string;
    what: string;
    detail: string;
    forEngineers: string;
    again: string;
    done: string;
  };
  giftsRest: string;
}

const ja: FeedText = {
  title: '使用記録',
  hint: 'ネットワークから届く使用記録、食い違い、月替わりの進みぐあい。',
  day: '日',
  accepted: '数えた',
  duplicates: '重複',
  conflicts: '食い違い',
  refused: '受け付けず',
  figures: '届いた記録（日ごと）',
  noFigures: 'まだ記録が届いていません。',
  network: (count) => `ネットワークへの指示が${count}件、届くのを待っています。`,
  networkIdle: 'ネットワークへの指示は、すべて届いています。',
  turns: '月替わり',
  month: '月',
  progress: '終わった回線',
  began: '始まり',
  ended: '終わり',
  underWay: '進行中',
  aside: '食い違いとして取り置いた記録',
  noneAside: '取り置いた記録はありません。',
  older: 'もっと古い記録',
  conflict: {
    title: '食い違う使用記録',
    lead: '同じ送り元と番号で、ちがう内容が届きました。先に届いたほうだけが数えられています。数え直すときは、台帳で訂正を申請してください。',
    source: '送り元',
    id: '番号',
    subscription: '回線',
    came: '届いた日時',
    counted: '数えたもの',
    countedAs: (day, drawn, over) => `${day}の使用 ${drawn}、超過 ${over}`,
    notKept: '保存期間を過ぎたためわかりません',
    sent: '届いたもの',
    reason: '片づける理由',
    reasonHint: '例：ネットワーク側に確認し、先の記録が正しいとのこと',
    missing: '理由を5文字以上で入力してください。',
    putAway: '片づける',
    open: 'くらべて片づける',
    done: '片づけました。',
  },
  check: {
    title: '台帳の照合',
    hint: '台帳の記録と、いまあるデータが一致しているか。1時間ごとに、前回より後の記録を読んで確かめます。',
    never: 'まだ一度も照合していません。',
    agrees: (moment) => `${moment}の照合で、すべて一致しました。`,
    differs: (moment, count) => `${moment}の照合で、一致しないものが${count}件ありました。`,
    readNew: (entries) => `前回より後の記録を、出た側・入った側であわせて${entries}件読みました。`,
    readAll: '最初からすべての記録を読みました。',
    rest: '一致するまで、データプレゼントは止まっています。技術の担当者に知らせてください。',
    caption: '一致しなかったもの',
    what: '成り立つはずのこと',
    detail: 'くわしく',
    forEngineers: 'くわしくの欄は、技術の担当者が調べるためのものです。そのまま伝えてください。',
    again: 'いますぐ照合する',
    done: '照合しました。',
  },
  giftsRest: '台帳が一致しないため、データプレゼントは止まっています。',
};

const en: FeedText = {
  title: 'Usage feed',
  hint: 'Records of use from the network, those that contradict each other, and the turn of the month.',
  day: 'Day',
  accepted: 'Counted',
  duplicates: 'Duplicate',
  conflicts: 'Conflict',
  refused: 'Refused',
  figures: 'Records that came, by day',
  noFigures: 'No record has come yet.',
  network: (count) => `The network has not been told of ${counted(count, 'change')} yet.`,
  networkIdle: 'The network has been told of everything.',
  turns: 'Turns of the month',
  month: 'Month',
  progress: 'Subscriptions done',
  began: 'Began',
  ended: 'Ended',
  underWay: 'under way',
  aside: 'Records kept aside as conflicts',
  noneAside: 'No record is kept aside.',
  older: 'Older ones',
  conflict: {
    title: 'Records of use that contradict each other',
    lead: 'Another record came under the same source and id. Only the first was counted. What is to be counted after all is a correction in the ledger.',
    source: 'Source',
    id: 'ID',
    subscription: 'Subscription',
    came: 'Came',
    counted: 'What was counted',
    countedAs: (day, drawn, over) => `used on ${day}: ${drawn}, over: ${over}`,
    notKept: 'not known any more: its time is over',
    sent: 'What came',
    reason: 'Why it is put away',
    reasonHint: 'For example: the network says that the first one is right',
    missing: 'Type a reason of at least five characters.',
    putAway: 'Put away',
    open: 'Compare and put away',
    done: 'Put away.',
  },
  check: {
    title: 'Reconciliation',
    hint: 'Whether the journal and what is there agree; looked at every hour, by what has come into the journal since.',
    never: 'Nobody has looked yet.',
    agrees: (moment) => `Everything agreed on ${moment}.`,
    differs: (moment, count) => `On ${moment}, ${counted(count, 'thing')} did not agree.`,
    readNew: (entries) => `${entries} new entries were read, one that goes from one owner to another on both sides.`,
    readAll: 'The whole journal was read.',
    rest: 'Gifts rest until they do. Please tell your engineers.',
    caption: 'What did not agree',
    what: 'What must hold',
    detail: 'Detail',
    forEngineers: 'The details are for your engineers; pass them on as they are.',
    again: 'Look again now',
    done: 'Looked again.',
  },
  giftsRest: 'The ledger does not agree: gifts rest.',
};

const catalogue: Record<Language, FeedText> = { ja, en };

export function feedText(language: Language): FeedText {
  return catalogue[language];
}
