import { formatBytes } from '../../base/bytes.ts';
import type { Language, Words } from '../../base/language.ts';
import type { LinkState } from '../../base/link-state.ts';
import type { Operator } from '../../base/operator.ts';
import { runnerOf, type SqlRunner } from '../../infra/db/runner.ts';
import { bubble, button, row } from '../../infra/line/flex.ts';
import { buttonData, type Message, type TalkHandler } from '../../infra/line/talk.ts';
import { formatYen } from '../../infra/ui/format.ts';
import { talkText as t } from './text.ts';

interface TalkDeps {
  readonly operator: Operator;
  readonly publicUrl: string;
  linkStateOf(sql: SqlRunner, lineUserId: string): Promise<LinkState>;
}

interface Way {
  readonly name: string;
  readonly words: readonly string[];
  readonly title: Words;
  readonly lead: Words;
  readonly open: Words;
  readonly path: string;
  /** What whoever only carries the phone is told. */
  readonly notForUsers: Words;
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
    title: t.billTitle,
    lead: t.billsLead,
    open: t.openBills,
    path: '/bills',
    notForUsers: t.onlyContractor,
  },
  {
    name: 'plan',
    words: ['プラン変更', 'オプション', 'オプション変更', 'changeplan', 'options'],
    title: t.planTitle,
    lead: t.planLead,
    open: t.openPlan,
    path: '/plan',
    notForUsers: t.onlyContractorPlan,
  },
];

export function wayTalks(deps: TalkDeps): readonly TalkHandler[] {
  return WAYS.map((way) => ({
    name: way.name,
    words: way.words,
    async hear({ db, lineUserId, language }) {
      const state = await deps.linkStateOf(runnerOf(db), lineUserId);
      if (state !== 'contractor' && state !== 'both') return [onlyContractors(way.notForUsers[language](), language)];
      return [
        bubble({
          title: way.title[language](),
          altText: way.lead[language](),
          body: [way.lead[language]()],
          buttons: [button(way.open[language](), `${deps.publicUrl}${way.path}?via=line`, 'primary')],
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
          : onlyContractors(t.askContractor[language](), language),
      ];
    },
  };
}

function packs({ operator, publicUrl }: TalkDeps, language: Language): Message {
  const rows = operator.billing.topUps.packs.map((pack) => ({
    name: formatBytes(pack.bytes, operator.megabyte),
    price: formatYen(pack.priceYen, language),
  }));
  return bubble({
    title: t.buyTitle[language](),
    altText: [t.buyTitle[language](), ...rows.map(({ name, price }) => `${name} ${price}`)].join('\n'),
    body: [...rows.map(({ name, price }) => row(name, price, { isBold: true })), t.buyLead[language]()],
    buttons: [button(t.buy[language](), `${publicUrl}/top-up?via=line`, 'primary')],
  });
}

function onlyContractors(why: string, language: Language): Message {
  return bubble({
    title: t.onlyContractorTitle[language](),
    altText: why,
    body: [why],
    buttons: [button(t.linkAsContractor[language](), buttonData('link-contractor', 'open'))],
  });
}
