import type { Language } from '../../base/language.ts';

interface ContractText {
  title: string;
  to(name: string): string;
  number: string;
  delivered: string;
  contractor: string;
  name: string;
  reading: string;
  birthDate: string;
  address: string;
  phone: string;
  mail: string;
  service: string;
  msisdn: string;
  plan: string;
  data: string;
  options: string;
  none: string;
  sim: string;
  simKinds: Record<'sim' | 'esim', string>;
  user: string;
  self: string;
  filtering: string;
  on: string;
  off: string;
  charges: string;
  monthly(name: string): string;
  universal: string;
  total: string;
  registration: string;
  payment: string;
  card(brand: string, lastFour: string): string;
  asBefore: string;
  taxed: string;
  withdrawal: string;
  lastDay: string;
  mayWithdraw(days: number, lastDay: string): string;
  paysThen(registration: string): string;
  howTo(phone: string, hours: string): string;
  told(operator: string): string;
  agreed: string;
  version(day: string): string;
  save: string;
}

const texts: Record<Language, ContractText> = {
  ja: {
    title: 'ご契約内容のご案内（契約書面）',
    to: (name) => `${name} 様`,
    number: 'お申し込み番号',
    delivered: 'この書面をお渡しした日',
    contractor: 'ご契約者',
    name: 'お名前',
    reading: 'フリガナ',
    birthDate: '生年月日',
    address: 'ご住所',
    phone: '連絡先の電話番号',
    mail: 'メールアドレス',
    service: 'ご契約の内容',
    msisdn: '電話番号',
    plan: 'プラン',
    data: '毎月のデータ量',
    options: 'オプション',
    none: 'なし',
    sim: 'SIMの種類',
    simKinds: { sim: 'SIMカード', esim: 'eSIM' },
    user: '利用者',
    self: '契約者ご本人',
    filtering: 'フィルタリング',
    on: '利用する',
    off: '利用しない',
    charges: '料金（税込み）',
    monthly: (name) => `${name}（毎月）`,
    universal: 'ユニバーサルサービス料など（毎月）',
    total: '毎月の合計',
    registration: '契約事務手数料（はじめに1回）',
    payment: 'お支払い方法',
    card: (brand, lastFour) => `クレジットカード ${brand} 末尾${lastFour}`,
    asBefore: 'いまのお支払い方法',
    taxed: '通話料、データの追加購入の料金は、ご利用の分だけ別にかかります。はじめの月の料金は、契約約款によります。',
    withdrawal: '初期契約解除について',
    lastDay: '初期契約解除ができる最後の日',
    mayWithdraw: (days, lastDay) =>
      `この書面を受け取った日から${days}日を過ぎるまで（${lastDay}まで）は、理由がなくても、契約を解除できます。違約金はかかりません。`,
    paysThen: (registration) =>
      `解除した場合、月々の料金はいただきません。契約事務手数料（${registration}）と、解除までにご利用になった通話料・追加購入したデータの料金はお支払いいただきます。いまの番号を引き継いだ場合、番号は元の会社に自動では戻りません。`,
    howTo: (phone, hours) =>
      `お手続きは、お申し込みのページの「契約を解除する」から、またはお電話（${phone}、${hours}）で。最後の日までにお申し出があれば、その時に効力が生じます。`,
    told: (operator) =>
      `${operator}が初期契約解除について事実と違うことをお伝えし、そのために期間内に解除できなかったときは、改めて書面を受け取った日から同じ日数の間、契約を解除できます。`,
    agreed: 'ご確認いただいた書類',
    version: (day) => `${day}版`,
    save: '契約書面（PDF）を保存する',
  },
  en: {
    title: 'Contract document',
    to: (name) => name,
    number: 'Order number',
    delivered: 'Delivered on',
    contractor: 'Contractor',
    name: 'Name',
    reading: 'Reading',
    birthDate: 'Born',
    address: 'Address',
    phone: 'Phone to call',
    mail: 'Mail',
    service: 'What the contract is about',
    msisdn: 'Phone number',
    plan: 'Plan',
    data: 'Data each month',
    options: 'Options',
    none: 'None',
    sim: 'Kind of SIM',
    simKinds: { sim: 'SIM card', esim: 'eSIM' },
    user: 'User',
    self: 'The contractor',
    filtering: 'Filtering',
    on: 'On',
    off: 'Off',
    charges: 'Charges (tax included)',
    monthly: (name) => `${name} (each month)`,
    universal: 'Universal service fee (each month)',
    total: 'Each month in all',
    registration: 'Registration fee (once)',
    payment: 'Payment',
    card: (brand, lastFour) => `Credit card ${brand} ending ${lastFour}`,
    asBefore: 'The present way of paying',
    taxed: 'Calls and data bought are charged as they are used. The first month is charged as the terms say.',
    withdrawal: 'Cancelling in the first days',
    lastDay: 'Last day for cancelling without a reason',
    mayWithdraw: (days, lastDay) =>
      `Within ${days} days, the day on which this document was received being the first (until ${lastDay}), the contract can be cancelled without a reason. There is no penalty.`,
    paysThen: (registration) =>
      `Monthly fees are then not charged. The registration fee (${registration}), calls made and data bought until then are. A number brought along does not go back to its former operator by itself.`,
    howTo: (phone, hours) =>
      `Cancel on the page of your order, or by phone (${phone}, ${hours} Japan time). It takes effect when you say so, until the last day.`,
    told: (operator) =>
      `If ${operator} has told you something untrue about this and you did not cancel in time because of it, you have the same number of days again from when you receive a new document.`,
    agreed: 'Documents you have read and agreed to',
    version: (day) => `version of ${day}`,
    save: 'Save the contract document (PDF)',
  },
};

/** The words of the contract document. */
export const contractText = (language: Language): ContractText => texts[language];
