import { Hono } from 'hono';
import type { Temporal } from 'temporal-polyfill';
import type { Language } from '../../../base/language.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import type { Live } from '../../../infra/live/live.ts';
import { LivePart, LiveStream } from '../../../infra/live/parts.tsx';
import { DataTable, LinkButton, Notice, renderPage } from '../../../infra/ui/components.tsx';
import { ConsolePage, type Staff } from '../../staff/index.ts';
import { countEnds } from '../activation-store.ts';
import type { OrdersDeps } from '../deps.ts';
import { type Order, openOrder } from '../order.ts';
import { reviewOf } from '../review.ts';
import { countInStates, loadEnded, loadEnds, loadQueue } from '../review-store.ts';
import type { Finding } from '../rules/review.ts';
import type { OrderState } from '../rules/states.ts';
import { shownNumber } from '../tell.ts';
import { ordersText } from '../text.ts';
import { deskText } from './text.ts';

export const QUEUE = '/console/orders';
const PAGE = 30;

const TABS = {
  open: ['acknowledged', 'pending'],
  held: ['held'],
  network: ['inProgress'],
  // Whatever became of the order: its SIM is being ended.
  ends: [],
  ended: ['completed', 'rejected', 'cancelled'],
} as const satisfies Record<string, readonly OrderState[]>;
type Tab = keyof typeof TABS;
const isTab = (name: string): name is Tab => Object.hasOwn(TABS, name);
const tabs = Object.keys(TABS).filter(isTab);

interface TabsProps {
  readonly c: WebContext;
  readonly tab: Tab;
  readonly counts: ReadonlyMap<OrderState, number>;
  /** SIMs that are being ended. */
  readonly ends: number;
}

const loaders: Record<Tab, typeof loadQueue> = {
  open: loadQueue,
  held: loadQueue,
  network: loadQueue,
  ends: loadEnds,
  ended: loadEnded,
};

/**
 * GET /console/orders: what waits, the longest first, without a name: who looks at a person opens the order. It follows what
 * changes: /stream says that something has, /list is what the page then reads.
 */
export function queuePage(deps: OrdersDeps, staff: Staff, live: Live): Hono<WebEnv> {
  const { db, operator, clock, secrets } = deps;
  const sql = runnerOf(db);
  const everybody = staff.requireStaff();

  return new Hono<WebEnv>()
    .get(QUEUE, everybody, async (c) => {
      const t = deskText(c.var.language);
      return renderPage(
        c,
        <ConsolePage c={c} staff={staff} title={t.title} at="orders">
          <LiveStream
            src={`${QUEUE}/stream`}
            words={t.live}
            door={`/console/sign-in?next=${encodeURIComponent(QUEUE)}`}
          />
          <QueueList c={c} />
        </ConsolePage>,
      );
    })
    .get(`${QUEUE}/stream`, everybody, (c) =>
      live.answer(c, {
        hears: ({ topic }) => topic === 'product_order',
        isWelcome: () => staff.isStillSignedIn(c),
      }),
    )
    .get(`${QUEUE}/list`, everybody, (c) => c.html(<QueueList c={c} />));

  async function QueueList({ c }: { c: WebContext }) {
    const { language } = c.var;
    const t = deskText(language);
    const asked = c.req.query('state') ?? 'open';
    const tab: Tab = isTab(asked) ? asked : 'open';
    const offset = Math.min(100_000, Math.max(0, Number.parseInt(c.req.query('from') ?? '0', 10) || 0));
    const rows = await loaders[tab](sql, { states: TABS[tab], limit: PAGE + 1, offset });
    const orders = rows.slice(0, PAGE).map((row) => openOrder(secrets.show, row));
    const counts = await countInStates(sql);
    const ends = await countEnds(sql);
    return (
      <LivePart id="orders" src={`${QUEUE}/list?state=${tab}&from=${offset}`} when="product_order" every={1_000}>
        {ends.stuck > 0 ? (
          <Notice kind="danger">
            {t.network.stuck(ends.stuck)}{' '}
            <a class="tap" href={`${QUEUE}?state=ends`}>
              {t.network.seeStuck}
            </a>
          </Notice>
        ) : null}
        <Tabs c={c} tab={tab} counts={counts} ends={ends.ending + ends.stuck} />
        {orders.length === 0 ? <p>{t.queue.empty}</p> : <Rows tab={tab} orders={orders} language={language} />}
        {rows.length > PAGE ? (
          <LinkButton kind="secondary" href={`${QUEUE}?state=${tab}&from=${offset + PAGE}`}>
            {t.queue.more}
          </LinkButton>
        ) : null}
      </LivePart>
    );
  }

  async function Rows({ tab, orders, language }: { tab: Tab; orders: readonly Order[]; language: Language }) {
    const t = deskText(language);
    const names = await staff.namesOf(orders.flatMap(({ reviewerId }) => reviewerId ?? []));
    const isOver = tab === 'ended' || tab === 'ends';
    const reviews = isOver ? [] : await Promise.all(orders.map((order) => reviewOf(deps, sql, order)));
    return (
      <DataTable
        caption={t.queue.tabs[tab]}
        isUnderHeading
        head={t.queue.head}
        isStacked
        rows={orders.map((order, index) => [
          <a class="tap figure" href={`${QUEUE}/${order.orderId}`}>
            {shownNumber(order)}
          </a>,
          ordersText(language).states[order.state],
          ageOf(order.changedAt, language),
          whatOf(order, language),
          order.reviewerId === null ? <span class="muted">{t.queue.nobody}</span> : (names.get(order.reviewerId) ?? ''),
          <Marks findings={reviews[index]?.findings ?? []} language={language} />,
        ])}
      />
    );
  }

  function Tabs({ c, tab, counts, ends }: TabsProps) {
    const t = deskText(c.var.language).queue;
    const countOf = (each: Tab) =>
      each === 'ends' ? ends : TABS[each].reduce((sum, state) => sum + (counts.get(state) ?? 0), 0);
    return (
      <nav class="tabs" aria-label={t.tabsLabel}>
        <ul>
          {tabs.map((each) => (
            <li>
              <a href={`${QUEUE}?state=${each}`} aria-current={each === tab ? 'page' : undefined}>
                {`${t.tabs[each]} ${countOf(each)}`}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    );
  }

  function whatOf({ application }: Order, language: Language): string {
    const t = ordersText(language).page;
    const plan = operator.plans.find(({ code }) => code === application.planCode)?.name[language];
    const number = application.number.kind === 'new' ? t.numbers.new : 'MNP';
    return [plan ?? application.planCode, t.simKinds[application.simKind], number].join(' · ');
  }

  function ageOf(since: Temporal.Instant, language: Language): string {
    return waitedWords(since.until(clock.now()).total('minutes'), language);
  }
}

/** So many minutes in the unit people think in. */
export function waitedWords(minutes: number, language: Language): string {
  const t = deskText(language).queue;
  if (minutes < 60) return t.minutes(Math.max(0, Math.floor(minutes)));
  return minutes < 48 * 60 ? t.hours(Math.floor(minutes / 60)) : t.days(Math.floor(minutes / 1_440));
}

/** How many findings of each weight, the weightiest first. */
function Marks({ findings, language }: { findings: readonly Finding[]; language: Language }) {
  const t = deskText(language);
  return (
    <>
      {(['stops', 'exception', 'look'] as const).map((weight) => {
        const count = findings.filter((finding) => finding.weight === weight).length;
        if (count === 0) return null;
        return <span class={weight === 'look' ? 'badge' : 'badge bad'}>{`${t.weights[weight]} ${count}`}</span>;
      })}
    </>
  );
}
