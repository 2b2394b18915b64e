import { Hono } from 'hono';
import type { Temporal } from 'temporal-polyfill';
import { sentences } from '../../../base/language.ts';
import type { Operator } from '../../../base/operator.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import { withNext } from '../../../infra/http/next-path.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  Card,
  CodeField,
  ErrorSummary,
  Form,
  LineLoginButton,
  LinkButton,
  Notice,
  Page,
  RadioCards,
  renderPage,
  Steps,
  SummaryList,
} from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import { type CodeProofFault, codeHelpFor, type Linking } from '../../linking/index.ts';
import { type GiveDeps, giveConsent } from '../consent.ts';
import { consentPath, type OpenId } from '../openid/provider.ts';
import { findVisit, type Visit } from '../openid/visit.ts';
import { toldBy } from '../rules/scopes.ts';
import { talkText } from '../text.ts';
import { type Own, ownSubscriptions, type ViewerDeps } from '../viewer.ts';
import { pageText } from './text.ts';

export interface ConsentPageDeps extends GiveDeps {
  readonly operator: Operator;
  readonly openId: OpenId;
  readonly contractors: GiveDeps['contractors'] & ViewerDeps['contractors'];
  readonly linking: GiveDeps['linking'] & ViewerDeps['linking'] & Pick<Linking, 'subscriptionOfCode'>;
}

interface Fault {
  readonly field: 'code' | 'subscription';
  readonly text: string;
  readonly status: 422 | 429;
  readonly typed?: string;
}

/**
 * GET /age-proof/consent/:uid: who asks, what is told, and first which subscription, then yes or no. POST …/code and
 * …/choose show whose subscription it is, …/again takes that back, …/decide ends it.
 */
export function consentPages(deps: ConsentPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator, openId } = deps;
  const sql = runnerOf(deps.db);

  app.get('/age-proof/consent/:uid', async (c) => {
    const visit = await findVisit(openId, sql, c);
    if (!visit) return expired(c);
    // A question about nothing is no question.
    if (visit.scopes.length === 0) return c.redirect(await visit.finish({ error: 'invalid_scope' }), 303);
    return show(c, visit);
  });

  app.post('/age-proof/consent/:uid/code', async (c) => {
    const visit = await findVisit(openId, sql, c);
    if (!visit) return expired(c);
    const typed = (await readForm(c))('code');
    const lineUserId = c.var.session?.lineUserId ?? null;
    const found = await deps.linking.subscriptionOfCode({
      typed,
      guesser: lineUserId ?? `age-proof:${visit.uid}`,
      address: c.var.address,
    });
    if (!found.ok) return prove(c, visit, codeFault(c, found.code, found.at, typed));
    const { subscriptionId } = found;
    await visit.keepProof({ subscriptionId, by: 'link-code', lineUserId, contractorId: null });
    return c.redirect(consentPath(visit.uid), 303);
  });

  app.post('/age-proof/consent/:uid/choose', async (c) => {
    const visit = await findVisit(openId, sql, c);
    if (!visit) return expired(c);
    const wanted = (await readForm(c))('subscription');
    const own = (await ownOf(c)).find(({ subscription }) => subscription.subscriptionId === wanted);
    if (!own) {
      return prove(c, visit, { field: 'subscription', text: pageText(c.var.language).chooseFirst, status: 422 });
    }
    const isLine = own.by === 'line-account';
    await visit.keepProof({
      subscriptionId: own.subscription.subscriptionId,
      by: own.by,
      lineUserId: isLine ? (c.var.session?.lineUserId ?? null) : null,
      contractorId: isLine ? null : (c.var.session?.contractorId ?? null),
    });
    return c.redirect(consentPath(visit.uid), 303);
  });

  app.post('/age-proof/consent/:uid/again', async (c) => {
    const visit = await findVisit(openId, sql, c);
    if (!visit) return expired(c);
    await visit.keepProof(null);
    return c.redirect(consentPath(visit.uid), 303);
  });

  app.post('/age-proof/consent/:uid/decide', async (c) => {
    const visit = await findVisit(openId, sql, c);
    if (!visit) return expired(c);
    const decision = (await readForm(c))('decision');
    if (decision === 'decline') {
      return c.redirect(await visit.finish({ error: 'access_denied', error_description: 'declined' }), 303);
    }
    if (decision !== 'agree' || !visit.proof) return c.redirect(consentPath(visit.uid), 303);
    const { subscriptionId, by, lineUserId, contractorId } = visit.proof;
    const given = await giveConsent(deps, visit.provider, {
      partner: visit.partner,
      subscriptionId,
      scopes: visit.scopes,
      purpose: visit.purpose,
      provenBy: by,
      lineUserId,
      contractorId,
      cause: `interaction:${visit.uid}`,
    });
    if (!given) {
      await visit.keepProof(null);
      return prove(c, { ...visit, proof: null }, { field: 'code', text: pageText(c.var.language).gone, status: 422 });
    }
    const login = { accountId: given.subject, remember: false, amr: [by] };
    return c.redirect(await visit.finish({ login, consent: { grantId: given.grantId } }), 303);
  });

  const ownOf = (c: WebContext): Promise<readonly Own[]> =>
    c.var.session ? ownSubscriptions(deps, sql, c.var.session) : Promise.resolve([]);

  function codeFault(c: WebContext, code: CodeProofFault, at: Temporal.Instant | undefined, typed: string): Fault {
    const { language } = c.var;
    const { cause, remedy } = codeHelpFor(language, code);
    const until = at ? pageText(language).until2(formatMoment(at, operator.timeZone, language)) : '';
    const status = code === 'too-many-tries' ? 429 : 422;
    return { field: 'code', text: sentences([cause, remedy, until], language), status, typed };
  }

  function show(c: WebContext, visit: Visit) {
    c.set('formTarget', visit.redirectOrigin);
    return visit.proof ? confirm(c, visit, visit.proof.subscriptionId) : prove(c, visit);
  }

  /** First: whose subscription is it? */
  async function prove(c: WebContext, visit: Visit, fault?: Fault) {
    c.set('formTarget', visit.redirectOrigin);
    const { language } = c.var;
    const t = pageText(language);
    const own = await ownOf(c);
    const here = consentPath(visit.uid);
    const codeError = fault?.field === 'code' ? fault.text : undefined;
    const first = own.length === 1 ? own[0]?.subscription.subscriptionId : undefined;
    return renderPage(
      c,
      <Page c={c} operator={operator} title={t.consentTitle} hasErrors={fault !== undefined}>
        <ErrorSummary errors={fault ? [fault] : []} language={language} />
        <Steps steps={t.steps} current={0} language={language} />
        <Question visit={visit} c={c} />
        <h2>{t.proveTitle}</h2>
        {own.length > 0 ? (
          <Form action={`${here}/choose`}>
            <RadioCards
              name="subscription"
              legend={t.chooseLegend}
              value={first}
              error={fault?.field === 'subscription' ? fault.text : undefined}
              options={own.map(({ subscription }) => ({
                value: subscription.subscriptionId,
                label: subscription.userName,
                hint: t.ending(subscription.msisdn.slice(-4)),
              }))}
            />
            <Actions>
              <Button>{t.chooseThis}</Button>
            </Actions>
          </Form>
        ) : null}
        <Form action={`${here}/code`}>
          <CodeField name="code" label={t.codeLabel} hint={t.codeHint} value={fault?.typed} error={codeError} />
          <Actions>
            <Button kind={own.length > 0 ? 'secondary' : 'primary'}>{t.useCode}</Button>
          </Actions>
        </Form>
        {own.length === 0 ? (
          <Card title={t.otherTitle}>
            <p>{t.withLine}</p>
            <LineLoginButton href={withNext('/login/line', here)} language={language} />
            <p>
              <a href={withNext('/login', here)}>{t.withLogin}</a>
            </p>
          </Card>
        ) : null}
        <Decline visit={visit} label={t.decline} />
      </Page>,
      fault?.status ?? 200,
    );
  }

  /** Then: yes or no. The whole number is nobody's to read here: a link code may have been found in the street. */
  async function confirm(c: WebContext, visit: Visit, subscriptionId: string) {
    const { language } = c.var;
    const t = pageText(language);
    const subscription = (await deps.contractors.subscriptions(sql, [subscriptionId])).get(subscriptionId);
    const here = consentPath(visit.uid);
    return renderPage(
      c,
      <Page c={c} operator={operator} title={t.agreeTitle(visit.partner.name[language])}>
        <Steps steps={t.steps} current={1} language={language} />
        <Question visit={visit} c={c} lastFour={subscription?.msisdn.slice(-4)} />
        <Form action={`${here}/decide`}>
          <Actions>
            <Button name="decision" value="agree">
              {t.agree}
            </Button>
            <Button kind="secondary" name="decision" value="decline">
              {t.decline}
            </Button>
          </Actions>
        </Form>
        <Form action={`${here}/again`}>
          <Button kind="quiet">{t.another}</Button>
        </Form>
        <p class="muted">{t.canWithdraw}</p>
      </Page>,
    );
  }

  function expired(c: WebContext) {
    const t = pageText(c.var.language);
    return renderPage(
      c,
      <Page c={c} operator={operator} title={t.expiredTitle}>
        <Notice kind="warning">
          <p>{t.expired}</p>
        </Notice>
        <LinkButton kind="secondary" href="/">
          {operator.name[c.var.language]}
        </LinkButton>
      </Page>,
      410,
    );
  }

  return app;
}

/** Who asks, what is told, what for, for how long. */
function Question({ visit, c, lastFour }: { visit: Visit; c: WebContext; lastFour?: string | undefined }) {
  const { language } = c.var;
  const t = pageText(language);
  const words = talkText(language);
  const { partner } = visit;
  return (
    <Card title={t.who(partner.name[language])}>
      <h3>{t.told}</h3>
      <ul class="plain">
        {toldBy(visit.scopes, partner).map((each) => (
          <li>{words.told[each](partner.ageThresholds)}</li>
        ))}
      </ul>
      <SummaryList
        rows={[
          ...(lastFour ? [{ term: t.subscription, value: <span class="figure">{t.ending(lastFour)}</span> }] : []),
          { term: t.purpose, value: words.purposes[visit.purpose] },
          { term: t.untilTerm, value: t.until(partner.consentDays) },
        ]}
      />
      <p class="muted">{t.notTold}</p>
    </Card>
  );
}

function Decline({ visit, label }: { visit: Visit; label: string }) {
  return (
    <Form action={`${consentPath(visit.uid)}/decide`}>
      <Button kind="quiet" name="decision" value="decline">
        {label}
      </Button>
    </Form>
  );
}
