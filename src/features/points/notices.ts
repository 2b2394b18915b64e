import type { NoticeKind } from '../official-account/index.ts';
import type { PointEventKind } from './facts.ts';

/** What contractors are told without asking, each to be switched off by itself. */
export const pointNotices: readonly NoticeKind[] = [
  {
    kind: 'points-granted',
    for: 'contractor',
    when: { ja: 'ポイントが付いたとき', en: 'When points come' },
    short: { ja: 'ポイント付与', en: 'Points come' },
  },
  {
    kind: 'points-ending',
    for: 'contractor',
    when: { ja: 'ポイントの期限のとき', en: 'When points end' },
    short: { ja: 'ポイント期限', en: 'Points end' },
  },
];

/** Which switch an event goes by; null for what is not announced. */
export function noticeOf(kind: PointEventKind): 'points-granted' | 'points-ending' | null {
  switch (kind) {
    case 'granted':
    case 'goodwill':
    case 'invitation':
    case 'bill-returned':
      return 'points-granted';
    case 'ending':
    case 'expired':
      return 'points-ending';
    case 'bill':
    case 'sticker':
    case 'sticker-returned':
      return null;
  }
}
