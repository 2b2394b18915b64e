import type { Words } from '../../base/language.ts';
import type { BillSetting, BillSettingFault } from './rules/bill-use.ts';

type One = Words<[string]>;
type Two = Words<[string, string]>;

/** What the pages of points say beyond the talk, in both languages. */
export const pageText = {
  use: { ja: () => 'ポイントを使う', en: () => 'Use your points' } satisfies Words,
  billTitle: { ja: () => 'お支払いに使う', en: () => 'Use on the bill' } satisfies Words,
  toLinks: { ja: () => 'LINE連携を見る', en: () => 'See my LINE links' } satisfies Words,
  stickersTitle: { ja: () => 'スタンプと交換する', en: () => 'Get stickers' } satisfies Words,
  rules: { ja: () => 'ポイントのきまり', en: () => 'How points work' } satisfies Words,
  ruleEarn: {
    ja: (percent, day) => `毎月の基本料金の${percent}%が、翌月${day}日にポイントで付きます（1ポイント＝1円）。`,
    en: (percent, day) =>
      `${percent}% of each month's base fee comes as points on the ${day}th of the next month. 1 point is 1 yen.`,
  } satisfies Two,
  ruleLink: {
    ja: () => '翌月1日の0時に契約者連携をしている方が対象です。',
    en: () => 'For this your contract must be linked at 0:00 on the 1st of the next month.',
  } satisfies Words,
  ruleLife: {
    ja: (days) => `有効期限は、最後にポイントが付いた日から${days}日です。新しく付くと、すべて延びます。`,
    en: (days) => `Points live ${days} days from the last time any came. New ones prolong them all.`,
  } satisfies One,

  history: { ja: () => '履歴', en: () => 'History' } satisfies Words,
  newestFirst: { ja: () => '新しい順', en: () => 'Newest first' } satisfies Words,
  noHistory: { ja: () => 'まだ履歴はありません。', en: () => 'Nothing has happened yet.' } satisfies Words,
  date: { ja: () => '日付', en: () => 'Day' } satisfies Words,
  what: { ja: () => '内容', en: () => 'What' } satisfies Words,
  points: { ja: () => 'ポイント', en: () => 'Points' } satisfies Words,
  unit: { ja: () => 'ポイント', en: () => 'points' } satisfies Words,
  older: { ja: () => '前の履歴を見る', en: () => 'Earlier' } satisfies Words,
  newest: { ja: () => '最新の履歴にもどる', en: () => 'Back to the newest' } satisfies Words,
  granted: { ja: (month) => `${month}分の基本料金から`, en: (month) => `From the base fee for ${month}` } satisfies One,
  bill: { ja: (month) => `${month}分のお支払いに使用`, en: (month) => `Used on the bill for ${month}` } satisfies One,
  billReturned: {
    ja: (month) => `${month}分のお支払いから返却`,
    en: (month) => `Back from the bill for ${month}`,
  } satisfies One,
  sticker: { ja: (name) => `スタンプ「${name}」と交換`, en: (name) => `Stickers "${name}"` } satisfies One,
  stickerReturned: {
    ja: (name) => `スタンプ「${name}」をお届けできず返却`,
    en: (name) => `Back: "${name}" could not be delivered`,
  } satisfies One,
  expired: { ja: () => '有効期限切れ', en: () => 'Ended' } satisfies Words,

  billLead: {
    ja: () => '毎月のお支払い（基本料金とユニバーサルサービス料）に、ポイントを使えます。',
    en: () => 'Points can pay for the base fee and the universal service fee of each month.',
  } satisfies Words,
  billFrom: {
    ja: () => '変更は、次に確定するお支払いから反映されます。',
    en: () => 'A change counts from the next bill that is closed.',
  } satisfies Words,
  billUse: { ja: () => 'ポイントの使い方', en: () => 'How to use points' } satisfies Words,
  billChoice: {
    none: { ja: () => '使わない', en: () => 'Not at all' },
    all: { ja: () => '使えるだけ全部使う', en: () => 'As many as possible' },
    fixed: { ja: () => '毎月きまった分だけ使う', en: () => 'A fixed number each month' },
  } satisfies Record<BillSetting['use'], Words>,
  billNow: {
    none: { ja: () => 'いまは使っていません', en: () => 'Not used at the moment' },
    all: { ja: () => '毎月、使えるだけ使います', en: () => 'As many as possible each month' },
  } satisfies Record<Exclude<BillSetting['use'], 'fixed'>, Words>,
  billNowFixed: { ja: (points) => `毎月${points}を使います`, en: (points) => `${points} each month` } satisfies One,
  fixedPoints: { ja: () => '毎月使うポイント', en: () => 'Points each month' } satisfies Words,
  fixedHint: {
    ja: () => '例：100',
    en: () => 'For example: 100',
  } satisfies Words,
  choose: { ja: () => 'どれか1つを選んでください。', en: () => 'Please choose one.' } satisfies Words,
  save: { ja: () => '保存する', en: () => 'Save' } satisfies Words,
  saved: { ja: () => 'ポイントの使い方を保存しました。', en: () => 'Saved.' } satisfies Words,
  fixedFault: {
    'not-a-number': { ja: () => '数字で入力してください。例：100', en: () => 'Enter a number, for example: 100.' },
    'too-small': { ja: () => '1ポイント以上で入力してください。', en: () => 'At least 1 point.' },
    'too-large': { ja: () => '100,000ポイント以下で入力してください。', en: () => 'At most 100,000 points.' },
  } satisfies Record<BillSettingFault, Words>,

  stickersLead: {
    ja: () => 'LINEのトークで使えるスタンプと交換できます。',
    en: () => 'Stickers for your talks in LINE.',
  } satisfies Words,
  noStickers: {
    ja: () => 'いま交換できるスタンプはありません。',
    en: () => 'There are no stickers now.',
  } satisfies Words,
  closed: { ja: () => '休止中', en: () => 'Paused' } satisfies Words,
  onItsWay: { ja: () => 'お届け中', en: () => 'On its way' } satisfies Words,
  theirs: { ja: () => '受け取り済み', en: () => 'Yours' } satisfies Words,
  picture: {
    ja: (name) => `スタンプ「${name}」の絵`,
    en: (name) => `A picture of the stickers "${name}"`,
  } satisfies One,
  confirmTitle: { ja: (name) => `「${name}」と交換しますか？`, en: (name) => `Get "${name}"?` } satisfies One,
  price: { ja: () => '使うポイント', en: () => 'Price' } satisfies Words,
  after: { ja: () => '交換後の残高', en: () => 'Left afterwards' } satisfies Words,
  toWhom: { ja: () => 'お届け先のLINE', en: () => 'For which LINE account' } satisfies Words,
  toWhomThis: { ja: () => 'いま使っているアカウント', en: () => 'the one you use now' } satisfies Words,
  nameless: { ja: () => '（名前なし）', en: () => '(no name)' } satisfies Words,
  confirm: { ja: () => '交換する', en: () => 'Get them' } satisfies Words,
  once: {
    ja: () => 'お届けできなかったときは、ポイントをお返しします。',
    en: () => 'If they cannot be delivered, your points come back.',
  } satisfies Words,
  waitingTitle: {
    ja: (name) => `「${name}」をお届けしています`,
    en: (name) => `"${name}" is on its way`,
  } satisfies One,
  waiting: {
    ja: () => 'ふつうは数秒で届きます。届いたら、トークでお知らせします。',
    en: () => 'It usually takes seconds. We tell you in the talk.',
  } satisfies Words,
  deliveredTitle: { ja: (name) => `「${name}」が届きました`, en: (name) => `"${name}" is here` } satisfies One,
  returnedTitle: {
    ja: (name) => `「${name}」をお届けできませんでした`,
    en: (name) => `"${name}" could not be delivered`,
  } satisfies One,
  returned: { ja: () => 'ポイントをお返ししました。', en: () => 'Your points came back.' } satisfies Words,
  again: { ja: () => '最新の状態を見る', en: () => 'Look again' } satisfies Words,
  toStickers: { ja: () => 'ほかのスタンプを見る', en: () => 'Other stickers' } satisfies Words,
  alreadySent: {
    ja: () => 'このページからは、もう交換の手続きをしています。履歴をご確認ください。',
    en: () => 'Something was asked from this page already. Please see your history.',
  } satisfies Words,
} as const;
