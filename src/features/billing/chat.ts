import { formatBytes } from '../../base/bytes.ts';
import type { Language } from '../../base/language.ts';
import type { LinkState } from '../../base/link-state.ts';
import type { Operator } from '../../base/operator.ts';
import { runnerOf, type SqlRunner } from '../../infra/db/runner.ts';
import { bubble, button, row } from '../../infra/line/flex.ts';
import { buttonData, type Message, type TalkHandler } from '../../infra/line/talk.ts';
import { formatYen } from '../../infra/ui/format.ts';
import { talkText } from './text.ts';

interface TalkDeps {
  readonly operator: Operator;
  readonly publicUrl: string;
  linkStateOf(sql: SqlRunner, lineUserId: string): Promise<LinkState>;
}

interface Way {
  readonly name: string;
  readonly words: readonly string[];
  readonly path: string;
  readonly says: (language: Language) => WayWords;
}

interface WayWords {
  readonly title: string;
  readonly lead: string;
  readonly open: string;
  /** What whoever only carries the phone is told. */
  readonly notForUsers: string;
}

/** 請求 and プラン: the way to the page, for contractors. */
const WAYS: readonly Way[] = [
  {
    name: 'bills',
    words: [
      '請求',
      'ご請求',
      'せいきゅう',
      '請求額',
      '明細',
      '支払い',
      'お支払い',
      'bill',
      'bills',
      'invoice',
      'payment',
    ],
    path: '/bills',
    says(language) {
      const t = talkText(language);
      return { title: t.billTitle, lead: t.billsLead, open: t.openBills, notForUsers: t.onlyContractor };
    },
  },
  {
    name: 'plan',
    words: ['プラン変更', 'オプション', 'オプション変更', 'changeplan', 'options'],
    path: '/plan',
    says(language) {
      const t = talkText(language);
      return { title: t.planTitle, lead: t.planLead, open: t.openPlan, notForUsers: t.onlyContractorPlan };
    },
  },
];

export function wayTalks(deps: TalkDeps): readonly TalkHandler[] {
  return WAYS.map((way) => ({
    name: way.name,
    words: way.words,
    async hear({ db, lineUserId, language }) {
      const says = way.says(language);
      const state = await deps.linkStateOf(runnerOf(db), lineUserId);
      if (state !== 'contractor' && state !== 'both') return [onlyContractors(says.notForUsers, language)];
      return [
        bubble({
          title: says.title,
          altText: says.lead,
          body: [says.lead],
          buttons: [button(says.open, `${deps.publicUrl}${way.path}?via=line`, 'primary')],
        }),
      ];
    },
  }));
}

/** 追加購入: the packs and the way to the page, for contractors; everybody else is told whom to ask. */
export function topUpTalk(deps: TalkDeps): TalkHandler {
  return {
    name: 'top-up',
    words: [
      '追加購入',
      'データ追加',
      'データ購入',
      'チャージ',
      'ちゃーじ',
      '追加チャージ',
      'topup',
      'top-up',
      'buydata',
      'charge',
    ],
    async hear({ db, lineUserId, language }) {
      const state = await deps.linkStateOf(runnerOf(db), lineUserId);
      return [
        state === 'contractor' || state === 'both'
          ? packs(deps, language)
          : onlyContractors(talkText(language).askContractor, language),
      ];
    },
  };
}

function packs({ operator, publicUrl }: TalkDeps, language: Language): Message {
  const talkWords = talkText(language);
  const rows = operator.billing.topUps.packs.map((pack) => ({
    name: formatBytes(pack.bytes, operator.megabyte),
    price: formatYen(pack.priceYen, language),
  }));
  return bubble({
    title: talkWords.buyTitle,
    altText: [talkWords.buyTitle, ...rows.map(({ name, price }) => `${name} ${price}`)].join('\n'),
    body: [...rows.map(({ name, price }) => row(name, price, { isBold: true })), talkWords.buyLead],
    buttons: [button(talkWords.buy, `${publicUrl}/top-up?via=line`, 'primary')],
  });
}

function onlyContractors(why: string, language: Language): Message {
  const talkWords = talkText(language);
  return bubble({
    title: talkWords.onlyContractorTitle,
    altText: why,
    body: [why],
    buttons: [button(talkWords.linkAsContractor, buttonData('link-contractor', 'open'))],
  });
}
