import type { Words } from '../../../base/language.ts';

type One = Words<[string]>;

/** What the pages of plan and options say, in both languages. */
export const planText = {
  title: { ja: () => 'プラン・オプション', en: () => 'Plan and options' } satisfies Words,
  lead: {
    ja: () => '変更は翌月1日から有効です。それまでは取り消せます。',
    en: () => 'Changes count from the 1st of next month. Until then you can take them back.',
  } satisfies Words,
  nobody: {
    ja: () => 'ご利用中の回線がありません。',
    en: () => 'There is no subscription in service.',
  } satisfies Words,
  plan: { ja: () => 'プラン', en: () => 'Plan' } satisfies Words,
  options: { ja: () => 'オプション', en: () => 'Options' } satisfies Words,
  monthly: { ja: () => '月額（税込）', en: () => 'Each month, with tax' } satisfies Words,
  volume: { ja: () => '毎月のデータ量', en: () => 'Data each month' } satisfies Words,
  giftLimit: { ja: () => '月に贈れるデータ量', en: () => 'Gifts a month, at most' } satisfies Words,
  ends: {
    ja: (day) => `この回線は${day}で終わるため、変更できません。`,
    en: (day) => `This subscription ends with ${day}, so it cannot be changed.`,
  } satisfies One,
  staysFirst: {
    ja: () => '解約を取り消すと、変更できます。',
    en: () => 'Take the cancellation back, and it can.',
  } satisfies Words,
  toLeave: { ja: () => '解約の予定を見る', en: () => 'See the cancellation' } satisfies Words,
  change: { ja: () => '変更する', en: () => 'Change' } satisfies Words,
  waiting: {
    ja: (day) => `${day}から次の内容に変わります`,
    en: (day) => `From ${day} this becomes`,
  } satisfies One,
  takeBack: { ja: () => 'この変更を取り消す', en: () => 'Take this change back' } satisfies Words,
  asked: { ja: () => '変更を受け付けました。', en: () => 'Your change is noted.' } satisfies Words,
  takenBack: { ja: () => '変更を取り消しました。', en: () => 'The change was taken back.' } satisfies Words,
  changeTitle: { ja: () => 'プラン・オプションの変更', en: () => 'Change plan and options' } satisfies Words,
  choosePlan: { ja: () => 'プランを選ぶ', en: () => 'Plan' } satisfies Words,
  chooseOptions: { ja: () => 'オプションを選ぶ', en: () => 'Options' } satisfies Words,
  perMonth: { ja: (yen) => `月額${yen}`, en: (yen) => `${yen} a month` } satisfies One,
  planHint: {
    ja: (volume, yen) => `毎月${volume}・月額${yen}`,
    en: (volume, yen) => `${volume} a month, ${yen}`,
  } satisfies Words<[string, string]>,
  present: { ja: () => 'いまのプラン', en: () => 'your plan' } satisfies Words,
  notFor: {
    ja: (plans) => `${plans}では使えません。`,
    en: (plans) => `Not with ${plans}.`,
  } satisfies One,
  toConfirm: { ja: () => '確認へ進む', en: () => 'Continue' } satisfies Words,
  confirmTitle: { ja: () => '変更内容の確認', en: () => 'Check the change' } satisfies Words,
  fromDay: { ja: (day) => `${day}から変わります。`, en: (day) => `It counts from ${day}.` } satisfies One,
  what: { ja: () => '項目', en: () => 'Item' } satisfies Words,
  now: { ja: () => 'いま', en: () => 'Now' } satisfies Words,
  after: { ja: () => '変更後', en: () => 'Then' } satisfies Words,
  compare: { ja: () => '変わるところ', en: () => 'What changes' } satisfies Words,
  fallAwayTitle: { ja: () => '外れるオプション', en: () => 'Options that fall away' } satisfies Words,
  fallAway: {
    ja: (name) => `${name}（新しいプランでは使えません）`,
    en: (name) => `${name} (does not go with the new plan)`,
  } satisfies One,
  confirm: { ja: () => 'この内容で変更する', en: () => 'Confirm the change' } satisfies Words,
  history: { ja: () => '変更の履歴', en: () => 'History' } satisfies Words,
  historyHead: {
    from: { ja: () => '適用', en: () => 'From' },
    what: { ja: () => '内容', en: () => 'What' },
    state: { ja: () => '状態', en: () => 'State' },
  } satisfies Record<string, Words>,
  states: {
    waiting: { ja: () => '予定', en: () => 'planned' },
    'taken-back': { ja: () => '取り消し', en: () => 'taken back' },
    applied: { ja: () => '適用済み', en: () => 'in effect' },
  } satisfies Record<string, Words>,
};
