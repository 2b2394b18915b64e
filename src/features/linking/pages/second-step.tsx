import { Hono } from 'hono';
import type { Child } from 'hono/jsx';
import type { Temporal } from 'temporal-polyfill';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  Card,
  ErrorSummary,
  Field,
  Form,
  Page,
  PasskeyForm,
  renderPage,
} from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import { findPage } from '../attempts.ts';
import type { LinkingDeps, LinkProofFault, LinkProofGiven, LinkProofWay } from '../deps.ts';
import { displayNameOf } from '../notices.ts';
import { askLinkedTalks, loadSecondStep, proveSecondStep } from '../prove-contractor.ts';
import type { ContractorLinkFault } from '../rules/contractor-link.ts';
import type { pageCookie } from './page-cookie.ts';
import { AccountCard } from './parts.tsx';
import { pageText } from './text.ts';

type Step = NonNullable<Awaited<ReturnType<typeof loadSecondStep>>>;

interface Shown {
  readonly lineUserId: string;
  readonly step: Step;
  readonly fault?: {
    readonly way: LinkProofWay;
    readonly code: LinkProofFault | ContractorLinkFault;
    readonly at: Temporal.Instant | undefined;
  };
}

/**
 * The second step of a contractor link, for whoever has more than a password: POST /link/contractor/talk asks in the
 * linked talk, /talk/answered goes on after the tap, /code and /passkey take those. Each leads on to LINE's dialogue.
 */
export function secondStepPages(
  deps: LinkingDeps,
  cookie: ReturnType<typeof pageCookie>,
  show: (c: WebContext) => Promise<Response>,
): Hono<WebEnv> {
  const app = new Hono<WebEnv>();

  app.post('/link/contractor/talk', async (c) => {
    const asked = await askLinkedTalks(deps, cookie.read(c, 'contractor'));
    return asked.ok ? c.redirect('/link/contractor', 303) : refused(c, 'tap', asked);
  });

  app.post('/link/contractor/talk/answered', (c) => prove(c, { way: 'tap' }));

  app.post('/link/contractor/code', async (c) => prove(c, { way: 'code', typed: (await readForm(c))('code') }));

  app.post('/link/contractor/passkey', async (c) =>
    prove(c, { way: 'passkey', response: (await readForm(c))('response') }),
  );

  app.post('/link/contractor/passkey/options', async (c) => {
    const page = await findPage(deps, 'contractor', cookie.read(c, 'contractor'));
    const contractorId = page.kind === 'open' ? page.attempt.confirmedContractorId : null;
    if (!contractorId) return c.notFound();
    return c.json(await deps.secondFactor().passkeyOptions(contractorId));
  });

  async function prove(c: WebContext, given: LinkProofGiven): Promise<Response> {
    const proof = await proveSecondStep(deps, cookie.read(c, 'contractor'), given);
    return proof.ok ? c.redirect(proof.dialogueUrl, 303) : refused(c, given.way, proof);
  }

  async function refused(
    c: WebContext,
    way: LinkProofWay,
    refusal: {
      code: 'page-expired' | 'opened-elsewhere' | LinkProofFault | ContractorLinkFault;
      at?: Temporal.Instant;
    },
  ): Promise<Response> {
    const { code, at } = refusal;
    const page = await findPage(deps, 'contractor', cookie.read(c, 'contractor'));
    const step = page.kind === 'open' ? await loadSecondStep(deps, page.attempt) : null;
    if (code === 'page-expired' || code === 'opened-elsewhere' || page.kind !== 'open' || !step) return show(c);
    return secondStepPage(deps, c, { lineUserId: page.attempt.lineUserId, step, fault: { way, code, at } });
  }

  return app;
}

/** What is asked beyond the password, for the LINE account the page names. */
export async function secondStepPage(deps: LinkingDeps, c: WebContext, shown: Shown): Promise<Response> {
  const { language } = c.var;
  const t = pageText(language);
  const { operator } = deps;
  const { step, fault } = shown;
  const until = fault?.at ? t.until(formatMoment(fault.at, operator.timeZone, language)) : '';
  const text = fault ? `${{ ...t.contractorFault, ...t.second.faults }[fault.code]}${until}` : '';
  const fieldOf: Record<LinkProofWay, string> = { tap: 'tap', code: 'code', passkey: 'main' };
  const errors = fault ? [{ field: fieldOf[fault.way], text }] : [];
  const cards: Record<LinkProofWay, Child> = {
    tap: (
      <Card title={t.second.tap} id="tap">
        <p>{step.isAsked ? t.second.tapAsked : t.second.tapLead}</p>
        <Form action={step.isAsked ? '/link/contractor/talk/answered' : '/link/contractor/talk'}>
          <Actions>
            <Button>{step.isAsked ? t.second.tapGoOn : t.second.tapSubmit}</Button>
          </Actions>
        </Form>
      </Card>
    ),
    passkey: (
      <PasskeyForm action="/link/contractor/passkey" kind="get" failed={t.second.faults['wrong-code']}>
        <Card title={t.second.passkey}>
          <Actions>
            <Button kind="secondary">{t.second.passkeySubmit}</Button>
          </Actions>
        </Card>
      </PasskeyForm>
    ),
    code: (
      <Card title={t.oneTimeCode}>
        <Form action="/link/contractor/code">
          <Field
            name="code"
            label={t.oneTimeCode}
            hint={t.oneTimeCodeHint}
            error={fault?.way === 'code' ? text : undefined}
            autocomplete="one-time-code"
            maxlength={60}
          />
          <Actions>
            <Button kind={step.ways.includes('tap') ? 'secondary' : 'primary'}>{t.submit}</Button>
          </Actions>
        </Form>
      </Card>
    ),
  };
  return renderPage(
    c,
    <Page c={c} operator={operator} title={t.second.title} hasErrors={errors.length > 0}>
      <ErrorSummary errors={errors} language={language} />
      <AccountCard name={await displayNameOf(runnerOf(deps.db), shown.lineUserId)} language={language} />
      <p>{t.second.lead}</p>
      {step.ways.map((way) => cards[way])}
      <p class="muted">{t.second.otherwise(operator.support.phone)}</p>
    </Page>,
    fault === undefined ? 200 : fault.code === 'too-many-tries' ? 429 : 422,
  );
}
