import { Hono } from 'hono';
import { z } from 'zod';
import type { Language } from '../../../base/language.ts';
import { audit, runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import { sealedCookie } from '../../../infra/http/sealed-cookie.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  CodeField,
  ErrorSummary,
  Field,
  Form,
  Frame,
  LinkButton,
  PasskeyForm,
  renderPage,
} from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import type { StaffParts } from '../deps.ts';
import { consolePath } from '../guard.ts';
import { ownText } from '../own-text.ts';
import { staffLimits } from '../rules/limits.ts';
import { STEP_MINUTES } from '../rules/session.ts';
import type { StaffSessions } from '../sessions.ts';
import { type CodeDecision, checkCode, checkPasskey, checkPassword, type PasswordDecision } from '../sign-in.ts';
import { staffText } from '../text.ts';
import type { FirstSignInPages } from './first-sign-in.tsx';

/**
 * GET and POST /console/sign-in and /console/sign-in/code, POST /console/sign-in/passkey with /options, POST /console/sign-out.
 *
 * @param beginFirst where somebody with a one-time password goes on
 */
export function signInPages(
  deps: StaffParts,
  sessions: StaffSessions,
  beginFirst: FirstSignInPages['begin'],
): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  // The first step alone opens nothing; that it was taken is kept sealed in this browser for five minutes.
  const shape = z.strictObject({ staffId: z.string(), next: z.string() });
  const options = { name: 'renkei-staff-step', minutes: STEP_MINUTES, sameSite: 'Strict', shape } as const;
  const between = sealedCookie({ ...deps, tokens: deps.secrets.tokens }, options);

  app.get('/console/sign-in', async (c) => {
    const next = consolePath(c.req.query('next'));
    if (await sessions.current(c)) return c.redirect(next, 303);
    if (c.req.query('again') !== '1') return showPassword(c, { next });
    return showPassword(c, { next, error: ownText(c.var.language).first.over, status: 422 });
  });

  app.post('/console/sign-in', async (c) => {
    const form = await readForm(c);
    const next = consolePath(form('next'));
    const [loginId, password] = [form('loginId').trim(), form('password')];
    if (loginId === '' || password === '') {
      return showPassword(c, { next, loginId, error: staffText(c.var.language).signIn.missing, status: 422 });
    }
    const decision = await checkPassword(deps, { loginId, password, address: c.var.address });
    if (!decision.ok) {
      return showPassword(c, { next, loginId, error: words(c, decision), status: statusOf(decision) });
    }
    const { staffId, firstPasswordUntil } = decision.value;
    if (firstPasswordUntil) return beginFirst(c, { staffId, until: firstPasswordUntil.toString(), next });
    between.keep(c, { staffId, next });
    return c.redirect('/console/sign-in/code', 303);
  });

  app.get('/console/sign-in/code', (c) => (between.read(c) ? showCode(c, {}) : c.redirect('/console/sign-in', 303)));

  app.post('/console/sign-in/code', async (c) => {
    const first = between.read(c);
    if (!first) {
      const again = staffText(c.var.language).signIn.again;
      return showPassword(c, { next: '/console', error: again, status: 422 });
    }
    const decision = await checkCode(deps, { staffId: first.staffId, typed: (await readForm(c))('code') });
    if (!decision.ok) return showCode(c, { error: words(c, decision), status: statusOf(decision) });
    between.drop(c);
    await sessions.start(c, decision.value);
    return c.redirect(consolePath(first.next), 303);
  });

  // Open to everybody, and each challenge is a row until it is answered or over.
  app.post('/console/sign-in/passkey/options', async (c) => {
    const { limit } = staffLimits.passkeyFromAddress;
    const taken = await deps.limits.take(deps.db, [{ limit, subject: c.var.address }]);
    return taken.ok ? c.json(await deps.passkeys.options('staff')) : c.body(null, 429);
  });

  app.post('/console/sign-in/passkey', async (c) => {
    const form = await readForm(c);
    const next = consolePath(form('next'));
    const decision = await checkPasskey(deps, { response: form('response') });
    if (!decision.ok) {
      return showPassword(c, { next, error: staffText(c.var.language).signIn.passkeyFailed, status: 422 });
    }
    await sessions.start(c, decision.value);
    return c.redirect(next, 303);
  });

  app.post('/console/sign-out', async (c) => {
    const member = await sessions.end(c);
    if (member) {
      const actor = { kind: 'staff', id: member.staffId } as const;
      await audit(runnerOf(deps.db), deps.clock.now(), { actor, action: 'staff.signed-out' });
    }
    return c.redirect('/console/sign-in', 303);
  });

  type Refusal = Exclude<PasswordDecision | CodeDecision, { ok: true }>;

  function words(c: WebContext, refusal: Refusal): string {
    const t = staffText(c.var.language).signIn;
    switch (refusal.code) {
      case 'wrong-id-or-password':
        return t.wrong;
      case 'wrong-code':
        return t.wrongCode;
      case 'first-password-over':
        return t.firstOver;
      case 'too-many-tries':
        return t.tooMany(formatMoment(refusal.until, deps.operator.timeZone, c.var.language));
    }
  }

  function showPassword(
    c: WebContext,
    shown: { next: string; loginId?: string; error?: string; status?: 200 | 422 | 429 },
  ) {
    const { language } = c.var;
    const t = staffText(language);
    const { error } = shown;
    return renderPage(
      c,
      <Frame c={c} operator={deps.operator} title={t.signIn.title} kind="alone" place={t.place} hasErrors={!!error}>
        <ErrorSummary errors={error ? [{ field: 'loginId', text: error }] : []} language={language} />
        <p>{t.signIn.lead}</p>
        <Form action="/console/sign-in">
          <input type="hidden" name="next" value={shown.next} />
          <Field name="loginId" label={t.signIn.loginId} value={shown.loginId} error={error} autocomplete="username" />
          <Field name="password" label={t.signIn.password} type="password" autocomplete="current-password" />
          <Actions>
            <Button>{t.signIn.next}</Button>
          </Actions>
        </Form>
        <WithPasskey language={language} next={shown.next} />
      </Frame>,
      shown.status ?? 200,
    );
  }

  function showCode(c: WebContext, shown: { error?: string; status?: 200 | 422 | 429 }) {
    const { language } = c.var;
    const t = staffText(language);
    const { error } = shown;
    return renderPage(
      c,
      <Frame c={c} operator={deps.operator} title={t.signIn.codeTitle} kind="alone" place={t.place} hasErrors={!!error}>
        <ErrorSummary errors={error ? [{ field: 'code', text: error }] : []} language={language} />
        <p>{t.signIn.codeLead}</p>
        <Form action="/console/sign-in/code">
          <CodeField
            name="code"
            label={t.signIn.code}
            hint={t.signIn.codeHint}
            error={error}
            autocomplete="one-time-code"
          />
          <Actions>
            <Button>{t.signIn.submit}</Button>
            <LinkButton kind="quiet" href="/console/sign-in">
              {t.signIn.startOver}
            </LinkButton>
          </Actions>
        </Form>
        <WithPasskey language={language} next={between.read(c)?.next ?? '/console'} />
      </Frame>,
      shown.status ?? 200,
    );
  }

  return app;
}

/** Both steps in one; also for whoever has a passkey and no authenticator app. */
function WithPasskey({ language, next }: { language: Language; next: string }) {
  const t = staffText(language).signIn;
  return (
    <PasskeyForm action="/console/sign-in/passkey" kind="get" failed={t.passkeyFailed}>
      <input type="hidden" name="next" value={next} />
      <Actions>
        <Button kind="secondary">{t.passkey}</Button>
      </Actions>
    </PasskeyForm>
  );
}

const statusOf = (refusal: { code: string }) => (refusal.code === 'too-many-tries' ? 429 : 422);
