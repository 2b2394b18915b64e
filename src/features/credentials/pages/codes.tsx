import { Hono } from 'hono';
import { z } from 'zod';
import { hasSeed, newSeed, seedUri } from '../../../infra/auth/one-time-code.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import { sealedCookie } from '../../../infra/http/sealed-cookie.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  Card,
  CodeField,
  ConfirmPage,
  ErrorSummary,
  Field,
  Form,
  LinkButton,
  Notice,
  Page,
  QrCode,
  renderPage,
} from '../../../infra/ui/components.tsx';
import type { CredentialsDeps } from '../deps.ts';
import { factorOf, type Owner, renewRecoveryCodes, turnCodesOff, turnCodesOn } from '../settings.ts';
import { credentialsText } from '../text.ts';
import { ownerOf, passwordWords } from './parts.tsx';

/** GET and POST /security/codes (on), /security/codes/off, /security/recovery. Behind a second proof. */
export function codePages(deps: CredentialsDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const shape = z.strictObject({ seed: z.string(), contractorId: z.string() });
  const offered = sealedCookie(
    { ...deps, tokens: deps.secrets.tokens },
    { name: 'renkei-new-seed', minutes: 10, sameSite: 'Strict', shape },
  );

  app.get('/security/codes', async (c) => {
    const owner = await ownerOf(deps, c);
    if (!owner) return c.notFound();
    if (await isOn(owner)) return c.redirect('/security', 303);
    return offer(c, owner, newSeed());
  });

  app.post('/security/codes', async (c) => {
    const owner = await ownerOf(deps, c);
    if (!owner) return c.notFound();
    if (await isOn(owner)) return c.redirect('/security', 303);
    const t = credentialsText(c.var.language).codes;
    const kept = offered.read(c);
    if (kept?.contractorId !== owner.contractor.contractorId) return offer(c, owner, newSeed(), t.stale);
    const decision = await turnCodesOn(deps, owner, { seed: kept.seed, typed: (await readForm(c))('code') });
    if (!decision.ok) return offer(c, owner, kept.seed, t.wrong);
    offered.drop(c);
    return showRecovery(c, decision.value.recoveryCodes, t.onLead);
  });

  app.get('/security/codes/off', async (c) => {
    const owner = await ownerOf(deps, c);
    if (!owner) return c.notFound();
    return (await isOn(owner)) ? askOff(c) : c.redirect('/security', 303);
  });

  app.post('/security/codes/off', async (c) => {
    const owner = await ownerOf(deps, c);
    if (!owner) return c.notFound();
    const decision = await turnCodesOff(deps, owner, { password: (await readForm(c))('password') });
    if (decision.ok) return c.redirect('/security?done=codes-off', 303);
    return askOff(c, passwordWords(c, decision.code));
  });

  app.get('/security/recovery', async (c) => {
    const owner = await ownerOf(deps, c);
    if (!owner) return c.notFound();
    if (!(await isOn(owner))) return c.redirect('/security', 303);
    const all = credentialsText(c.var.language);
    return renderPage(
      c,
      <ConfirmPage
        c={c}
        operator={deps.operator}
        title={all.codes.renewTitle}
        nav="security"
        back={{ href: '/security', label: all.security.title }}
        action="/security/recovery"
        confirmLabel={all.codes.renewSubmit}
        cancelHref="/security"
      >
        <p>{all.codes.renewLead}</p>
      </ConfirmPage>,
    );
  });

  app.post('/security/recovery', async (c) => {
    const owner = await ownerOf(deps, c);
    if (!owner) return c.notFound();
    if (!(await isOn(owner))) return c.redirect('/security', 303);
    return showRecovery(c, await renewRecoveryCodes(deps, owner));
  });

  const isOn = ({ contractor }: Owner) => hasSeed(runnerOf(deps.db), factorOf(contractor.contractorId));

  function offer(c: WebContext, { contractor }: Owner, seed: string, error?: string) {
    const { language } = c.var;
    const all = credentialsText(language);
    const t = all.codes;
    offered.keep(c, { seed, contractorId: contractor.contractorId });
    const uri = seedUri({ seed, issuer: deps.operator.name[language], account: contractor.loginId });
    return renderPage(
      c,
      <Page
        c={c}
        operator={deps.operator}
        title={t.title}
        nav="security"
        back={{ href: '/security', label: all.security.title }}
        hasErrors={!!error}
      >
        <ErrorSummary errors={error ? [{ field: 'code', text: error }] : []} language={language} />
        <p>{t.lead}</p>
        <Card>
          <p>{t.scan}</p>
          <QrCode text={uri} label={t.qrLabel} />
          <p>{t.typed}</p>
          <p class="seed">{seed.match(/.{4}/g)?.join(' ')}</p>
        </Card>
        <Form action="/security/codes">
          <CodeField name="code" label={t.code} hint={t.codeHint} autocomplete="one-time-code" error={error} />
          <Actions>
            <Button>{t.submit}</Button>
          </Actions>
        </Form>
      </Page>,
      error ? 422 : 200,
    );
  }

  function showRecovery(c: WebContext, codes: readonly string[], lead?: string) {
    const t = credentialsText(c.var.language).codes;
    return renderPage(
      c,
      <Page c={c} operator={deps.operator} title={t.onTitle} nav="security">
        {lead ? <Notice kind="success">{lead}</Notice> : null}
        <p>{t.onRecovery}</p>
        <Card>
          <ul class="recovery">
            {codes.map((code) => (
              <li>
                <code>{code}</code>
              </li>
            ))}
          </ul>
        </Card>
        <Notice kind="warning">{t.onOnce}</Notice>
        <LinkButton href="/security">{t.goOn}</LinkButton>
      </Page>,
    );
  }

  function askOff(c: WebContext, error?: string) {
    const { language } = c.var;
    const all = credentialsText(language);
    const t = all.codes;
    return renderPage(
      c,
      <ConfirmPage
        c={c}
        operator={deps.operator}
        title={t.offTitle}
        nav="security"
        back={{ href: '/security', label: all.security.title }}
        hasErrors={!!error}
        action="/security/codes/off"
        confirmLabel={t.offSubmit}
        cancelHref="/security"
        isDangerous
        loses={t.offLoses}
        fields={
          <Field name="password" label={t.offPassword} type="password" autocomplete="current-password" error={error} />
        }
      >
        <ErrorSummary errors={error ? [{ field: 'password', text: error }] : []} language={language} />
        <p>{t.offLead}</p>
      </ConfirmPage>,
      error ? 422 : 200,
    );
  }

  return app;
}
