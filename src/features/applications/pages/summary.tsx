import { Temporal } from 'temporal-polyfill';
import { listed } from '../../../base/language.ts';
import { formatMsisdn } from '../../../base/msisdn.ts';
import type { Operator } from '../../../base/operator.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import { Card, SummaryList, type SummaryRow } from '../../../infra/ui/components.tsx';
import { formatAddress, formatDay, formatMoment } from '../../../infra/ui/format.ts';
import type { OpenDraft } from '../drafts.ts';
import { recordOf } from '../rules/documents.ts';
import { readFiltering } from '../rules/filtering.ts';
import { isMinor, readContractor, readUser } from '../rules/person.ts';
import { readPlan, totalOf } from '../rules/plan.ts';
import { readSim } from '../rules/sim.ts';
import { type StepName, stepsOf } from '../rules/steps.ts';
import { stepPath } from './frame.tsx';
import { pageText } from './text.ts';

/** The steps that stand on the last page; proving the mail belongs to the contractor, filtering to the user. */
type SummaryStep = Exclude<StepName, 'mail' | 'filtering' | 'review'>;

interface SummaryProps {
  c: WebContext;
  operator: Operator;
  open: OpenDraft;
  /** The name on the contract to which a subscription is added. */
  existingName: string | null;
}

/** Everything that stands in the draft, by steps, each with the way to change it. */
export function Summary({ c, operator, open, existingName }: SummaryProps) {
  const t = pageText(c.var.language);
  const all = stepsOf(open);
  const parts: { step: SummaryStep; rows: SummaryRow[] }[] = [
    { step: 'plan', rows: planRows(c, open) },
    { step: 'sim', rows: simRows(c, open) },
    { step: 'contractor', rows: contractorRows(c, open) },
    { step: 'user', rows: userRows(c, open) },
    { step: 'identity', rows: identityRows(c, operator, open) },
    { step: 'payment', rows: paymentRows(c, open) },
    { step: 'documents', rows: documentRows(c, operator, open) },
  ];
  return (
    <>
      {existingName === null ? null : (
        <Card title={t.review.parts.contractor}>
          <SummaryList rows={[{ term: t.review.contractor, value: t.review.existing(existingName) }]} />
        </Card>
      )}
      {parts
        .filter(({ step }) => all.includes(step))
        .map(({ step, rows }) => (
          <section class="card">
            <div class="card-head">
              <h2>{t.review.parts[step]}</h2>
              <a class="tap" href={stepPath(open.draftId, step)}>
                {t.change}
                <span class="visually-hidden"> {t.review.parts[step]}</span>
              </a>
            </div>
            <SummaryList rows={rows} />
          </section>
        ))}
    </>
  );
}

function planRows(c: WebContext, open: OpenDraft): SummaryRow[] {
  const { language } = c.var;
  const t = pageText(language);
  const chosen = readPlan(open.draft.typed.plan, open.offer);
  const { plan, options } = chosen;
  const { monthlyYen, onceYen } = totalOf(chosen, open.offer, open.draft.entryCode);
  return [
    { term: t.review.plan, value: plan?.name[language] ?? '' },
    {
      term: t.review.options,
      value:
        listed(
          options.map(({ name }) => name[language]),
          language,
        ) || t.review.none,
    },
    { term: t.monthly, value: <strong class="figure">{t.yen(monthlyYen)}</strong> },
    { term: t.once, value: <strong class="figure">{t.yen(onceYen)}</strong> },
  ];
}

function simRows(c: WebContext, { draft, today, offer }: OpenDraft): SummaryRow[] {
  const { language } = c.var;
  const { review, sim } = pageText(language);
  const facts = readSim(draft.typed.sim, today, offer);
  const number = facts.phoneNumber ? formatMsisdn(facts.phoneNumber) : '';
  const numberWords =
    facts.number === 'new'
      ? review.numbers.new
      : facts.number === 'one-stop'
        ? review.numbers['one-stop'](number)
        : review.numbers.reservation(number, facts.reservationNumber, formatDay(facts.validUntil ?? '', language));
  return [
    { term: review.sim, value: sim.kinds[facts.simKind === 'esim' ? 'esim' : 'sim'].label },
    { term: review.number, value: numberWords },
    ...(draft.typed.sim?.user === 'other' ? [] : [{ term: review.user, value: review.self }]),
  ];
}

function contractorRows(c: WebContext, { draft, today }: OpenDraft): SummaryRow[] {
  const { language } = c.var;
  const { review } = pageText(language);
  const facts = readContractor(draft.typed.contractor, today);
  return [
    { term: review.contractor, value: <PersonLines c={c} facts={facts} /> },
    {
      term: review.address,
      value: formatAddress({ postalCode: facts.postalCode, address: `${facts.address} ${facts.building}` }),
    },
    { term: review.phone, value: <span class="figure">{facts.phone ? formatMsisdn(facts.phone) : ''}</span> },
    { term: review.mail, value: facts.mail },
  ];
}

function userRows(c: WebContext, { draft, today }: OpenDraft): SummaryRow[] {
  const { review } = pageText(c.var.language);
  const facts = readUser(draft.typed.user, today);
  const filtering = readFiltering(draft.typed.filtering);
  const person = { term: review.user, value: <PersonLines c={c} facts={facts} /> };
  if (!isMinor(facts)) return [person];
  return [
    person,
    {
      term: review.guardian,
      value: (
        <>
          {filtering.guardianName}
          <br />
          {filtering.filtering === 'off' ? review.off : review.on}
        </>
      ),
    },
  ];
}

function identityRows(c: WebContext, operator: Operator, { draft }: OpenDraft): SummaryRow[] {
  const { language } = c.var;
  const { review } = pageText(language);
  if (!draft.identity) return [];
  const at = formatMoment(Temporal.Instant.from(draft.identity.checkedAt), operator.timeZone, language);
  const value = (
    <>
      {review.methods[draft.identity.method]}
      <br />
      <span class="muted">{review.checkedOn(at)}</span>
    </>
  );
  return [{ term: review.identity, value }];
}

function paymentRows(c: WebContext, { draft }: OpenDraft): SummaryRow[] {
  const { review } = pageText(c.var.language);
  if (!draft.payment) return [];
  return [{ term: review.card, value: `${draft.payment.brand} •••• ${draft.payment.lastFour}` }];
}

function documentRows(c: WebContext, operator: Operator, { draft, offer }: OpenDraft): SummaryRow[] {
  const { language } = c.var;
  const { review } = pageText(language);
  return offer.applications.documents.map((document) => {
    const agreedAt = recordOf(draft, document)?.agreedAt;
    const moment = agreedAt ? formatMoment(Temporal.Instant.from(agreedAt), operator.timeZone, language) : '';
    return { term: document.title[language], value: review.agreedOn(moment) };
  });
}

function PersonLines({ c, facts }: { c: WebContext; facts: ReturnType<typeof readUser> }) {
  const { language } = c.var;
  return (
    <>
      {facts.familyName} {facts.givenName}
      <br />
      <span class="muted">
        {facts.familyKana} {facts.givenKana}
      </span>
      <br />
      {pageText(language).review.born(formatDay(facts.birthDate ?? '', language))}
    </>
  );
}
