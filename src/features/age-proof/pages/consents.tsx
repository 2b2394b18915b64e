import { Hono } from 'hono';
import { isId } from '../../../base/ids.ts';
import type { Language } from '../../../base/language.ts';
import type { AuditEntry } from '../../../infra/db/index.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { Session, Sessions } from '../../../infra/http/session.ts';
import { requireSignedIn } from '../../../infra/http/web.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Button,
  Card,
  ConfirmPage,
  DataTable,
  Form,
  LinkButton,
  Notice,
  Page,
  renderPage,
  SummaryList,
} from '../../../infra/ui/components.tsx';
import { formatDay, formatMoment } from '../../../infra/ui/format.ts';
import type { Subscription } from '../../contractors/index.ts';
import { loadAnswers, type SeenAnswer } from '../answer-store.ts';
import { type ConsentDeps, changeObjection } from '../consent.ts';
import { loadConsents, type SeenConsent } from '../consent-store.ts';
import { withdrawConsent } from '../end-consent.ts';
import { loadContractPartners } from '../objection-store.ts';
import { isPurpose } from '../rules/scopes.ts';
import { talkText } from '../text.ts';
import { seenSubscriptions, type ViewerDeps } from '../viewer.ts';
import { pageText } from './text.ts';

export interface ConsentListDeps extends ConsentDeps {
  readonly sessions: Sessions;
  readonly contractors: ConsentDeps['contractors'] & ViewerDeps['contractors'];
  readonly linking: ViewerDeps['linking'];
}

/** How long a consent that has ended is still shown. */
const SHOWN_AFTER = { hours: 90 * 24 };
const ANSWERS_SHOWN = 50;

/**
 * GET /age-proof: what this person agreed to and what was told. GET and POST /age-proof/consents/:consent/withdraw.
 * POST /age-proof/partners/:partner: forbids a partner under contract to ask, or allows it again.
 */
export function consentListPages(deps: ConsentListDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const sql = runnerOf(deps.db);
  for (const path of ['/age-proof', '/age-proof/consents/*', '/age-proof/partners/*']) {
    app.use(path, requireSignedIn(deps.sessions));
  }

  app.get('/age-proof', async (c) => {
    const { session, language } = c.var;
    if (!session) return c.notFound();
    const t = pageText(language);
    const now = deps.clock.now();
    const seen = await seenSubscriptions(deps, sql, session);
    const subscriptionIds = [...seen.keys()];
    const { lineUserId } = session;
    const consents = await loadConsents(sql, { subscriptionIds, lineUserId, endedSince: now.subtract(SHOWN_AFTER) });
    const named = await deps.contractors.subscriptions(
      sql,
      consents.map((consent) => consent.subscriptionId),
    );
    const answers = await loadAnswers(sql, { subscriptionIds, limit: ANSWERS_SHOWN });
    const partners = await loadContractPartners(sql, subscriptionIds);
    const isStanding = (consent: SeenConsent) =>
      consent.withdrawnAt === null && consent.expiresAt.epochMilliseconds > now.epochMilliseconds;
    const standing = consents.filter(isStanding);
    const ended = consents.filter((consent) => !isStanding(consent));
    const done = c.req.query('done');
    return renderPage(
      c,
      <Page c={c} operator={deps.operator} title={t.title} nav="age-proof">
        {done === 'withdrawn' ? <Notice kind="success">{t.withdrawn}</Notice> : null}
        {done === 'changed' ? <Notice kind="success">{t.changed}</Notice> : null}
        <p>{t.lead}</p>
        <Card title={t.standing}>
          {standing.length === 0 ? (
            <p>{t.none}</p>
          ) : (
            standing.map((each) => consentItem(c, each, { seen, named }, true))
          )}
        </Card>
        {partners.length > 0 ? (
          <Card title={t.contractTitle}>
            <p class="muted">{t.contractHint}</p>
            {partners.map((partner) => (
              <div class="item">
                <SummaryList
                  rows={[
                    { term: t.asks, value: partner.partnerName[language] },
                    { term: t.subscription, value: nameOf(seen.get(partner.subscriptionId), c) },
                    ...(partner.hasObjected ? [{ term: t.answersTitle, value: t.forbidden }] : []),
                  ]}
                />
                <Form action={`/age-proof/partners/${partner.partnerId}`}>
                  <input type="hidden" name="subscription" value={partner.subscriptionId} />
                  <Button kind="secondary" name="change" value={partner.hasObjected ? 'allow' : 'forbid'}>
                    {partner.hasObjected ? t.allow : t.forbid}
                  </Button>
                </Form>
              </div>
            ))}
          </Card>
        ) : null}
        <Card title={t.answersTitle}>{answers.length === 0 ? <p>{t.answersNone}</p> : answerTable(c, answers)}</Card>
        {ended.length > 0 ? (
          <Card title={t.ended}>{ended.map((each) => consentItem(c, each, { seen, named }, false))}</Card>
        ) : null}
      </Page>,
    );
  });

  app.get('/age-proof/consents/:consent/withdraw', async (c) => {
    const consent = await ownConsent(c);
    if (!consent) return c.notFound();
    const t = pageText(c.var.language);
    const action = `/age-proof/consents/${consent.consentId}/withdraw`;
    return renderPage(
      c,
      <ConfirmPage
        c={c}
        operator={deps.operator}
        title={t.withdrawTitle(consent.partnerName[c.var.language])}
        nav="age-proof"
        back={{ href: '/age-proof', label: t.title }}
        action={action}
        confirmLabel={t.withdraw}
        cancelHref="/age-proof"
        isDangerous
        loses={t.withdrawLoses}
      />,
    );
  });

  app.post('/age-proof/consents/:consent/withdraw', async (c) => {
    const { session } = c.var;
    const consent = await ownConsent(c);
    if (!session || !consent) return c.notFound();
    const subscriptionIds = [...(await seenSubscriptions(deps, sql, session)).keys()];
    const { consentId } = consent;
    const { lineUserId } = session;
    await withdrawConsent(deps, { consentId, subscriptionIds, lineUserId, from: 'my-page', actor: actorOf(session) });
    return c.redirect('/age-proof?done=withdrawn', 303);
  });

  app.post('/age-proof/partners/:partner', async (c) => {
    const { session } = c.var;
    if (!session) return c.notFound();
    const form = await readForm(c);
    const seen = await seenSubscriptions(deps, sql, session);
    const partners = await loadContractPartners(sql, [...seen.keys()]);
    const found = partners.find(
      (each) => each.partnerId === c.req.param('partner') && each.subscriptionId === form('subscription'),
    );
    if (!found) return c.notFound();
    const { subscriptionId, partnerId } = found;
    const isForbidden = form('change') === 'forbid';
    await changeObjection(deps, { subscriptionId, partnerId, isForbidden, actor: actorOf(session) });
    return c.redirect('/age-proof?done=changed', 303);
  });

  /** The consent in the address, when it is among those this person may see; else nothing is there. */
  async function ownConsent(c: WebContext): Promise<SeenConsent | undefined> {
    const { session } = c.var;
    const consentId = c.req.param('consent') ?? '';
    if (!session || !isId(consentId)) return undefined;
    const subscriptionIds = [...(await seenSubscriptions(deps, sql, session)).keys()];
    const { lineUserId } = session;
    const endedSince = deps.clock.now().subtract(SHOWN_AFTER);
    const consents = await loadConsents(sql, { subscriptionIds, lineUserId, endedSince });
    return consents.find((consent) => consent.consentId === consentId);
  }

  function consentItem(
    c: WebContext,
    consent: SeenConsent,
    { seen, named }: Record<'seen' | 'named', ReadonlyMap<string, Subscription>>,
    isStanding: boolean,
  ) {
    const { language } = c.var;
    const t = pageText(language);
    const moment = (at: SeenConsent['givenAt']) => formatMoment(at, deps.operator.timeZone, language);
    const purpose = isPurpose(consent.purpose) ? talkText(language).purposes[consent.purpose] : consent.purpose;
    return (
      <div class="item">
        <SummaryList
          rows={[
            { term: t.asks, value: consent.partnerName[language] },
            {
              term: t.subscription,
              value: nameOf(seen.get(consent.subscriptionId), c, named.get(consent.subscriptionId)),
            },
            { term: t.purpose, value: purpose },
            { term: t.givenAt, value: moment(consent.givenAt) },
            consent.withdrawnAt
              ? {
                  term: consent.endedBy ? t.endedBy[consent.endedBy] : t.withdrawnAt,
                  value: moment(consent.withdrawnAt),
                }
              : { term: t.endsAt, value: moment(consent.expiresAt) },
          ]}
        />
        {isStanding ? (
          <LinkButton kind="secondary" href={`/age-proof/consents/${consent.consentId}/withdraw`}>
            {t.withdraw}
          </LinkButton>
        ) : null}
      </div>
    );
  }

  function answerTable(c: WebContext, answers: readonly SeenAnswer[]) {
    const { language } = c.var;
    const t = pageText(language);
    const words: Record<string, string> = t.answers;
    return (
      <DataTable
        caption={t.answersCaption}
        isStacked
        head={t.answersHead}
        rows={answers.map((answer) => [
          formatMoment(answer.answeredAt, deps.operator.timeZone, language),
          answer.partnerName[language],
          questionOf(answer, language),
          words[answer.answer] ?? answer.answer,
        ])}
      />
    );
  }

  return app;
}

/** What was asked, in words. */
function questionOf({ kind, ageThreshold, tenureDate }: SeenAnswer, language: Language): string {
  const t = pageText(language);
  switch (kind) {
    case 'age':
      return t.asked(ageThreshold ?? 0);
    case 'data-volume':
      return t.askedData;
    case 'tenure':
      return t.askedSince(formatDay(tenureDate ?? '', language));
    case 'service-status':
      return t.askedStatus;
  }
}

/** Whose subscription, and the end of its number; of one that is no longer this person's to see only that. */
function nameOf(seen: Subscription | undefined, c: WebContext, named = seen) {
  const ending = pageText(c.var.language).ending(named?.msisdn.slice(-4) ?? '');
  return (
    <>
      {seen?.userName} <span class="figure">{ending}</span>
    </>
  );
}

function actorOf(session: Session): AuditEntry['actor'] {
  if (session.contractorId) return { kind: 'contractor', id: session.contractorId };
  return { kind: 'line-account', id: session.lineUserId ?? '' };
}
