import type { Language } from '../../../base/language.ts';

/** What staff read about the programs that are told of orders. */
interface ListenerText {
  readonly title: string;
  readonly see: string;
  readonly lead: string;
  readonly none: string;
  readonly states: Record<'new' | 'told' | 'trying' | 'paused' | 'ended', string>;
  readonly state: string;
  readonly events: string;
  readonly all: string;
  readonly since: string;
  readonly signed: string;
  readonly isSigned: string;
  readonly notSigned: string;
  readonly last: string;
  readonly never: string;
  /** What came of the last try. */
  readonly taken: (at: string) => string;
  readonly notTaken: (status: number, at: string) => string;
  readonly noAnswer: (at: string) => string;
  readonly waiting: string;
  readonly count: (events: number) => string;
  readonly next: string;
  readonly tried: (times: number, at: string) => string;
  readonly failed: string;
  readonly pause: string;
  readonly resume: string;
  readonly now: string;
  readonly remove: string;
  readonly removeLead: string;
  readonly removeSubmit: string;
  readonly done: string;
  readonly gone: string;
}

const ja: ListenerText = {
  title: '申し込みの知らせ先',
  see: '申し込みの知らせ先（TMF622）を見る',
  lead: '申し込みが変わるたびに知らせを受け取る、社外のプログラムです。登録はTMF622のhubで行います。',
  none: '知らせ先はありません。',
  states: {
    new: '登録されました',
    told: '届いています',
    trying: '届いていません',
    paused: '止めています',
    ended: '終わりました',
  },
  state: '状態',
  events: '知らせ',
  all: 'すべて',
  since: '登録',
  signed: '署名',
  isSigned: 'あり',
  notSigned: 'なし（登録し直すと付きます）',
  last: '直前の結果',
  never: 'まだ送っていません',
  taken: (at) => `受け取りました（${at}）`,
  notTaken: (status, at) => `${status}が返りました（${at}）`,
  noAnswer: (at) => `応答がありません（${at}）`,
  waiting: '待っている知らせ',
  count: (events) => `${events}件`,
  next: '次の知らせ',
  tried: (times, at) => `${times}回試しました。次は${at}`,
  failed: '届かずに諦めた知らせ',
  pause: '止める',
  resume: '再開する',
  now: 'いますぐもう一度送る',
  remove: '外す',
  removeLead: '待っている知らせも送りません。もう一度知らせるには、相手が登録し直します。',
  removeSubmit: 'この知らせ先を外す',
  done: '記録しました。',
  gone: 'すでに外れています。',
};

const en: ListenerText = {
  title: 'Listeners to orders',
  see: 'Listeners to orders (TMF622)',
  lead: 'Programs outside that are told of every change of an order. They register at the hub of TMF622.',
  none: 'There are none.',
  states: { new: 'Registered', told: 'Reached', trying: 'Not reached', paused: 'Paused', ended: 'Ended' },
  state: 'State',
  events: 'Events',
  all: 'All',
  since: 'Since',
  signed: 'Signed',
  isSigned: 'Yes',
  notSigned: 'No (it will be when it registers anew)',
  last: 'Last try',
  never: 'Not tried yet',
  taken: (at) => `Taken (${at})`,
  notTaken: (status, at) => `Answered ${status} (${at})`,
  noAnswer: (at) => `No answer (${at})`,
  waiting: 'Waiting events',
  count: (events) => String(events),
  next: 'Next event',
  tried: (times, at) => `Tried ${times} times; again ${at}`,
  failed: 'Given up',
  pause: 'Pause',
  resume: 'Resume',
  now: 'Try again now',
  remove: 'Remove',
  removeLead: 'What waits is not told either. To be told again, the other side registers anew.',
  removeSubmit: 'Remove this listener',
  done: 'Recorded.',
  gone: 'It is gone already.',
};

const texts: Record<Language, ListenerText> = { ja, en };

export const listenerText = (language: Language): ListenerText => texts[language];
