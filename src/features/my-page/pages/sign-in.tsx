import { Hono } from 'hono';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import { nextPath } from '../../../infra/http/next-path.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  ErrorSummary,
  Field,
  type FieldError,
  Form,
  LineLoginButton,
  Notice,
  Page,
  renderPage,
} from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import { knownDevices } from '../known-device.ts';
import type { MyPageDeps } from '../needs.ts';
import { lineAccountAfterPassword } from '../rules/contractor-after-line-login.ts';
import { myPageText } from '../text.ts';

interface Shown {
  next: string;
  loginId?: string;
  errors?: readonly FieldError[];
  /** The person is signed in, but not recently enough for what comes next. */
  isAgain?: boolean;
}

/** GET and POST /login, POST /logout. */
export function signInPages(deps: MyPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const devices = knownDevices(deps);

  app.get('/login', (c) => {
    const next = nextPath(c.req.query('next'));
    const isAgain = c.req.query('again') === '1';
    if (c.var.session?.contractorId && !isAgain) return c.redirect(next, 303);
    return show(c, { next, isAgain }, 200);
  });

  app.post('/login', async (c) => {
    const form = await readForm(c);
    const next = nextPath(form('next'));
    const [loginId, password] = [form('loginId').trim(), form('password')];
    const errors = missing(c, loginId, password);
    if (errors.length > 0) return show(c, { next, loginId, errors }, 422);

    const present = c.var.session?.lineUserId ?? null;
    const decision = await deps.contractors.signIn({
      loginId,
      password,
      address: c.var.address,
      isKnownDevice: devices.knows(c, loginId),
      ...(present ? { lineUserId: present } : {}),
    });
    if (!decision.ok) {
      const errors = [{ field: 'loginId', text: words(c, decision) }];
      return show(c, { next, loginId, errors }, decision.code === 'too-many-tries' ? 429 : 422);
    }
    const { contractorId } = decision.value;
    const links = present ? await deps.linking.contractorLinksOf(runnerOf(deps.db), present) : [];
    const linkedContractorIds = links.map((link) => link.contractorId);
    const lineUserId = lineAccountAfterPassword({ contractorId, presentLineUserId: present, linkedContractorIds });
    await deps.sessions.start(c, { contractorId, lineUserId, method: 'password' });
    devices.remember(c, loginId);
    return c.redirect(next, 303);
  });

  app.post('/logout', async (c) => {
    await deps.sessions.end(c);
    return c.redirect('/', 303);
  });

  function words(c: WebContext, refusal: Exclude<Awaited<ReturnType<typeof deps.contractors.signIn>>, { ok: true }>) {
    const t = myPageText(c.var.language).signIn;
    switch (refusal.code) {
      case 'wrong-id-or-password':
        return t.wrong;
      case 'too-many-tries':
        return t.tooMany(formatMoment(refusal.until, deps.operator.timeZone, c.var.language));
    }
  }

  function show(c: WebContext, shown: Shown, status: 200 | 422 | 429) {
    const { language, session } = c.var;
    const t = myPageText(language).signIn;
    const errors = shown.errors ?? [];
    const errorOf = (field: string) => errors.find((error) => error.field === field)?.text;
    const { phone, hours } = deps.operator.support;
    const query = shown.next === '/' ? '' : `?next=${encodeURIComponent(shown.next)}`;
    return renderPage(
      c,
      <Page c={c} operator={deps.operator} title={t.title} hasErrors={errors.length > 0}>
        <ErrorSummary errors={errors} language={language} />
        {shown.isAgain ? <Notice kind="info">{t.again}</Notice> : null}
        {!shown.isAgain && session?.lineUserId && !session.contractorId ? (
          <Notice kind="info">{t.notLinked}</Notice>
        ) : null}
        <p>{t.lead}</p>
        <Form action="/login">
          <input type="hidden" name="next" value={shown.next} />
          <Field
            name="loginId"
            label={t.loginId}
            hint={t.loginIdHint}
            value={shown.loginId}
            error={errorOf('loginId')}
            autocomplete="username"
          />
          <Field
            name="password"
            label={t.password}
            type="password"
            error={errorOf('password')}
            autocomplete="current-password"
          />
          <Actions>
            <Button>{t.submit}</Button>
          </Actions>
        </Form>
        <p class="or">{t.or}</p>
        <LineLoginButton href={`/login/line${query}`} language={language} />
        <details>
          <summary>{t.forgotten}</summary>
          <p>{t.forgottenBody(phone, hours.from, hours.to)}</p>
        </details>
      </Page>,
      status,
    );
  }

  return app;
}

function missing(c: WebContext, loginId: string, password: string): FieldError[] {
  const t = myPageText(c.var.language).signIn;
  return [
    ...(loginId === '' ? [{ field: 'loginId', text: t.missingLoginId }] : []),
    ...(password === '' ? [{ field: 'password', text: t.missingPassword }] : []),
  ];
}
