import { Hono } from 'hono';
import { z } from 'zod';
import { newId } from '../../../base/ids.ts';
import { readForm } from '../../../infra/http/form.ts';
import { sealedCookie } from '../../../infra/http/sealed-cookie.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  ErrorSummary,
  Field,
  Form,
  LinkButton,
  Notice,
  Page,
  renderPage,
} from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import type { CredentialsDeps } from '../deps.ts';
import { askForReset, finishReset, isResetOpen } from '../reset.ts';
import { credentialsText } from '../text.ts';
import { choosePassword, passwordWords } from './parts.tsx';

/**
 * GET and POST /login/forgotten ask for a mailed link; GET /login/reset/:token takes the token out of the address, GET and
 * POST /login/reset set the new password.
 */
export function forgottenPages(deps: CredentialsDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const back = { href: '/login', label: '' };
  const token = sealedCookie(
    { ...deps, tokens: deps.secrets.tokens },
    { name: 'renkei-reset', minutes: 30, sameSite: 'Lax', shape: z.string() },
  );

  app.get('/login/forgotten', (c) => (c.req.query('sent') === '1' ? showSent(c) : ask(c)));

  app.post('/login/forgotten', async (c) => {
    if (!deps.canMail) return ask(c);
    const { language, address } = c.var;
    const t = credentialsText(language).forgotten;
    const form = await readForm(c);
    const loginId = form('loginId').trim();
    if (loginId === '') return ask(c, { loginId, text: t.missing, status: 422 });
    const asked = await askForReset(deps, { loginId, language, address, requestId: form('requestId') });
    if (asked.ok) return c.redirect('/login/forgotten?sent=1', 303);
    const until = formatMoment(asked.until, deps.operator.timeZone, language);
    return ask(c, { loginId, text: t.tooMany(until), status: 429 });
  });

  // The token leaves the address at once, so that it stands in no history and goes along to no other page.
  app.get('/login/reset/:token', (c) => {
    token.keep(c, c.req.param('token'));
    return c.redirect('/login/reset', 303);
  });

  app.get('/login/reset', async (c) => {
    if (c.req.query('done') === '1') return showDone(c);
    const kept = token.read(c);
    return kept && (await isResetOpen(deps, kept)) ? choose(c) : showOver(c);
  });

  app.post('/login/reset', async (c) => {
    const kept = token.read(c);
    if (!kept) return showOver(c);
    const password = (await readForm(c))('wanted');
    const decision = await finishReset(deps, { token: kept, password });
    if (decision.ok) {
      token.drop(c);
      return c.redirect('/login/reset?done=1', 303);
    }
    const { code } = decision;
    return code === 'link-over' ? showOver(c) : choose(c, passwordWords(c, code));
  });

  function ask(c: WebContext, failure?: { loginId: string; text: string; status: 422 | 429 }) {
    const { language } = c.var;
    const all = credentialsText(language);
    const t = all.forgotten;
    const errors = failure ? [{ field: 'loginId', text: failure.text }] : [];
    return renderPage(
      c,
      <Page
        c={c}
        operator={deps.operator}
        title={t.title}
        back={{ ...back, label: all.back }}
        hasErrors={errors.length > 0}
      >
        <ErrorSummary errors={errors} language={language} />
        {deps.canMail ? (
          <>
            <p>{t.lead}</p>
            <Form action="/login/forgotten" requestId={newId()}>
              <Field
                name="loginId"
                label={t.loginId}
                value={failure?.loginId}
                error={failure?.text}
                autocomplete="username"
              />
              <Actions>
                <Button>{t.submit}</Button>
              </Actions>
            </Form>
          </>
        ) : (
          <p>{t.noMail(deps.operator.support.phone)}</p>
        )}
      </Page>,
      failure?.status ?? 200,
    );
  }

  function showSent(c: WebContext) {
    const t = credentialsText(c.var.language).forgotten;
    return renderPage(
      c,
      <Page c={c} operator={deps.operator} title={t.sentTitle}>
        <p class="lead">{t.sent}</p>
        <p class="muted">{t.notCome(deps.operator.support.phone)}</p>
        <LinkButton kind="secondary" href="/login">
          {t.toSignIn}
        </LinkButton>
      </Page>,
    );
  }

  function choose(c: WebContext, error?: string) {
    const t = credentialsText(c.var.language).forgotten;
    return choosePassword(c, {
      operator: deps.operator,
      title: t.resetTitle,
      lead: t.resetLead,
      action: '/login/reset',
      error,
    });
  }

  function showOver(c: WebContext) {
    const t = credentialsText(c.var.language).forgotten;
    return renderPage(
      c,
      <Page c={c} operator={deps.operator} title={t.resetTitle}>
        <Notice kind="warning">{t.over}</Notice>
        <LinkButton href="/login/forgotten">{t.again}</LinkButton>
      </Page>,
      410,
    );
  }

  function showDone(c: WebContext) {
    const t = credentialsText(c.var.language).forgotten;
    return renderPage(
      c,
      <Page c={c} operator={deps.operator} title={t.doneTitle}>
        <Notice kind="success">{t.done}</Notice>
        <LinkButton href="/login">{t.toSignIn}</LinkButton>
      </Page>,
    );
  }

  return app;
}
