import type { Temporal } from 'temporal-polyfill';
import { newId } from '../../../base/ids.ts';
import { type Language, listed } from '../../../base/language.ts';
import { formatMsisdn } from '../../../base/msisdn.ts';
import type { Operator } from '../../../base/operator.ts';
import { Button, Card, Form, LinkList, Notice, SummaryList } from '../../../infra/ui/components.tsx';
import { formatMoment, withRemark } from '../../../infra/ui/format.ts';
import type { Contractor } from '../../contractors/index.ts';
import type { ActivationRow } from '../activation-store.ts';
import type { Order, OrderChange } from '../order.ts';
import type { Review } from '../review.ts';
import type { Application } from '../rules/application.ts';
import { shownNumber } from '../tell.ts';
import { ordersText } from '../text.ts';
import { Corrected } from './corrected.tsx';
import { QUEUE, waitedWords } from './queue.tsx';
import { deskText } from './text.ts';

/** An order on a page. */
export interface Shown {
  readonly order: Order;
  /** The application as it was sent, where it was corrected since. */
  readonly before: Application | null;
  readonly language: Language;
  readonly operator: Operator;
  readonly now: Temporal.Instant;
}

/** Where an order stands, since when, and who looks at it. */
export function Standing(props: Shown & { names: ReadonlyMap<string, string>; me: string }) {
  const { order, language, names, me, now } = props;
  const t = deskText(language);
  const { reviewerId, state } = order;
  const name = reviewerId === null ? t.queue.nobody : (names.get(reviewerId) ?? '');
  return (
    <>
      {state === 'pending' && reviewerId !== null && reviewerId !== me ? (
        <Notice kind="warning">{t.others(name)}</Notice>
      ) : null}
      <SummaryList
        rows={[
          { term: t.queue.head[1], value: <span class="badge">{ordersText(language).states[state]}</span> },
          { term: t.waits, value: waitedWords(order.changedAt.until(now).total('minutes'), language) },
          { term: t.reviewer, value: reviewerId !== null && reviewerId === me ? t.you : name },
        ]}
      />
    </>
  );
}

/** What must be seen before deciding, and which other orders have things in common. */
export function Findings({ findings, shared, language }: Review & { language: Language }) {
  const t = deskText(language);
  const orders = Map.groupBy(shared, ({ orderId }) => orderId);
  return (
    <Card title={t.findingsTitle}>
      {findings.length === 0 ? <p>{t.noFindings}</p> : null}
      <ul class="plain">
        {findings.map(({ code, weight }) => (
          <li>
            <span class={weight === 'look' ? 'badge' : 'badge bad'}>{t.weights[weight]}</span> {t.findings[code]}
          </li>
        ))}
      </ul>
      {shared.length === 0 ? null : (
        <>
          <p>
            <strong>{t.sharedTitle}</strong>
          </p>
          <LinkList
            links={[...orders.entries()].map(([orderId, common]) => ({
              href: `${QUEUE}/${orderId}`,
              label: `${shownNumber({ orderNumber: common[0]?.orderNumber ?? '' })} ${
                common[0] ? ordersText(language).states[common[0].state] : ''
              }`,
              hint: listed(
                common.map(({ kind }) => t.traits[kind]),
                language,
              ),
            }))}
          />
        </>
      )}
    </Card>
  );
}

/** Contractors who may be the same person; a look at them asks for a reason of its own. */
export function Known({ known, language }: { known: readonly Contractor[]; language: Language }) {
  const t = deskText(language);
  if (known.length === 0) return null;
  return (
    <Card title={t.knownTitle}>
      <LinkList
        links={known.map(({ contractorId, loginId }) => ({
          href: `/console/customers/${contractorId}`,
          label: t.customer(loginId),
        }))}
      />
    </Card>
  );
}

interface NetworkProps {
  readonly activation: ActivationRow | null;
  readonly language: Language;
  /** Whether who looks may ask for an end anew. */
  readonly canAskAnew: boolean;
}

/** How far the network is. */
export function Network({ activation, language, canAskAnew }: NetworkProps) {
  const t = deskText(language).network;
  if (!activation) return null;
  const { state, attempt, endAttempt, failure, msisdn, iccid } = activation;
  const isEnd = state === 'ending' || state === 'stuck' || state === 'ended';
  return (
    <Card title={t.title}>
      <SummaryList
        rows={[
          {
            term: t.state,
            value: <span class={state === 'stuck' ? 'badge bad' : 'badge'}>{t.states[state]}</span>,
          },
          isEnd ? { term: t.endAttempt, value: String(endAttempt) } : { term: t.attempt, value: String(attempt) },
          ...(failure ? [{ term: t.failure, value: t.failures(failure) }] : []),
          ...(msisdn ? [{ term: t.number, value: formatMsisdn(msisdn) }] : []),
          ...(iccid ? [{ term: t.iccid, value: iccid }] : []),
        ]}
      />
      {state === 'stuck' && canAskAnew ? (
        <Form action={`${QUEUE}/${activation.orderId}/sim-end`} requestId={newId()}>
          <p>{t.againLead}</p>
          <Button kind="secondary">{t.again}</Button>
        </Form>
      ) : null}
    </Card>
  );
}

/** Every change with its words, and who made it. */
export function History(props: Shown & { changes: readonly OrderChange[]; names: ReadonlyMap<string, string> }) {
  const { changes, names, language, operator } = props;
  const { application } = props.order;
  const t = deskText(language);
  const who = ({ actorKind, staffId }: OrderChange) =>
    actorKind === 'staff' ? (names.get(staffId ?? '') ?? '') : t.history[actorKind];
  const wordsOf = ({ note, event }: OrderChange) =>
    note === null ? null : <span class="typed">{event === 'return' ? t.network.failures(note) : note}</span>;
  return (
    <Card title={t.history.title}>
      <SummaryList
        rows={changes.map((change) => ({
          term: formatMoment(change.at, operator.timeZone, language),
          value: (
            <>
              {withRemark(t.events[change.event], who(change), language)} {wordsOf(change)}
              {change.event === 'ask' && change.about.length > 0 ? (
                <span class="detail-line muted">
                  {change.about.map((topic) => ordersText(language).topics[topic]).join(' / ')}
                </span>
              ) : null}
              {change.before ? (
                <Corrected
                  before={change.before}
                  after={changes.find((later) => later.before && later.version > change.version)?.before ?? application}
                  language={language}
                  timeZone={operator.timeZone}
                />
              ) : null}
            </>
          ),
        }))}
      />
    </Card>
  );
}
