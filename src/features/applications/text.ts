import type { Words } from '../../base/language.ts';

export const words = {
  title: { ja: () => '新規申し込み', en: () => 'New application' },
  intro: {
    ja: () => '申し訳ありません。LINEでのお申し込みは、まだ準備中です。今はお電話で承ります。',
    en: () => 'We are sorry: applying on LINE is not ready yet. For now, please apply by phone.',
  },
  phone: {
    ja: (phone: string, hours: string) => `${phone}（${hours}）`,
    en: (phone: string, hours: string) => `${phone} (${hours} Japan time)`,
  },
  needsTitle: { ja: () => 'お申し込みに必要なもの', en: () => 'What you will need' },
  needsIdentity: {
    ja: () => 'マイナンバーカード（ICチップで本人確認をします。写真での確認はできません）',
    en: () => 'My Number card (we read its chip to confirm who you are; photographs are not accepted)',
  },
  needsPayment: { ja: () => 'お支払いに使うもの', en: () => 'A means of payment' },
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
  seeNeeds: { ja: () => '必要なものを見る', en: () => 'What you will need' },
  call: { ja: () => '電話をかける', en: () => 'Call' },
  menu: { ja: () => 'メニュー', en: () => 'Menu' },
} satisfies Record<string, Words | Words<[string]> | Words<[string, string]>>;
