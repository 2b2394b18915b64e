import type { messagingApi } from '@line/bot-sdk';
import { formatBytes } from '../../../base/bytes.ts';
import { type Language, listed } from '../../../base/language.ts';
import type { Operator } from '../../../base/operator.ts';
import { runnerOf, type SqlRunner } from '../../../infra/db/runner.ts';
import {
  type BubbleParts,
  bubble,
  button,
  carousel,
  ink,
  paragraph,
  type QuickReplyItem,
  quickReply,
  row,
  separator,
  text,
} from '../../../infra/line/flex.ts';
import { buttonData, type Heard, type Message, type TalkContext, type TalkHandler } from '../../../infra/line/talk.ts';
import { uiText } from '../../../infra/ui/text.ts';
import { serviceState } from '../../contractors/index.ts';
import type { Calendar } from '../rules/calendar.ts';
import { throttledUntil } from '../slowing/throttle-store.ts';
import { dataText } from '../text.ts';
import { dayWords, subscriptionName, throttleWords, untilDay } from '../words.ts';
import { type Balance, readBalances } from './balance.ts';
import { subscriptionsInTalk, type VisibleSubscription } from './visible-store.ts';

export interface DataTalkDeps {
  readonly operator: Operator;
  readonly calendar: Calendar;
  readonly publicUrl: string;
  readBalance(subscriptionId: string): Promise<Balance>;
  readonly linking: {
    chosenSubscription(sql: SqlRunner, lineUserId: string): Promise<string | null>;
    chooseSubscription(sql: SqlRunner, choice: { lineUserId: string; subscriptionId: string }): Promise<boolean>;
  };
}

/** A carousel holds twelve cards; ten keep it quick to load. */
const CARDS = 10;
const REPLIES = 10;

/** データ残量確認: what is left, by kind and until when, in the talk. */
export function dataTalk(deps: DataTalkDeps): TalkHandler {
  return {
    name: 'data',
    words: [
      '残量',
      'ざんりょう',
      'ギガ',
      'ぎが',
      'データ',
      'データ残量確認',
      'データ残量',
      '残りギガ',
      'データ量',
      '通信量',
      'パケット',
      'balance',
      'data',
      'gb',
      'usage',
      'dataleft',
      'mydata',
    ],
    async hear(context, heard) {
      const sql = runnerOf(context.db);
      const mine = await subscriptionsInTalk(sql, context.lineUserId);
      if (mine.length === 0) return [notLinked(context.language)];
      const linked = mine.filter((subscription) => subscription.isLinked);
      const wantsAll = heard.kind === 'button' && heard.action === 'all';
      if (linked.length === 0 || wantsAll) return several(deps, sql, context, mine);
      const chosen = await choose(deps, sql, context, heard);
      const shown = linked.find((subscription) => subscription.subscriptionId === chosen) ?? linked[0];
      return shown === undefined ? [notLinked(context.language)] : [await one(deps, sql, context, shown, mine)];
    },
  };
}

/** The subscription tapped, else the one this person means. Somebody else's id changes nothing. */
async function choose(
  { linking }: DataTalkDeps,
  sql: SqlRunner,
  { lineUserId }: TalkContext,
  heard: Heard,
): Promise<string | null> {
  const tapped = heard.kind === 'button' && heard.action === 'choose' ? heard.params.get('subscription') : null;
  if (tapped !== null && /^[0-9a-f-]{36}$/.test(tapped)) {
    await linking.chooseSubscription(sql, { lineUserId, subscriptionId: tapped });
  }
  return linking.chosenSubscription(sql, lineUserId);
}

async function one(
  deps: DataTalkDeps,
  sql: SqlRunner,
  { language, now }: TalkContext,
  shown: VisibleSubscription,
  mine: readonly VisibleSubscription[],
): Promise<Message> {
  const balance = await deps.readBalance(shown.subscriptionId);
  const others = mine.filter((each) => each.isLinked && each.subscriptionId !== shown.subscriptionId);
  const replies: QuickReplyItem[] = others
    .slice(0, REPLIES)
    .map((other) =>
      quickReply(
        subscriptionName(other, language),
        buttonData('data', 'choose', { subscription: other.subscriptionId }),
      ),
    );
  if (mine.some((each) => !each.isLinked)) replies.push(quickReply(dataText(language).all, buttonData('data', 'all')));
  const slowed = await slowedAmong(sql, [balance], now);
  return bubble({ ...card(deps, language, { shown, balance, now, slowed }), quickReplies: replies });
}

async function several(
  deps: DataTalkDeps,
  sql: SqlRunner,
  { language, now }: TalkContext,
  mine: readonly VisibleSubscription[],
): Promise<Message[]> {
  const running = mine.filter((each) => serviceState(each, now) !== 'ended');
  const shown = running.slice(0, CARDS);
  const [first] = mine;
  if (shown.length === 0 && first)
    return [bubble(card(deps, language, { shown: first, balance: undefined, now, slowed: new Map() }))];
  const ids = shown.map((each) => each.subscriptionId);
  const balances = await readBalances(sql, ids, { now, calendar: deps.calendar });
  const slowed = await slowedAmong(sql, balances, now);
  const cards = shown.map((each, index) =>
    card(deps, language, { shown: each, balance: balances[index], now, slowed }),
  );
  const told = cards.map((each) => each.altText).join('\n');
  const t = dataText(language);
  const more = running.length - shown.length;
  return [
    carousel(`${t.severalTitle(String(shown.length))}\n${told}`, cards),
    ...(more > 0 ? [text(t.more(String(more)))] : []),
  ];
}

type Slowed = Awaited<ReturnType<typeof throttledUntil>>;

/** Only those with nothing left can be slowed, so mostly nothing is asked. */
function slowedAmong(
  sql: SqlRunner,
  balances: readonly (Balance | undefined)[],
  now: TalkContext['now'],
): Promise<Slowed> {
  const empty = balances.flatMap((balance) => (balance?.totalBytes === 0 ? [balance.subscriptionId] : []));
  return throttledUntil(sql, empty, now);
}

function card(
  { operator, calendar, publicUrl }: DataTalkDeps,
  language: Language,
  facts: { shown: VisibleSubscription; balance: Balance | undefined; now: TalkContext['now']; slowed: Slowed },
): BubbleParts {
  const t = dataText(language);
  const { shown, balance, now, slowed } = facts;
  const name = subscriptionName(shown, language);
  const state = serviceState(shown, now);
  if (state !== 'in-service' || balance === undefined) {
    const day = dayWords(calendar.dayOf(shown.opensAt), language);
    const why = state === 'not-open' ? t.notOpen(day) : t.ended;
    return { title: name, altText: `${name} ${why}`, body: [why] };
  }
  const amount = (bytes: number) => formatBytes(bytes, operator.megabyte);
  // Of what the month brings, as on the page: of a little that is left, all of it is not a full bar.
  const plan = operator.plans.find(({ code }) => code === shown.planCode);
  const whole = Math.max(balance.totalBytes, plan?.monthlyBytes ?? 0);
  const total = amount(balance.totalBytes);
  const kinds = balance.buckets.filter((bucket) => bucket.remainingBytes > 0);
  const until = slowed.get(shown.subscriptionId);
  const nothing = nothingWords();
  const said = balance.totalBytes === 0 ? nothing.join(' ') : `${t.leftOf(total)} ${kindsSaid()}`;
  /** What is on loan to the network may still come back. */
  function nothingWords(): readonly string[] {
    if (until !== undefined) return throttleWords(until, calendar, language);
    const held = balance?.reservedBytes ?? 0;
    return [held > 0 ? t.reservedWhy(amount(held)) : t.nothingLeft];
  }
  function kindsSaid(): string {
    const said = kinds.map((bucket) => `${uiText(language).kinds[bucket.kind]} ${amount(bucket.remainingBytes)}`);
    return listed(said, language);
  }
  return {
    title: name,
    altText: `${name} ${said}`,
    body: [
      paragraph(t.left, { size: 'sm', color: ink.soft }),
      paragraph(total, { size: '3xl', isBold: true, margin: 'none' }),
      ...(balance.totalBytes === 0 ? nothing : []),
      ...(balance.totalBytes === 0 && !shown.isOwnContract ? [t.askContractor] : []),
      ...kinds.flatMap((bucket) => [
        row(uiText(language).kinds[bucket.kind], amount(bucket.remainingBytes), { isBold: true }),
        ...(bucket.expiresAt === null
          ? []
          : [
              paragraph(untilDay(bucket.expiresAt, calendar, language), {
                size: 'xs',
                color: ink.soft,
                margin: 'none',
              }),
            ]),
        bar(bucket.remainingBytes / whole),
      ]),
      separator(),
      ...(balance.reservedBytes > 0 ? [row(t.reserved, amount(balance.reservedBytes))] : []),
      row(t.today, amount(balance.todayBytes)),
      row(t.month, amount(balance.monthBytes)),
    ],
    buttons: [
      button(t.chart, `${publicUrl}/data?subscription=${shown.subscriptionId}`, 'primary'),
      ...(shown.isOwnContract ? [button(t.buy, buyUrl(publicUrl, shown.subscriptionId))] : []),
      ...(shown.isLinked ? [button(t.gift, buttonData('gifts', 'open'))] : []),
    ],
  };
}

/** Where data is bought for a subscription; from a talk LINE signs in by itself. */
function buyUrl(publicUrl: string, subscriptionId: string): string {
  return `${publicUrl}/top-up?subscription=${subscriptionId}&via=line`;
}

/** A share of the whole, drawn; the figures stand beside it. */
function bar(share: number): messagingApi.FlexBox {
  const percent = Math.max(2, Math.min(100, Math.round(share * 100)));
  return {
    type: 'box',
    layout: 'vertical',
    height: '6px',
    margin: 'sm',
    cornerRadius: '3px',
    backgroundColor: ink.line,
    contents: [
      {
        type: 'box',
        layout: 'vertical',
        height: '6px',
        width: `${percent}%`,
        cornerRadius: '3px',
        backgroundColor: ink.green,
        contents: [],
      },
    ],
  };
}

function notLinked(language: Language): Message {
  const t = dataText(language);
  return bubble({
    altText: `${t.notLinkedTitle} ${t.notLinkedWhy}`,
    title: t.notLinkedTitle,
    body: [t.notLinkedWhy],
    buttons: [button(t.link, buttonData('link-user', 'open'), 'primary')],
    quickReplies: [quickReply(t.linkAsContractor, buttonData('link-contractor', 'open'))],
  });
}
