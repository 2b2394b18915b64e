import { Temporal } from 'temporal-polyfill';
import { ageOn } from '../../../base/age.ts';
import { fold, type Language, listed } from '../../../base/language.ts';
import { formatTyped } from '../../../base/msisdn.ts';
import type { Operator } from '../../../base/operator.ts';
import { dayOf } from '../../../base/operator-month.ts';
import { Card, SummaryList, type SummaryRow } from '../../../infra/ui/components.tsx';
import { formatAddress, formatDay, formatMoment, withRemark } from '../../../infra/ui/format.ts';
import { type Application, type NewContractor, wholeName } from '../rules/application.ts';
import { plainAddress } from '../rules/traits.ts';
import { ordersText } from '../text.ts';
import { numberWords, userWords, withBefore } from './corrected.tsx';
import { Agreed } from './documents.tsx';
import type { Shown } from './parts.tsx';
import { deskText } from './text.ts';

/** Who applies: what was typed beside what was held against the card, differences marked. */
export function Person({ order, before, language, operator, now }: Shown) {
  const t = deskText(language).person;
  const { contractor, identity } = order.application;
  const today = dayOf(now, operator.timeZone);
  const corrected = { before, application: order.application, language, timeZone: operator.timeZone };
  return (
    <Card title={t.title}>
      {contractor.kind === 'existing' ? (
        <p>
          <a class="tap" href={`/console/customers/${contractor.contractorId}`}>
            {t.existing}
          </a>
        </p>
      ) : (
        <SummaryList rows={withBefore(personRows(contractor, identity, { language, today }), corrected)} />
      )}
      <SummaryList rows={withBefore(identityRows(order.application, language, operator), corrected)} />
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
  return [
    row(
      t.name,
      wholeName(typed.name),
      card && wholeName(card.name),
      fold(wholeName(card?.name ?? typed.name)) === fold(wholeName(typed.name)),
    ),
    row(t.kana, wholeName(typed.kana)),
    row(t.birthDate, aged(typed.birthDate), card && aged(card.birthDate), card?.birthDate === typed.birthDate),
    row(
      t.address,
      formatAddress(typed),
      card && formatAddress(card),
      card !== undefined && plainAddress(card) === plainAddress(typed),
    ),
    row(t.phone, formatTyped(typed.phone)),
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
    { term: t.serial, value: identity.certificateSerial },
  ];
}

/** What was applied for, down to the documents. */
export function Applied({ order, before, language, operator }: Shown) {
  const t = deskText(language).applied;
  const page = ordersText(language).page;
  const { application } = order;
  const moment = (at: string) => formatMoment(Temporal.Instant.from(at), operator.timeZone, language);
  const options = operator.billing.options.filter(({ code }) => application.optionCodes.includes(code));
  const plan = operator.plans.find(({ code }) => code === application.planCode)?.name[language];
  const { payment, documents, entryCode, invitation, lineUserId } = application;
  const rows = [
    { term: page.plan, value: plan ?? application.planCode },
    {
      term: page.options,
      value:
        listed(
          options.map(({ name }) => name[language]),
          language,
        ) || page.none,
    },
    { term: page.sim, value: page.simKinds[application.simKind] },
    { term: page.phoneNumber, value: numberWords(application, language) },
    ...userRows(application, { language, moment }),
    { term: page.payment, value: payment ? page.card(payment.brand, payment.lastFour) : page.asBefore },
    ...(entryCode ? [{ term: t.entryCode, value: t.yes }] : []),
    ...(invitation ? [{ term: t.invitation, value: t.yes }] : []),
    ...(lineUserId ? [{ term: t.line, value: t.yes }] : []),
    {
      term: t.documents,
      value: <Agreed documents={documents} language={language} operator={operator} />,
    },
    { term: page.placed, value: formatMoment(order.placedAt, operator.timeZone, language) },
  ];
  return (
    <Card title={t.title}>
      <SummaryList rows={withBefore(rows, { before, application, language, timeZone: operator.timeZone })} />
    </Card>
  );
}

function userRows(
  { user }: Application,
  { language, moment }: { language: Language; moment: (at: string) => string },
): SummaryRow[] {
  const t = deskText(language).applied;
  const page = ordersText(language).page;
  if (user.kind === 'contractor') return [{ term: page.user, value: page.self }];
  return [
    { term: page.user, value: userWords({ user }, language) },
    { term: t.filtering, value: user.filtering ? t.on : t.off },
    ...(user.guardian
      ? [{ term: t.guardian, value: t.guardianSaid(user.guardian.name, moment(user.guardian.agreedAt)) }]
      : []),
  ];
}
