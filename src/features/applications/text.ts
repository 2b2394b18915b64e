import { catalogue, type Words } from '../../base/language.ts';

/** What the talk says. */
export const words = {
  title: { ja: () => '新規申し込み', en: () => 'New application' },
  intro: {
    ja: () => '約3分でお申し込みいただけます。途中でやめても、7日間は続きから入力できます。',
    en: () => 'Apply in about three minutes. You can stop and go on within 7 days.',
  },
  begin: { ja: () => '申し込みをはじめる', en: () => 'Begin' },
  byPhone: {
    ja: (phone: string, hours: string) => `お申し込みは、お電話で承ります。${phone}（${hours}）`,
    en: (phone: string, hours: string) => `Please apply by phone: ${phone} (${hours} Japan time).`,
  },
  goOnTitle: { ja: () => '申し込みの途中です', en: () => 'Your application' },
  where: { ja: () => 'いまの場所', en: () => 'Where you are' },
  whereAt: {
    ja: (step: string, at: string, of: string) => `${step}（${of}ステップ中 ${at}）`,
    en: (step: string, at: string, of: string) => `${step} (step ${at} of ${of})`,
  },
  until: { ja: () => '保存の期限', en: () => 'Kept until' },
  goOn: { ja: () => '続きから入力する', en: () => 'Go on' },
  anew: { ja: () => '申し込みのページを開く', en: () => 'Open the first page' },
  needsTitle: { ja: () => 'お申し込みに必要なもの', en: () => 'What you will need' },
  needsIdentity: {
    ja: () => 'マイナンバーカード（ICチップで本人確認をします。写真での確認はできません）',
    en: () => 'My Number card (its chip is read to confirm who you are; photographs are not accepted)',
  },
  needsPayment: { ja: () => 'お支払い用のクレジットカード', en: () => 'A credit card to pay with' },
  needsMnp: {
    ja: () => '番号をそのまま使う方は、MNP予約番号（有効期間が10日以上残っているもの）。ワンストップ方式なら不要です。',
    en: () => 'To keep your number: an MNP reservation number with at least 10 days left. Not needed for one-stop MNP.',
  },
  plansTitle: { ja: () => '料金プラン', en: () => 'Plans' },
  planPrice: {
    ja: (yen: string) => `月額 ${yen}円`,
    en: (yen: string) => `¥${yen} a month`,
  },
  dataOnly: { ja: (plan: string) => `${plan}（データ専用）`, en: (plan: string) => `${plan} (data only)` },
  seePlans: { ja: () => '料金プランを見る', en: () => 'See the plans' },
  seeOrder: { ja: () => '申し込みの状況を見る', en: () => 'How far my order is' },
  seeNeeds: { ja: () => '申し込みに必要なもの', en: () => 'What you need to apply' },
  call: { ja: () => '電話をかける', en: () => 'Call' },
  menu: { ja: () => 'メニュー', en: () => 'Menu' },
} satisfies Record<string, Words | Words<[string]> | Words<[string, string]> | Words<[string, string, string]>>;

const ja = {
  codeSubject: (operator: string, code: string) => `【${operator}】確認コード ${code}`,
  code: (operator: string, code: string, minutes: number) =>
    [
      `${operator}の新規申し込みの確認コードです。`,
      `確認コード: ${code}`,
      `${minutes}分以内に、申し込みのページで入力してください。`,
      'お心当たりがないときは、このメールを消してください。コードはだれにも伝えないでください。',
    ].join('\n\n'),
  linkSubject: (operator: string) => `【${operator}】お申し込みの続き`,
  link: (operator: string, url: string, hours: number) =>
    [
      `${operator}のお申し込みの続きは、次のリンクから入力できます。`,
      url,
      `リンクは${hours}時間以内に、1回だけ使えます。だれにも転送しないでください。`,
      'お心当たりがないときは、このメールを消してください。',
    ].join('\n\n'),
};

const en: typeof ja = {
  codeSubject: (operator, code) => `${operator}: your code is ${code}`,
  code: (operator, code, minutes) =>
    [
      `This is the code for your application to ${operator}.`,
      `Code: ${code}`,
      `Enter it on the page of the application within ${minutes} minutes.`,
      'If you did not apply, please delete this mail. Tell the code to nobody.',
    ].join('\n\n'),
  linkSubject: (operator) => `${operator}: go on with your application`,
  link: (operator, url, hours) =>
    [
      `Go on with your application to ${operator} here:`,
      url,
      `The link works once, within ${hours} hours. Do not pass it on to anybody.`,
      'If you did not apply, please delete this mail.',
    ].join('\n\n'),
};

/** What is mailed to somebody who applies. */
export const mailText = catalogue(ja, en);
