import { catalogue } from '../../../base/language.ts';
import type { NoticeKind } from '../../official-account/index.ts';

const ja = {
  low: (percent: string, amount: string) => `今月のデータ量が残り${percent}%になりました（残り${amount}）。`,
  empty:
    '使えるデータ量がなくなりました。月末まで速度がゆっくりになります。追加購入やプレゼントの受け取りで、すぐに元の速さに戻ります。',
  ending: (amount: string, until: string) => `${amount}が、もうすぐ期限です（${until}使えます）。`,
  seeBalance: 'データ残量を見る',
  stop: 'この通知を止める',
};

const en: typeof ja = {
  low: (percent, amount) => `${percent}% of this month's data is left (${amount}).`,
  empty:
    "There is no data left. The speed is reduced until the month's end. A top-up or a gift brings it back at once.",
  ending: (amount, until) => `${amount} ends soon: you can use it ${until}.`,
  seeBalance: 'See my data',
  stop: 'Stop these notices',
};

/** What notices say, in both languages. */
export const noticeText = catalogue(ja, en);

/** What the users of a subscription are told without asking, each to be switched off by itself. */
export const noticeKinds: readonly NoticeKind[] = [
  {
    kind: 'low',
    for: 'user',
    when: { ja: '残りが少なくなったとき', en: 'When little is left' },
    short: { ja: '少ない', en: 'Little left' },
  },
  {
    kind: 'empty',
    for: 'user',
    when: { ja: '残りがなくなったとき', en: 'When nothing is left' },
    short: { ja: 'なくなった', en: 'Nothing left' },
  },
  {
    kind: 'ending',
    for: 'user',
    when: { ja: '期限が近づいたとき', en: 'Before data ends' },
    short: { ja: '期限', en: 'Ending' },
  },
];
