import { counted, type Language } from '../../../base/language.ts';
import type { ItemFaultCode } from '../items-import.ts';

interface BillItemsText {
  title: string;
  hint: string;
  lead: string;
  columns: string;
  limits: (rows: number) => string;
  source: string;
  sourceHint: string;
  csv: string;
  reason: string;
  reasonHint: string;
  check: string;
  ask: string;
  checked: string;
  fresh: string;
  count: (items: number) => string;
  sum: string;
  duplicates: string;
  rejected: string;
  line: string;
  why: string;
  nothingWritten: string;
  faults: {
    csv: string;
    tooMany: (rows: number) => string;
    /** The names of the columns that are missing. */
    columns: (names: string) => string;
    source: string;
    reason: string;
    rejected: (rows: number) => string;
    nothingNew: string;
  };
  codes: Record<ItemFaultCode, string>;
  asked: (items: number) => string;
  subscription: string;
  kinds: Record<'calls' | 'correction', string>;
  notAsChecked: string;
}

const ja: BillItemsText = {
  title: '請求明細の取り込み',
  hint: '通話料や訂正をCSVで取り込みます。別の人の承認のあと、請求にのります。',
  lead: 'CSVを貼り付けて、まず内容を確かめます。すべての行に問題がなければ、承認を申請できます。別の責任者か管理者が承認すると、次の請求にのります。',
  columns:
    '1行目は列の名前です。必要な列：id, subject（電話番号か回線のID）, at（例：2026-04-10T12:00:00+09:00）, amountYen（税込みの円）, label。任意の列：labelEn, kind（calls か correction）, taxed（yes か no）。',
  limits: (rows) => `一度に${rows}行までです。それより多いファイルは、npm run bills:import で取り込みます。`,
  source: '取り込み元の名前',
  sourceHint: '同じ取り込み元の同じidは、一度だけ取り込みます。半角の英数字',
  csv: 'CSV',
  reason: '理由',
  reasonHint: '承認する人が読みます。5文字以上（確かめるだけなら、なくてもかまいません）',
  check: '確かめる',
  ask: '承認を申請する',
  checked: '確かめた結果',
  fresh: '新しい明細',
  count: (items) => `${items}件`,
  sum: '合計',
  duplicates: '取り込み済み',
  rejected: '取り込めない行',
  line: '行',
  why: '理由',
  nothingWritten: 'まだ何も取り込んでいません。',
  faults: {
    csv: 'CSVを貼り付けてください。',
    tooMany: (rows) => `一度に取り込めるのは${rows}行までです。分けて貼り付けてください。`,
    columns: (names) => `CSVを読めませんでした。次の列がありません：${names}`,
    source: '取り込み元の名前を、50文字までの半角の英数字で入力してください。',
    reason: '理由を5文字以上で入力してください。',
    rejected: (rows) => `取り込めない行が${rows}行あります。直すか、取りのぞいてください。`,
    nothingNew: '新しい明細がありません。どの行も取り込み済みです。',
  },
  codes: {
    'not-a-row': 'CSVの行として読めません。',
    'no-id': 'idは1文字から200文字です。',
    'no-subject': 'subjectは電話番号か回線のIDです。',
    'no-moment': 'atは2026-04-10T12:00:00+09:00のような日時です。',
    'not-an-amount': 'amountYenは円の整数です。マイナスにできるのは、kindがcorrectionの行だけです。',
    'no-label': 'labelは1文字から100文字です。',
    'no-kind': 'kindはcallsかcorrectionです。',
    'not-yes-or-no': 'taxedはyesかnoです。',
    'unknown-subscription': 'この電話番号かIDの回線がありません。',
    'from-the-future': '日時が未来です。',
    'conflicting-item': '同じidの、別の内容の明細があります。',
  },
  asked: (items) => `請求明細を${items}件取り込む`,
  subscription: '回線の台帳',
  kinds: { calls: '通話料', correction: '訂正' },
  notAsChecked: '申請のあとに内容が変わり、取り込めない明細があります。申請し直してください。',
};

const en: BillItemsText = {
  title: 'Bill items',
  hint: 'Calls and corrections from CSV; they go onto bills when a second person approves.',
  lead: 'Paste the CSV and check it first. When every row is good, ask for approval: another supervisor or an admin approves, and the items go onto the next bills.',
  columns:
    'The first row names the columns: id, subject (phone number or id of the subscription), at (like 2026-04-10T12:00:00+09:00), amountYen (with tax), label; may be left out: labelEn, kind (calls or correction), taxed (yes or no).',
  limits: (rows) => `At most ${rows} rows at a time. Larger files are taken by npm run bills:import.`,
  source: 'Name of the source',
  sourceHint: 'Within one source each id is taken once. Letters and digits',
  csv: 'CSV',
  reason: 'Reason',
  reasonHint: 'Read by whoever approves. Five characters at least (not needed to check only)',
  check: 'Check',
  ask: 'Ask for approval',
  checked: 'What would happen',
  fresh: 'New items',
  count: (items) => (items === 1 ? '1 item' : `${items} items`),
  sum: 'Sum',
  duplicates: 'Taken already',
  rejected: 'Rows that cannot be taken',
  line: 'Line',
  why: 'Why',
  nothingWritten: 'Nothing has been taken yet.',
  faults: {
    csv: 'Paste the CSV.',
    tooMany: (rows) => `At most ${rows} rows at a time: paste it in parts.`,
    columns: (names) => `The CSV cannot be read: it lacks the columns ${names}.`,
    source: 'Enter a name of the source, at most 50 letters and digits.',
    reason: 'Enter a reason of five characters at least.',
    rejected: (rows) => `${counted(rows, 'row')} cannot be taken: mend what is wrong or leave it out.`,
    nothingNew: 'There is nothing new: every row is taken already.',
  },
  codes: {
    'not-a-row': 'This is no row of CSV.',
    'no-id': 'id has 1 to 200 characters.',
    'no-subject': 'subject is a phone number or the id of a subscription.',
    'no-moment': 'at is a moment like 2026-04-10T12:00:00+09:00.',
    'not-an-amount': 'amountYen is whole yen; only a correction is below zero.',
    'no-label': 'label has 1 to 100 characters.',
    'no-kind': 'kind is calls or correction.',
    'not-yes-or-no': 'taxed is yes or no.',
    'unknown-subscription': 'No subscription has this phone number or id.',
    'from-the-future': 'It is of the future.',
    'conflicting-item': 'Its id was used for another item.',
  },
  asked: (items) => `Take ${items} bill items`,
  subscription: 'Ledger of the subscription',
  kinds: { calls: 'Calls', correction: 'Correction' },
  notAsChecked: 'Something changed since it was asked for, and an item cannot be taken. Ask anew.',
};

const catalogue: Record<Language, BillItemsText> = { ja, en };

export function billItemsText(language: Language): BillItemsText {
  return catalogue[language];
}
