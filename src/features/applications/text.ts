import { catalogue } from '../../base/language.ts';

const ja = {
  title: '新規申し込み',
  intro: '約3分でお申し込みいただけます。途中でやめても、7日間は続きから入力できます。',
  begin: '申し込みをはじめる',
  byPhone: (phone: string, hours: string) => `お申し込みは、お電話で承ります。${phone}（${hours}）`,
  goOnTitle: '申し込みの途中です',
  where: 'いまの場所',
  whereAt: (step: string, at: string, of: string) => `${step}（${of}ステップ中 ${at}）`,
  until: '保存の期限',
  goOn: '続きから入力する',
  anew: '申し込みのページを開く',
  needsTitle: 'お申し込みに必要なもの',
  needsIdentity: 'マイナンバーカード（ICチップで本人確認をします。写真での確認はできません）',
  needsPayment: 'お支払い用のクレジットカード',
  needsMnp: '番号をそのまま使う方は、MNP予約番号（有効期間が10日以上残っているもの）。ワンストップ方式なら不要です。',
  plansTitle: '料金プラン',
  planPrice: (yen: string) => `月額 ${yen}円`,
  dataOnly: (plan: string) => `${plan}（データ専用）`,
  seePlans: '料金プランを見る',
  seeOrder: '申し込みの状況を見る',
  seeNeeds: '申し込みに必要なもの',
  call: '電話をかける',
};

const en: typeof ja = {
  title: 'New application',
  intro: 'Apply in about three minutes. You can stop and go on within 7 days.',
  begin: 'Begin',
  byPhone: (phone, hours) => `Please apply by phone: ${phone} (${hours} Japan time).`,
  goOnTitle: 'Your application',
  where: 'Where you are',
  whereAt: (step, at, of) => `${step} (step ${at} of ${of})`,
  until: 'Kept until',
  goOn: 'Go on',
  anew: 'Open the first page',
  needsTitle: 'What you will need',
  needsIdentity: 'My Number card (its chip is read to confirm who you are; photographs are not accepted)',
  needsPayment: 'A credit card to pay with',
  needsMnp: 'To keep your number: an MNP reservation number with at least 10 days left. Not needed for one-stop MNP.',
  plansTitle: 'Plans',
  planPrice: (yen) => `¥${yen} a month`,
  dataOnly: (plan) => `${plan} (data only)`,
  seePlans: 'See the plans',
  seeOrder: 'How far my order is',
  seeNeeds: 'What you need to apply',
  call: 'Call',
};

/** What the talk says. */
export const talkText = catalogue(ja, en);
