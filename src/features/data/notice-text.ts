import type { Words } from '../../base/language.ts';
import type { NoticeKind } from './notice-store.ts';

/** What notices say, and how they are switched, in both languages. */
export const noticeText = {
  low: {
    ja: (percent, amount) => `今月のデータ量が残り${percent}%になりました（残り${amount}）。`,
    en: (percent, amount) => `${percent}% of this month's data is left (${amount}).`,
  } satisfies Words<[string, string]>,
  empty: {
    ja: () =>
      '使えるデータ量がなくなりました。月末まで速度がゆっくりになります。追加購入やプレゼントの受け取りで、すぐに元の速さに戻ります。',
    en: () =>
      "There is no data left. The speed is reduced until the month's end. A top-up or a gift brings it back at once.",
  } satisfies Words,
  ending: {
    ja: (amount, until) => `${amount}が、もうすぐ期限です（${until}使えます）。`,
    en: (amount, until) => `${amount} ends soon: you can use it ${until}.`,
  } satisfies Words<[string, string]>,
  seeBalance: { ja: () => 'データ残量を見る', en: () => 'See my data' } satisfies Words,
  stop: { ja: () => 'この通知を止める', en: () => 'Stop these notices' } satisfies Words,

  title: { ja: () => 'お知らせの設定', en: () => 'Notices' } satisfies Words,
  lead: {
    ja: () => 'データ残量のお知らせを、種類ごとに切り替えられます。',
    en: () => 'Choose which notices about your data you get.',
  } satisfies Words,
  kinds: {
    low: { ja: () => '残りが少なくなったとき', en: () => 'When little is left' },
    empty: { ja: () => '残りがなくなったとき', en: () => 'When nothing is left' },
    ending: { ja: () => '期限が近づいたとき', en: () => 'Before data ends' },
  } satisfies Record<NoticeKind, Words>,
  isOn: { ja: () => '受け取る', en: () => 'On' } satisfies Words,
  isOff: { ja: () => '受け取らない', en: () => 'Off' } satisfies Words,
  switchTo: {
    low: {
      on: { ja: () => '「少ない」を受け取る', en: () => 'Little left: on' },
      off: { ja: () => '「少ない」を止める', en: () => 'Little left: off' },
    },
    empty: {
      on: { ja: () => '「なくなった」を受け取る', en: () => 'Nothing left: on' },
      off: { ja: () => '「なくなった」を止める', en: () => 'Nothing left: off' },
    },
    ending: {
      on: { ja: () => '「期限」を受け取る', en: () => 'Ending: on' },
      off: { ja: () => '「期限」を止める', en: () => 'Ending: off' },
    },
  } satisfies Record<NoticeKind, { on: Words; off: Words }>,
};
