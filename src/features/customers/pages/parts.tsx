import type { Child } from 'hono/jsx';
import type { Temporal } from 'temporal-polyfill';
import { formatBytes } from '../../../base/bytes.ts';
import { type Language, listed } from '../../../base/language.ts';
import { formatMsisdn } from '../../../base/msisdn.ts';
import type { Operator } from '../../../base/operator.ts';
import { isStartOfDay, lastDayBefore } from '../../../base/operator-month.ts';
import { BucketMeter, Card, DataTable, SummaryList, type SummaryRow } from '../../../infra/ui/components.tsx';
import { formatAddress, formatDay, formatMoment, withRemark } from '../../../infra/ui/format.ts';
import { uiText } from '../../../infra/ui/text.ts';
import { eventText } from '../event-text.ts';
import { customersText } from '../text.ts';
import type { CustomerView, LinkedAccount, SubscriptionView } from '../view.ts';

interface Shown {
  readonly operator: Operator;
  readonly language: Language;
}

export function contractorRows({ contractor, home, waitingEmail, links }: CustomerView, shown: Shown): SummaryRow[] {
  const t = customersText(shown.language).contractor;
  return [
    { term: customersText(shown.language).search.loginId, value: contractor.loginId },
    ...(contractor.kana ? [{ term: t.kana, value: contractor.kana }] : []),
    ...(contractor.birthDate ? [{ term: t.birthDate, value: formatDay(contractor.birthDate, shown.language) }] : []),
    ...(home
      ? [
          { term: t.address, value: formatAddress(home) },
          { term: t.phone, value: home.phone },
        ]
      : []),
    { term: t.email, value: contractor.email },
    ...(waitingEmail
      ? [
          {
            term: t.waitingEmail,
            value: withRemark(
              waitingEmail.email,
              t.waitingUntil(formatMoment(waitingEmail.until, shown.operator.timeZone, shown.language)),
              shown.language,
            ),
          },
        ]
      : []),
    { term: t.since, value: formatMoment(contractor.createdAt, shown.operator.timeZone, shown.language) },
    { term: t.lineAccounts, value: accounts(links, shown) },
  ];
}

/** One subscription: whose, in which state, what is left of each kind, who is linked. */
export function SubscriptionCard({ subscription: view, ...shown }: Shown & { subscription: SubscriptionView }) {
  const { subscription, state, balance } = view;
  const t = customersText(shown.language).subscription;
  const { megabyte, timeZone, plans } = shown.operator;
  return (
    <Card
      title={
        <>
          {formatMsisdn(subscription.msisdn)}{' '}
          <span class={state === 'in-service' ? 'badge good' : 'badge'}>{t.states[state]}</span>
        </>
      }
    >
      <SummaryList rows={subscriptionRows(view, shown)} />
      {state === 'in-service' ? (
        <BucketMeter
          buckets={balance.buckets.map(({ kind, remainingBytes, expiresAt }) => ({
            kind,
            remainingBytes,
            ...(expiresAt ? { lastDay: lastDayBefore(expiresAt, timeZone) } : {}),
          }))}
          capacityBytes={plans.find(({ code }) => code === subscription.planCode)?.monthlyBytes ?? 0}
          megabyte={megabyte}
          language={shown.language}
        />
      ) : null}
      <p>
        <a class="tap" href={`/console/subscriptions/${subscription.subscriptionId}/ledger`}>
          {t.ledger}
        </a>
      </p>
    </Card>
  );
}

/** The last day, where a day ends with it; else the moment. */
function endWords(endedAt: Temporal.Instant, { operator, language }: Shown): string {
  const { timeZone } = operator;
  if (!isStartOfDay(endedAt, timeZone)) return formatMoment(endedAt, timeZone, language);
  return uiText(language).until(formatDay(lastDayBefore(endedAt, timeZone), language));
}

function subscriptionRows({ subscription, balance, slowedUntil, links }: SubscriptionView, shown: Shown): SummaryRow[] {
  const { language, operator } = shown;
  const t = customersText(language).subscription;
  const moment = (at: Parameters<typeof formatMoment>[0]) => formatMoment(at, operator.timeZone, language);
  const plan = operator.plans.find(({ code }) => code === subscription.planCode)?.name[language];
  const options = subscription.optionCodes.map(
    (wanted) => operator.billing.options.find(({ code }) => code === wanted)?.name[language] ?? wanted,
  );
  const user = subscription.hasRegisteredUser
    ? subscription.userName
    : withRemark(subscription.userName, t.isContractor, language);
  return [
    { term: t.user, value: user },
    { term: t.plan, value: listed([plan ?? subscription.planCode, ...options], language) },
    { term: t.opens, value: moment(subscription.opensAt) },
    ...(subscription.endedAt ? [{ term: t.ended, value: endWords(subscription.endedAt, shown) }] : []),
    ...(slowedUntil ? [{ term: t.slowed, value: moment(slowedUntil) }] : []),
    ...(balance.reservedBytes > 0
      ? [{ term: t.onLoan, value: formatBytes(balance.reservedBytes, operator.megabyte) }]
      : []),
    { term: t.linked, value: accounts(links, shown) },
  ];
}

function accounts(links: readonly LinkedAccount[], { operator, language }: Shown): Child {
  const t = customersText(language);
  if (links.length === 0) return <span class="muted">{t.contractor.nobody}</span>;
  return links.map(({ displayName, linkedAt }) => (
    <span class="detail-line">
      {t.linkedSince(displayName ?? t.unnamed, formatMoment(linkedAt, operator.timeZone, language))}
    </span>
  ));
}

/** What happened lately, in words. */
export function EventTable({ customer, operator, language }: Shown & { customer: CustomerView }) {
  const t = customersText(language).events;
  const numbers = new Map(
    customer.subscriptions.map(({ subscription }) => [subscription.subscriptionId, subscription.msisdn.slice(-4)]),
  );
  if (customer.events.length === 0) return <p class="muted">{t.none}</p>;
  return (
    <DataTable
      caption={t.title}
      head={[t.when, t.what, t.who, t.which]}
      isStacked
      rows={customer.events.map((event) => [
        <time datetime={event.at.toString()}>{formatMoment(event.at, operator.timeZone, language)}</time>,
        eventText(event.action, language),
        t.actors[event.actorKind],
        event.subscriptionId === null ? '' : (numbers.get(event.subscriptionId) ?? ''),
      ])}
    />
  );
}
