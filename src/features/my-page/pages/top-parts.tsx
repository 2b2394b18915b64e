import { formatBytes } from '../../../base/bytes.ts';
import { formatMsisdn } from '../../../base/msisdn.ts';
import { lastDayBefore } from '../../../base/operator-month.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import { Amount, Card, Icon, LinkList, MeterBar } from '../../../infra/ui/components.tsx';
import { formatShortDay, formatYen } from '../../../infra/ui/format.ts';
import { navigationFor } from '../../../infra/ui/navigation.ts';
import { addFriendUrl } from '../../../infra/ui/share.ts';
import { uiText } from '../../../infra/ui/text.ts';
import type { Balance } from '../../data/index.ts';
import type { MyPageDeps } from '../needs.ts';
import type { Overview, SubscriptionView } from '../overview.ts';
import { standingWords } from '../standing.ts';
import { myPageText } from '../text.ts';

type Deps = Pick<MyPageDeps, 'operator'>;

/** Below this share of the month's data little is left. */
const LITTLE = 0.2;

/** One subscription at a glance: what is left, large, with a bar and a line of words; the whole leads to the details. */
export function SubscriptionGlance({ c, deps, view }: { c: WebContext; deps: Deps; view: SubscriptionView }) {
  const { subscription, balance } = view;
  const who = (
    <h2 class="glance-who">
      {subscription.userName} <span class="muted figure">{formatMsisdn(subscription.msisdn)}</span>
    </h2>
  );
  if (!balance) {
    return (
      <div class="glance">
        {who}
        <Outside c={c} deps={deps} view={view} />
      </div>
    );
  }
  const { operator } = deps;
  const t = myPageText(c.var.language).top;
  const amount = (bytes: number) => formatBytes(bytes, operator.megabyte);
  const ending = endsFirst(balance);
  return (
    <a class="glance" href={`/data?subscription=${subscription.subscriptionId}`}>
      {who}
      <Amount label={t.left} bytes={balance.totalBytes} megabyte={operator.megabyte} />
      <MeterBar
        buckets={balance.buckets.filter((bucket) => bucket.remainingBytes > 0)}
        capacityBytes={monthlyBytes(deps, view)}
      />
      <span class="glance-words muted">
        {ending ? (
          <span>
            {t.endsFirst(
              amount(ending.bytes),
              formatShortDay(lastDayBefore(ending.at, operator.timeZone), c.var.language),
            )}
          </span>
        ) : null}
        <span>{t.today(amount(balance.todayBytes))}</span>
      </span>
    </a>
  );
}

/** What ends before the rest does, when something does. */
function endsFirst({
  buckets,
}: Balance): { bytes: number; at: NonNullable<Balance['buckets'][number]['expiresAt']> } | null {
  const lots = buckets.flatMap((bucket) => bucket.lots);
  const [first] = lots.toSorted((a, b) => a.expiresAt.epochMilliseconds - b.expiresAt.epochMilliseconds);
  if (!first) return null;
  const ending = lots.filter((lot) => lot.expiresAt.equals(first.expiresAt));
  if (ending.length === lots.length) return null;
  return { at: first.expiresAt, bytes: ending.reduce((sum, lot) => sum + lot.remainingBytes, 0) };
}

function monthlyBytes({ operator }: Deps, { subscription }: SubscriptionView): number {
  return operator.plans.find((each) => each.code === subscription.planCode)?.monthlyBytes ?? 0;
}

function Outside({ c, deps, view: { subscription, state } }: { c: WebContext; deps: Deps; view: SubscriptionView }) {
  const t = myPageText(c.var.language);
  const { language } = c.var;
  return (
    <span>
      <span class="badge">{t.state[state]}</span>{' '}
      {standingWords(subscription, state, { zone: deps.operator.timeZone, language })}
    </span>
  );
}

/** The next bill and the points; after a rest without their figures, which ask once more who it is. */
export function MoneyTiles({ c, deps, overview }: { c: WebContext; deps: Deps; overview: Overview }) {
  const { language } = c.var;
  const t = myPageText(language).top;
  const { money, isLinkedToLine } = overview;
  const none = t.pointsNone(deps.operator.points.grantDay, isLinkedToLine);
  const bill = money && {
    figure: formatYen(money.soFarYen, language),
    hint: t.closes(formatShortDay(money.closesOn, language)),
  };
  const points = money && {
    figure: money.points.toLocaleString(language),
    hint: money.pointsLastDay === null ? none : uiText(language).until(formatShortDay(money.pointsLastDay, language)),
  };
  return (
    <div class="tiles">
      <Tile href="/bills" name={t.bill} shown={bill} hidden={t.asksFirst} />
      <Tile href="/points" name={t.pointsName} shown={points} hidden={t.asksFirst} />
    </div>
  );
}

function Tile(props: { href: string; name: string; shown: { figure: string; hint: string } | null; hidden: string }) {
  return (
    <a class="tile" href={props.href}>
      <span class="muted">{props.name}</span>
      {props.shown ? <span class="tile-figure">{props.shown.figure}</span> : null}
      <span class="muted">{props.shown?.hint ?? props.hidden}</span>
    </a>
  );
}

/** What is worth knowing, as rows that lead to where it is done. Nothing at all when there is nothing. */
export function News({ c, deps, overview }: { c: WebContext; deps: Deps; overview: Overview }) {
  const t = myPageText(c.var.language).top;
  const withoutUser = overview.subscriptions.filter((view) => view.state === 'in-service' && !view.hasUserLink).length;
  const links = [
    ...overview.subscriptions.flatMap((view) => leavingSoon(c, deps, view)),
    ...overview.subscriptions.flatMap((view) => littleLeft(c, deps, view)),
    ...(overview.isLinkedToLine
      ? []
      : [{ href: addFriendUrl(deps.operator.officialAccount.basicId), label: t.notLinkedTitle, hint: t.notLinked }]),
    ...(withoutUser > 0 ? [{ href: '/contract', label: t.userMissing(withoutUser), hint: t.userMissingHint }] : []),
  ];
  if (links.length === 0) return null;
  return (
    <Card title={t.news}>
      <LinkList links={links} />
    </Card>
  );
}

/** A subscription on its way out: until the end it can be taken back. */
function leavingSoon(c: WebContext, { operator }: Deps, { subscription, leaving }: SubscriptionView) {
  if (!leaving) return [];
  const t = myPageText(c.var.language).top;
  const day = formatShortDay(lastDayBefore(leaving.endsAt, operator.timeZone), c.var.language);
  return [{ href: '/leave', label: t.leaves[leaving.kind](subscription.userName, day), hint: t.leavesHint }];
}

function littleLeft(c: WebContext, deps: Deps, view: SubscriptionView) {
  const { balance, subscription } = view;
  const monthly = monthlyBytes(deps, view);
  if (!balance || monthly === 0 || balance.totalBytes >= monthly * LITTLE) return [];
  const t = myPageText(c.var.language).top;
  const label = balance.totalBytes === 0 ? t.isSlow(subscription.userName) : t.isLittle(subscription.userName);
  return [{ href: `/top-up?subscription=${subscription.subscriptionId}`, label, hint: t.topUpHint }];
}

/** On a phone: what does not stand in the bar at the bottom. A computer shows it all at the side. */
export function Menu({ c, signInLabel }: { c: WebContext; signInLabel: string | null }) {
  const { session, language } = c.var;
  if (!session) return null;
  const words = uiText(language).nav;
  return (
    <nav class="menu" aria-label={myPageText(language).top.more}>
      <ul>
        {navigationFor(session)
          .filter((item) => !item.inBar)
          .map((item) => (
            <li>
              <a href={item.href}>
                <Icon name={item.key} />
                <span>{words[item.key]}</span>
              </a>
            </li>
          ))}
        {signInLabel === null ? null : (
          <li>
            <a href="/login">
              <Icon name="contract" />
              <span>{signInLabel}</span>
            </a>
          </li>
        )}
      </ul>
    </nav>
  );
}
