import { formatBytes } from '../../base/bytes.ts';
import type { Language } from '../../base/language.ts';
import type { LinkState } from '../../base/link-state.ts';
import type { Operator } from '../../base/operator.ts';
import { runnerOf, type SqlRunner } from '../../infra/db/runner.ts';
import { bubble, button, quickReply, row } from '../../infra/line/flex.ts';
import { buttonData, type Message, type TalkHandler } from '../../infra/line/talk.ts';
import { formatYen } from '../../infra/ui/format.ts';
import { talkText as t } from './text.ts';

interface TalkDeps {
  readonly operator: Operator;
  readonly publicUrl: string;
  linkStateOf(sql: SqlRunner, lineUserId: string): Promise<LinkState>;
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
      return [state === 'contractor' || state === 'both' ? packs(deps, language) : askContractor(language)];
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

function askContractor(language: Language): Message {
  return bubble({
    title: t.askContractorTitle[language](),
    altText: t.askContractor[language](),
    body: [t.askContractor[language]()],
    quickReplies: [quickReply(t.linkAsContractor[language](), buttonData('link-contractor', 'open'))],
  });
}
