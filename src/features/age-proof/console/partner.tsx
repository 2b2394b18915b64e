import { listed } from '../../../base/language.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import type { Form as PostedForm } from '../../../infra/http/form.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  Card,
  DataTable,
  ErrorSummary,
  Field,
  Form,
  LinkButton,
  Notice,
  renderPage,
  SummaryList,
} from '../../../infra/ui/components.tsx';
import { formatMoment, withRemark } from '../../../infra/ui/format.ts';
import { uiText } from '../../../infra/ui/text.ts';
import { ConsolePage } from '../../staff/index.ts';
import { countAnswers, type Partner } from '../partner-store.ts';
import type { AddFault } from '../partners.ts';
import { isPurpose } from '../rules/scopes.ts';
import { talkText } from '../text.ts';
import { loadEventFigures } from '../watch-store.ts';
import { FIELD_OF, frameOf, PARTNERS_HOME, type PartnerConsoleDeps, State, ToldList } from './parts.tsx';
import { consoleText } from './text.ts';

/** One partner: what was agreed on, what an admin may change, how often it was answered. */
export async function partnerPage(
  deps: PartnerConsoleDeps,
  c: WebContext,
  partner: Partner,
  refused?: { form: PostedForm; fault: AddFault },
) {
  const { language } = c.var;
  const t = consoleText(language);
  const purposes = talkText(language).purposes;
  const here = `/console/partners/${partner.partnerId}`;
  const errors = refused ? [{ field: FIELD_OF[refused.fault], text: t.faults[refused.fault] }] : [];
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.text;
  const kept = (name: string, value: string) => refused?.form(name) ?? value;
  return renderPage(
    c,
    <ConsolePage
      {...frameOf(deps, c)}
      title={partner.name[language]}
      back={{ href: PARTNERS_HOME, label: t.title }}
      hasErrors={errors.length > 0}
    >
      <ErrorSummary errors={errors} language={language} />
      {c.req.query('done') === 'saved' ? <Notice kind="success">{t.saved}</Notice> : null}
      <Card title={t.agreed}>
        <SummaryList
          rows={[
            { term: t.state, value: <State partner={partner} c={c} /> },
            { term: t.id, value: <code>{partner.partnerId}</code> },
            { term: t.issuer, value: <code>{`${deps.publicUrl}/oidc`}</code> },
            { term: t.auth, value: t.authBy[partner.authMethod] },
            {
              term: t.ways,
              value: listed(
                partner.grants.map((grant) => t.grants[grant]),
                language,
              ),
            },
            { term: t.told, value: <ToldList partner={partner} c={c} /> },
            {
              term: t.purpose,
              value: listed(
                partner.purposes.map((each) => (isPurpose(each) ? purposes[each] : each)),
                language,
              ),
            },
            { term: t.since, value: formatMoment(partner.createdAt, deps.operator.timeZone, language) },
          ]}
        />
      </Card>
      {deps.staff.signedIn(c).role === 'admin' ? (
        <Card title={t.change}>
          <Form action={`${here}/terms`}>
            <Field
              name="redirectUris"
              label={t.redirectUris}
              hint={t.redirectUrisHint}
              value={kept('redirectUris', partner.redirectUris.join(' '))}
              error={errorOf('redirectUris')}
              required={false}
            />
            <Field
              name="ages"
              label={t.ages}
              hint={t.agesHint}
              value={kept('ages', partner.ageThresholds?.join(' ') ?? '')}
              error={errorOf('ages')}
              required={false}
            />
            <Field
              name="limit"
              label={t.limit}
              value={kept('limit', String(partner.requestsPerMinute))}
              error={errorOf('limit')}
              inputmode="numeric"
            />
            <Field
              name="days"
              label={t.days}
              value={kept('days', String(partner.consentDays))}
              error={errorOf('days')}
              inputmode="numeric"
            />
            <Button>{t.save}</Button>
          </Form>
          <Actions>
            {partner.authMethod === 'secret' ? (
              <LinkButton kind="secondary" href={`${here}/secret`}>
                {t.renew}
              </LinkButton>
            ) : null}
            {partner.suspendedAt === null ? (
              <LinkButton kind="secondary" href={`${here}/suspend`}>
                {t.suspend}
              </LinkButton>
            ) : null}
          </Actions>
          {partner.suspendedAt === null ? null : (
            <Form action={`${here}/resume`}>
              <Button kind="secondary">{t.resume}</Button>
            </Form>
          )}
        </Card>
      ) : null}
      <Card title={t.answersTitle}>
        <p class="muted">{t.answersHint}</p>
        {await answerTable(deps, c, partner)}
      </Card>
      {await eventCard(deps, c, partner)}
    </ConsolePage>,
    refused ? 422 : 200,
  );
}

/** Whether the partner's sink takes what it asked to be told; nothing where it never asked. */
async function eventCard(deps: PartnerConsoleDeps, c: WebContext, partner: Partner) {
  const { language } = c.var;
  const t = consoleText(language).events;
  const { waiting, oldest, delivered, failed } = await loadEventFigures(runnerOf(deps.db), partner.partnerId);
  if (waiting + delivered + failed === 0) return null;
  const since = oldest && t.since(formatMoment(oldest, deps.operator.timeZone, language));
  return (
    <Card title={t.title}>
      <p class="muted">{t.hint}</p>
      <SummaryList
        rows={[
          { term: t.waiting, value: since ? withRemark(String(waiting), since, language) : String(waiting) },
          { term: t.delivered, value: String(delivered) },
          { term: t.failed, value: String(failed) },
        ]}
      />
    </Card>
  );
}

async function answerTable(deps: PartnerConsoleDeps, c: WebContext, partner: Partner) {
  const t = consoleText(c.var.language);
  const now = deps.clock.now();
  const own = ({ partnerId }: { partnerId: string }) => partnerId === partner.partnerId;
  const month = (await countAnswers(runnerOf(deps.db), now.subtract({ hours: 30 * 24 }))).filter(own);
  const day = (await countAnswers(runnerOf(deps.db), now.subtract({ hours: 24 }))).filter(own);
  if (month.length === 0) return <p>{t.answersNone}</p>;
  const ofDay = (kind: string, answer: string) =>
    day.find((each) => each.kind === kind && each.answer === answer)?.count ?? 0;
  return (
    <DataTable
      caption={t.answersTitle}
      isUnderHeading
      head={t.answersHead}
      rows={month.map(({ kind, answer, count }) => [t.kinds[kind], answer, String(ofDay(kind, answer)), String(count)])}
      numeric={[2, 3]}
    />
  );
}

/** Asks before a secret dies or a partner is shut out. */
export function confirmPage(deps: PartnerConsoleDeps, c: WebContext, partner: Partner, deed: 'secret' | 'suspend') {
  const { language } = c.var;
  const t = consoleText(language);
  const name = partner.name[language];
  const here = `/console/partners/${partner.partnerId}`;
  const loses = deed === 'secret' ? t.renewLoses : t.suspendLoses;
  return renderPage(
    c,
    <ConsolePage
      {...frameOf(deps, c)}
      title={deed === 'secret' ? t.renewTitle(name) : t.suspendTitle(name)}
      back={{ href: here, label: name }}
    >
      <ul class="plain">
        {loses.map((loss) => (
          <li>{loss}</li>
        ))}
      </ul>
      <Form action={`${here}/${deed}`}>
        <Actions>
          <Button kind="danger">{deed === 'secret' ? t.renew : t.suspend}</Button>
          <LinkButton kind="quiet" href={here}>
            {uiText(language).cancel}
          </LinkButton>
        </Actions>
      </Form>
    </ConsolePage>,
  );
}
