import { Hono } from 'hono';
import { z } from 'zod';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import { nextPath } from '../../../infra/http/next-path.ts';
import { sealedCookie } from '../../../infra/http/sealed-cookie.ts';
import type { SecondProof } from '../../../infra/http/session.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  ErrorSummary,
  Field,
  type FieldError,
  Form,
  LineLoginButton,
  LinkButton,
  Notice,
  Page,
  PasskeyForm,
  renderPage,
} from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import { uiText } from '../../../infra/ui/text.ts';
import { knownDevices } from '../known-device.ts';
import type { MyPageDeps } from '../needs.ts';
import { lineAccountAfterPassword } from '../rules/contractor-after-line-login.ts';
import { myPageText } from '../text.ts';

interface Shown {
  next: string;
  loginId?: string;
  errors?: readonly FieldError[];
}

/** GET and POST /login, /login/code for those who use one-time codes, POST /logout. */
export function signInPages(deps: MyPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const devices = knownDevices(deps);
  const shape = z.strictObject({ contractorId: z.string(), loginId: z.string(), next: z.string() });
  // The password alone opens nothing where a code is asked for too; that it was right is kept sealed in this browser.
  const between = sealedCookie(deps, { name: 'renkei-step', minutes: 5, sameSite: 'Lax', shape });

  app.get('/login', (c) => {
    const next = nextPath(c.req.query('next'));
    if (c.var.session?.contractorId) return c.redirect(next, 303);
    return show(c, { next }, 200);
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
    const { contractorId, mustChangePassword } = decision.value;
    if (mustChangePassword) return deps.credentials.firstPassword.begin(c, { contractorId, password });
    if (await deps.credentials.asksForCode(contractorId)) {
      between.keep(c, { contractorId, loginId, next });
      return c.redirect('/login/code', 303);
    }
    await signIn(c, { contractorId, loginId });
    return c.redirect(next, 303);
  });

  app.get('/login/code', (c) => (between.read(c) ? showCode(c) : c.redirect('/login', 303)));

  app.post('/login/code', async (c) => {
    const t = myPageText(c.var.language).signInCode;
    const first = between.read(c);
    if (!first) return show(c, { next: '/', errors: [{ field: 'loginId', text: t.stale }] }, 422);
    const proven = await deps.credentials.proveByCode(first.contractorId, (await readForm(c))('code'));
    if (!proven.ok) {
      const isWrong = proven.code === 'wrong-code';
      const text = isWrong ? t.wrong : t.tooMany(formatMoment(proven.until, deps.operator.timeZone, c.var.language));
      return showCode(c, { text, status: isWrong ? 422 : 429 });
    }
    between.drop(c);
    await signIn(c, { ...first, provenBy: proven.value });
    return c.redirect(nextPath(first.next), 303);
  });

  async function signIn(
    c: WebContext,
    { contractorId, loginId, provenBy }: { contractorId: string; loginId: string; provenBy?: SecondProof },
  ): Promise<void> {
    const present = c.var.session?.lineUserId ?? null;
    const links = present ? await deps.linking.contractorLinksOf(runnerOf(deps.db), present) : [];
    const linkedContractorIds = links.map((link) => link.contractorId);
    const lineUserId = lineAccountAfterPassword({ contractorId, presentLineUserId: present, linkedContractorIds });
    const proof = provenBy ? { provenBy } : {};
    await deps.sessions.start(c, { contractorId, lineUserId, method: 'password', ...proof });
    devices.remember(c, loginId);
    await deps.contractors.rememberLanguage(runnerOf(deps.db), contractorId, c.var.language);
  }

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
    const { signIn: t, passkey } = myPageText(language);
    const errors = shown.errors ?? [];
    const errorOf = (field: string) => errors.find((error) => error.field === field)?.text;
    const query = shown.next === '/' ? '' : `?next=${encodeURIComponent(shown.next)}`;
    return renderPage(
      c,
      <Page
        c={c}
        operator={deps.operator}
        title={t.title}
        hasErrors={errors.length > 0}
        back={{ href: '/', label: uiText(c.var.language).nav.home }}
      >
        <ErrorSummary errors={errors} language={language} />
        {session?.lineUserId && !session.contractorId ? <Notice kind="info">{t.notLinked}</Notice> : null}
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
        <PasskeyForm action="/login/passkey" kind="get" failed={passkey.failed}>
          <input type="hidden" name="next" value={shown.next} />
          <Actions>
            <Button kind="secondary">{passkey.signIn}</Button>
          </Actions>
        </PasskeyForm>
        <p>
          <a href="/login/forgotten">{t.forgotten}</a>
        </p>
      </Page>,
      status,
    );
  }

  function showCode(c: WebContext, failure?: { text: string; status: 422 | 429 }) {
    const { language } = c.var;
    const t = myPageText(language).signInCode;
    return renderPage(
      c,
      <Page c={c} operator={deps.operator} title={t.title} hasErrors={failure !== undefined}>
        <ErrorSummary errors={failure ? [{ field: 'code', text: failure.text }] : []} language={language} />
        <p>{t.lead}</p>
        <Form action="/login/code">
          <Field
            name="code"
            label={t.code}
            hint={t.codeHint}
            error={failure?.text}
            autocomplete="one-time-code"
            maxlength={60}
          />
          <Actions>
            <Button>{t.submit}</Button>
            <LinkButton kind="quiet" href="/login">
              {t.startOver}
            </LinkButton>
          </Actions>
        </Form>
      </Page>,
      failure?.status ?? 200,
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
