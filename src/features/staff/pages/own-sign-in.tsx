import { Hono } from 'hono';
import { z } from 'zod';
import { newSeed } from '../../../infra/auth/one-time-code.ts';
import { readForm } from '../../../infra/http/form.ts';
import { sealedCookie } from '../../../infra/http/sealed-cookie.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  Card,
  ErrorSummary,
  Field,
  type FieldError,
  Form,
  renderPage,
} from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import { type ConsoleFrame, ConsolePage } from '../console-page.tsx';
import type { StaffParts } from '../deps.ts';
import { changeOwnCodes, changeOwnPassword } from '../own-sign-in.ts';
import { ownText } from '../own-text.ts';
import type { StaffSessions } from '../sessions.ts';
import { staffText } from '../text.ts';
import { ACCOUNT } from './account.tsx';
import { SeedForm } from './seed-card.tsx';

const PASSWORD = `${ACCOUNT}/password`;
const CODES = `${ACCOUNT}/codes`;

/** GET and POST /console/account/password and /console/account/codes. Behind a fresh second step. */
export function ownSignInPages(deps: StaffParts, staff: ConsoleFrame, sessions: StaffSessions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const shape = z.strictObject({ seed: z.string(), staffId: z.string() });
  const options = { name: 'renkei-staff-seed', minutes: 10, sameSite: 'Strict', shape } as const;
  const offered = sealedCookie({ ...deps, tokens: deps.secrets.tokens }, options);

  app.get(PASSWORD, (c) => showPassword(c, []));

  app.post(PASSWORD, async (c) => {
    const session = await sessions.session(c);
    if (!session) return c.notFound();
    const form = await readForm(c);
    const [present, wanted] = [form('present'), form('wanted')];
    const t = ownText(c.var.language);
    if (present === '' || wanted === '') {
      return showPassword(c, [{ field: present === '' ? 'present' : 'wanted', text: t.password.missing }]);
    }
    const decision = await changeOwnPassword(deps, session, { present, wanted, address: c.var.address });
    if (decision.ok) return c.redirect(`${ACCOUNT}?done=password`, 303);
    switch (decision.code) {
      case 'wrong-id-or-password':
        return showPassword(c, [{ field: 'present', text: t.changePassword.wrong }]);
      case 'too-many-tries': {
        const until = formatMoment(decision.until, deps.operator.timeZone, c.var.language);
        return showPassword(c, [{ field: 'present', text: staffText(c.var.language).signIn.tooMany(until) }]);
      }
      default:
        return showPassword(c, [{ field: 'wanted', text: t.password.faults[decision.code] }]);
    }
  });

  app.get(CODES, (c) => showCodes(c, newSeed()));

  app.post(CODES, async (c) => {
    const session = await sessions.session(c);
    const kept = offered.read(c);
    if (!session || kept?.staffId !== session.member.staffId) return c.redirect(CODES, 303);
    const { seed } = kept;
    const changed = await changeOwnCodes(deps, session, { seed, typed: (await readForm(c))('code') });
    if (!changed.ok) return showCodes(c, seed, ownText(c.var.language).codes.wrong);
    offered.drop(c);
    return c.redirect(`${ACCOUNT}?done=codes`, 303);
  });

  function showPassword(c: WebContext, errors: readonly FieldError[]) {
    const { language } = c.var;
    const own = ownText(language);
    const t = own.changePassword;
    const errorOf = (field: string) => errors.find((error) => error.field === field)?.text;
    return renderPage(
      c,
      <ConsolePage {...frameOf(c, t.title, errors.length > 0)}>
        <ErrorSummary errors={errors} language={language} />
        <p>{t.lead}</p>
        <Form action={PASSWORD}>
          <input type="hidden" name="username" autocomplete="username" value={staff.signedIn(c).loginId} />
          <Field
            name="present"
            label={t.present}
            type="password"
            autocomplete="current-password"
            error={errorOf('present')}
          />
          <Field
            name="wanted"
            label={own.password.wanted}
            hint={own.password.wantedHint}
            type="password"
            autocomplete="new-password"
            error={errorOf('wanted')}
          />
          <Actions>
            <Button>{t.submit}</Button>
          </Actions>
        </Form>
      </ConsolePage>,
      errors.length > 0 ? 422 : 200,
    );
  }

  function showCodes(c: WebContext, seed: string, error?: string) {
    const { language } = c.var;
    const t = ownText(language).changeCodes;
    const { staffId, loginId } = staff.signedIn(c);
    offered.keep(c, { seed, staffId });
    return renderPage(
      c,
      <ConsolePage {...frameOf(c, t.title, error !== undefined)}>
        <ErrorSummary errors={error ? [{ field: 'code', text: error }] : []} language={language} />
        <p>{t.lead}</p>
        <Card>
          <SeedForm c={c} operator={deps.operator} seed={seed} loginId={loginId} action={CODES} error={error} />
        </Card>
      </ConsolePage>,
      error ? 422 : 200,
    );
  }

  const frameOf = (c: WebContext, title: string, hasErrors: boolean) => ({
    c,
    staff,
    title,
    at: 'account',
    back: { href: ACCOUNT, label: ownText(c.var.language).account.title },
    hasErrors,
  });

  return app;
}
