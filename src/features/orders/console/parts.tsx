import { Temporal } from 'temporal-polyfill';
import { ageOn } from '../../../base/age.ts';
import { fold, type Language } from '../../../base/language.ts';
import { formatMsisdn } from '../../../base/msisdn.ts';
import type { Operator } from '../../../base/operator.ts';
import { dayOf } from '../../../base/operator-month.ts';
import { Card, LinkList, Notice, SummaryList, type SummaryRow } from '../../../infra/ui/components.tsx';
import { formatDay, formatMoment, withRemark } from '../../../infra/ui/format.ts';
import type { Contractor } from '../../contractors/index.ts';
import type { ActivationRow } from '../activation-store.ts';
import type { Order, OrderChange } from '../order.ts';
import type { Review } from '../review.ts';
import { type Application, type NewContractor, wholeName } from '../rules/application.ts';
import { plainAddress } from '../rules/traits.ts';
import { shownNumber } from '../tell.ts';
import { ordersText } from '../text.ts';
import { QUEUE, waitedWords } from './queue.tsx';
import { deskText } from './text.ts';

interface Shown {
  readonly order: Order;
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
              hint: common.map(({ kind }) => t.traits[kind]).join(', '),
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

/** Who applies: what was typed beside what was held against the card, differences marked. */
export function Person({ order, language, operator, now }: Shown) {
  const t = deskText(language).person;
  const { contractor, identity } = order.application;
  const today = dayOf(now, operator.timeZone);
  return (
    <Card title={t.title}>
      {contractor.kind === 'existing' ? (
        <p>
          <a class="tap" href={`/console/customers/${contractor.contractorId}`}>
            {t.existing}
          </a>
        </p>
      ) : (
        <SummaryList rows={personRows(contractor, identity, { language, today })} />
      )}
      <SummaryList rows={identityRows(order.application, language, operator)} />
    </Card>
  );
}

/** What was typed, and under it whether the card was held against the same. */
function personRows(
  typed: NewContractor,
  identity: Application['identity'],
  { language, today }: { language: Language; today: string },
): SummaryRow[] {
  const t = deskText(language).person;
  const card = identity?.person;
  const aged = (day: string) => withRemark(formatDay(day, language), t.years(ageOn(day, today)), language);
  const row = (term: string, value: string, onCard?: string, isSame = true): SummaryRow => ({
    term,
    value: (
      <>
        {value}
        {onCard === undefined ? null : isSame ? (
          <span class="detail-line muted">{t.sameOnCard}</span>
        ) : (
          <span class="detail-line">
            <span class="badge bad">{t.otherOnCard}</span> <strong>{onCard}</strong>
          </span>
        )}
      </>
    ),
  });
  const at = ({ postalCode, address }: { postalCode: string; address: string }) => `〒${postalCode} ${address}`;
  return [
    row(
      t.name,
      wholeName(typed.name),
      card && wholeName(card.name),
      fold(wholeName(card?.name ?? typed.name)) === fold(wholeName(typed.name)),
    ),
    row(t.kana, wholeName(typed.kana)),
    row(t.birthDate, aged(typed.birthDate), card && aged(card.birthDate), card?.birthDate === typed.birthDate),
    row(t.address, at(typed), card && at(card), card !== undefined && plainAddress(card) === plainAddress(typed)),
    row(t.phone, typed.phone),
    row(t.mail, typed.mail),
  ];
}

function identityRows({ identity }: Application, language: Language, operator: Operator): SummaryRow[] {
  const t = deskText(language).person;
  if (!identity) return [{ term: t.identity, value: t.none }];
  const isGood = identity.outcome === 'success';
  return [
    {
      term: t.identity,
      value: (
        <>
          {t.methods[identity.method]}{' '}
          <span class={isGood ? 'badge good' : 'badge bad'}>{t.outcomes[identity.outcome]}</span>
        </>
      ),
    },
    {
      term: t.checkedAt,
      value: formatMoment(Temporal.Instant.from(identity.checkedAt), operator.timeZone, language),
    },
    { term: t.serial, value: <span class="figure">{identity.certificateSerial}</span> },
  ];
}

/** What was applied for, down to the documents. */
export function Applied({ order, language, operator }: Shown) {
  const t = deskText(language).applied;
  const page = ordersText(language).page;
  const { application } = order;
  const moment = (at: string) => formatMoment(Temporal.Instant.from(at), operator.timeZone, language);
  const options = operator.billing.options.filter(({ code }) => application.optionCodes.includes(code));
  const plan = operator.plans.find(({ code }) => code === application.planCode)?.name[language];
  const { payment, documents, entryCode, invitation, lineUserId } = application;
  return (
    <Card title={t.title}>
      <SummaryList
        rows={[
          { term: page.plan, value: plan ?? application.planCode },
          { term: page.options, value: options.map(({ name }) => name[language]).join(', ') || page.none },
          { term: page.sim, value: page.simKinds[application.simKind] },
          { term: page.phoneNumber, value: numberWords(application, language) },
          ...userRows(application, { language, moment }),
          { term: page.payment, value: payment ? page.card(payment.brand, payment.lastFour) : page.asBefore },
          ...(entryCode ? [{ term: t.entryCode, value: t.yes }] : []),
          ...(invitation ? [{ term: t.invitation, value: t.yes }] : []),
          ...(lineUserId ? [{ term: t.line, value: t.yes }] : []),
          {
            term: t.documents,
            value: documents.map(({ code, version, agreedAt }) => (
              <span class="detail-line">{t.document(code, version, moment(agreedAt))}</span>
            )),
          },
          { term: page.placed, value: formatMoment(order.placedAt, operator.timeZone, language) },
        ]}
      />
    </Card>
  );
}

function numberWords({ number }: Application, language: Language): string {
  const t = deskText(language).applied;
  switch (number.kind) {
    case 'new':
      return ordersText(language).page.numbers.new;
    case 'one-stop':
      return `${number.phoneNumber} · ${t.oneStop}`;
    case 'reservation':
      return `${number.phoneNumber} · ${t.reservation} ${number.reservationNumber} · ${t.until(
        formatDay(number.validUntil, language),
      )}`;
  }
}

function userRows(
  { user }: Application,
  { language, moment }: { language: Language; moment: (at: string) => string },
): SummaryRow[] {
  const t = deskText(language).applied;
  const page = ordersText(language).page;
  if (user.kind === 'contractor') return [{ term: page.user, value: page.self }];
  const born = formatDay(user.birthDate, language);
  return [
    { term: page.user, value: `${wholeName(user.name)}（${wholeName(user.kana)}）${born}` },
    { term: t.filtering, value: user.filtering ? t.on : t.off },
    ...(user.guardian
      ? [{ term: t.guardian, value: t.guardianSaid(user.guardian.name, moment(user.guardian.agreedAt)) }]
      : []),
  ];
}

/** How far the network is. */
export function Network({ activation, language }: { activation: ActivationRow | null; language: Language }) {
  const t = deskText(language).network;
  if (!activation) return null;
  const { state, attempt, failure, msisdn, iccid } = activation;
  return (
    <Card title={t.title}>
      <SummaryList
        rows={[
          {
            term: t.state,
            value: <span class={state === 'left-over' ? 'badge bad' : 'badge'}>{t.states[state]}</span>,
          },
          { term: t.attempt, value: String(attempt) },
          ...(failure ? [{ term: t.failure, value: t.failures(failure) }] : []),
          ...(msisdn ? [{ term: t.number, value: formatMsisdn(msisdn) }] : []),
          ...(iccid ? [{ term: t.iccid, value: <span class="figure">{iccid}</span> }] : []),
        ]}
      />
    </Card>
  );
}

/** Every change with its words, and who made it. */
export function History(props: Shown & { changes: readonly OrderChange[]; names: ReadonlyMap<string, string> }) {
  const { changes, names, language, operator } = props;
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
            </>
          ),
        }))}
      />
    </Card>
  );
}
