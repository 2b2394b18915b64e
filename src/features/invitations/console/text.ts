import { catalogue } from '../../../base/language.ts';
import type { BatchFault } from '../entry-codes.ts';
import type { EntryCodeState } from '../rules/entry-code.ts';

const ja = {
  title: 'エントリーコード',
  hint: '契約事務手数料がかからなくなるコードを作り、使われ方を見ます。',
  lead: 'コードを使うと、契約事務手数料がかかりません。1つのコードで1件のお申し込みに使えます。',
  make: 'コードを作る',
  none: 'まだ作られていません。',
  caption: '作ったコード（新しい順）',
  head: ['使いみち', '作った日', '使える最後の日', '枚数', '手続き中', '使用済み'],
  purpose: '使いみち',
  purposeHint: 'どこで配るか。例：春のキャンペーン 新宿店',
  count: '枚数',
  countHint: '1〜500',
  lastDay: '使える最後の日',
  lastDayHint: '今日から366日先まで',
  faults: {
    'purpose-missing': '使いみちを入力してください。',
    'count-out-of-range': '枚数は1〜500で入力してください。',
    'end-out-of-range': '使える最後の日は、今日から366日先までの日にしてください。',
  } satisfies Record<BatchFault, string>,
  batchTitle: (purpose: string) => `エントリーコード：${purpose}`,
  madeOn: '作った日',
  link: 'コードを入れたリンク',
  codes: 'コード',
  codeHead: ['コード', '状態'],
  states: {
    open: '未使用',
    held: '手続き中',
    redeemed: '使用済み',
    withdrawn: '取り消し',
    expired: '期限切れ',
  } satisfies Record<EntryCodeState, string>,
  withdraw: '未使用のコードを取り消す',
  withdrawTitle: '未使用のコードを取り消しますか？',
  withdrawLead: 'まだ使われていないコードは、使えなくなります。手続き中と使用済みのものは、そのままです。',
  withdrawn: (day: string) => `${day}に、未使用のコードを取り消しました。`,
};

const en: typeof ja = {
  title: 'Entry codes',
  hint: 'Make codes that waive the registration fee, and see how they are used.',
  lead: 'Whoever applies with a code pays no registration fee. One code is for one application.',
  make: 'Make codes',
  none: 'None have been made yet.',
  caption: 'Codes made, newest first',
  head: ['Purpose', 'Made on', 'Last day of use', 'Codes', 'Under way', 'Used'],
  purpose: 'Purpose',
  purposeHint: 'Where they are handed out, for example: spring campaign, Shinjuku shop',
  count: 'How many',
  countHint: '1 to 500',
  lastDay: 'Last day of use',
  lastDayHint: 'at most 366 days from today',
  faults: {
    'purpose-missing': 'Enter a purpose.',
    'count-out-of-range': 'Enter a number from 1 to 500.',
    'end-out-of-range': 'Choose a day from today to 366 days from now.',
  },
  batchTitle: (purpose) => `Entry codes: ${purpose}`,
  madeOn: 'Made on',
  link: 'A link with a code in it',
  codes: 'Codes',
  codeHead: ['Code', 'State'],
  states: { open: 'not used', held: 'under way', redeemed: 'used', withdrawn: 'withdrawn', expired: 'expired' },
  withdraw: 'Withdraw the codes not used',
  withdrawTitle: 'Withdraw the codes not used?',
  withdrawLead: 'Codes that are not used yet will stop working. Those under way and those used stay as they are.',
  withdrawn: (day) => `Codes not used were withdrawn on ${day}.`,
};

export const consoleText = catalogue(ja, en);
