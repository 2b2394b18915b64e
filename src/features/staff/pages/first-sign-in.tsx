import { Hono } from 'hono';
import { z } from 'zod';
import { newSeed } from '../../../infra/auth/one-time-code.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import { sealedCookie } from '../../../infra/http/sealed-cookie.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  Card,
  ErrorSummary,
  Field,
  Form,
  Frame,
  PasskeyForm,
  renderPage,
} from '../../../infra/ui/components.tsx';
import { staffActor, staffPasswordFault } from '../accounts.ts';
import type { StaffParts } from '../deps.ts';
import { consolePath } from '../guard.ts';
import { finishFirstSignIn } from '../own-sign-in.ts';
import { ownText } from '../own-text.ts';
import { FIRST_SIGN_IN_MINUTES } from '../rules/session.ts';
import type { StaffSessions } from '../sessions.ts';
import { loadStaffMember, type StaffMember } from '../store.ts';
import { staffText } from '../text.ts';
import { SeedForm } from './seed-card.tsx';

const HERE = '/console/first';
const STEP = '/console/first/step';

export interface FirstSignInPages {
  readonly pages: Hono<WebEnv>;
  /** Somebody gave a one-time password that serves until then: they go on at these pages. */
  begin(c: WebContext, first: { staffId: string; until: string; next: string }): Response;
}

/**
 * GET and POST /console/first (a password of one's own), /console/first/step (an authenticator app), and
 * /console/first/passkey with /options. What has been given so far is sealed in this browser; nothing is kept before
 * both are there.
 */
export function firstSignInPages(deps: StaffParts, sessions: StaffSessions): FirstSignInPages {
  const app = new Hono<WebEnv>();
  const shape = z.strictObject({
    staffId: z.string(),
    until: z.string(),
    next: z.string(),
    chosen: z.strictObject({ passwordHash: z.string(), seed: z.string() }).nullable(),
  });
  type Kept = z.infer<typeof shape>;
  const options = { name: 'renkei-staff-first', minutes: FIRST_SIGN_IN_MINUTES, sameSite: 'Strict', shape } as const;
  const kept = sealedCookie({ ...deps, tokens: deps.secrets.tokens }, options);

  app.get(HERE, async (c) => {
    const found = await present(c);
    return found ? showPassword(c, found.member) : startAgain(c);
  });

  app.post(HERE, async (c) => {
    const found = await present(c);
    if (!found) return startAgain(c);
    const wanted = (await readForm(c))('wanted');
    const fault = staffPasswordFault(found.member.loginId, wanted);
    if (fault) return showPassword(c, found.member, ownText(c.var.language).password.faults[fault]);
    const passwordHash = await deps.hasher.hash(wanted);
    kept.keep(c, { ...found.kept, chosen: { passwordHash, seed: newSeed() } });
    return c.redirect(STEP, 303);
  });

  app.get(STEP, async (c) => {
    const found = await chosen(c);
    return found ? showStep(c, found) : startAgain(c);
  });

  app.post(STEP, async (c) => {
    const found = await chosen(c);
    if (!found) return startAgain(c);
    const typed = (await readForm(c))('code');
    return finish(c, found, { kind: 'codes', seed: found.chosen.seed, typed }, ownText(c.var.language).codes.wrong);
  });

  app.post('/console/first/passkey/options', async (c) => {
    const found = await chosen(c);
    if (!found) return c.body(null, 403);
    const { member } = found;
    const name = { account: member.loginId, person: member.name };
    return c.json(await deps.passkeys.registrationOptions(staffActor(member), name));
  });

  app.post('/console/first/passkey', async (c) => {
    const found = await chosen(c);
    if (!found) return startAgain(c);
    const response = (await readForm(c))('response');
    const userAgent = c.req.header('user-agent')?.slice(0, 300) ?? null;
    return finish(c, found, { kind: 'passkey', response, userAgent }, ownText(c.var.language).passkeys.failed);
  });

  async function finish(
    c: WebContext,
    found: Chosen,
    factor: Parameters<typeof finishFirstSignIn>[2],
    wrong: string,
  ): Promise<Response> {
    const { staffId, until, next } = found.kept;
    const { passwordHash } = found.chosen;
    const done = await finishFirstSignIn(deps, { staffId, until, passwordHash }, factor);
    if (!done.ok) return done.code === 'over' ? startAgain(c) : showStep(c, found, wrong);
    kept.drop(c);
    await sessions.start(c, done.value);
    return c.redirect(consolePath(next), 303);
  }

  interface Present {
    readonly kept: Kept;
    readonly member: StaffMember;
  }
  type Chosen = Present & { readonly chosen: NonNullable<Kept['chosen']> };

  async function present(c: WebContext): Promise<Present | null> {
    const value = kept.read(c);
    const member = value ? await loadStaffMember(runnerOf(deps.db), value.staffId) : null;
    return value && member ? { kept: value, member } : null;
  }

  async function chosen(c: WebContext): Promise<Chosen | null> {
    const found = await present(c);
    return found?.kept.chosen ? { ...found, chosen: found.kept.chosen } : null;
  }

  function startAgain(c: WebContext): Response {
    kept.drop(c);
    return c.redirect('/console/sign-in?again=1', 303);
  }

  function showPassword(c: WebContext, member: StaffMember, error?: string) {
    const { language } = c.var;
    const t = ownText(language);
    return renderPage(
      c,
      <Frame {...frameOf(c, t.first.title, error)}>
        <ErrorSummary errors={error ? [{ field: 'wanted', text: error }] : []} language={language} />
        <p>{t.first.lead(member.name)}</p>
        <Form action={HERE}>
          {/* For password managers: whose password it is. */}
          <input type="hidden" name="username" autocomplete="username" value={member.loginId} />
          <Field
            name="wanted"
            label={t.password.wanted}
            hint={t.password.wantedHint}
            type="password"
            autocomplete="new-password"
            error={error}
          />
          <Actions>
            <Button>{t.first.next}</Button>
          </Actions>
        </Form>
      </Frame>,
      error ? 422 : 200,
    );
  }

  function showStep(c: WebContext, found: Chosen, error?: string) {
    const { language } = c.var;
    const t = ownText(language);
    const { loginId } = found.member;
    return renderPage(
      c,
      <Frame {...frameOf(c, t.first.stepTitle, error)}>
        <ErrorSummary errors={error ? [{ field: 'code', text: error }] : []} language={language} />
        <p>{t.first.stepLead}</p>
        <Card title={t.first.codes}>
          <SeedForm
            c={c}
            operator={deps.operator}
            seed={found.chosen.seed}
            loginId={loginId}
            action={STEP}
            error={error}
          />
        </Card>
        <PasskeyForm action="/console/first/passkey" kind="create" failed={t.passkeys.failed}>
          <Card title={t.first.passkey}>
            <p>{t.first.passkeyLead}</p>
            <Button kind="secondary">{t.first.passkeySubmit}</Button>
          </Card>
        </PasskeyForm>
      </Frame>,
      error ? 422 : 200,
    );
  }

  const frameOf = (c: WebContext, title: string, error: string | undefined) =>
    ({
      c,
      operator: deps.operator,
      title,
      kind: 'alone',
      place: staffText(c.var.language).place,
      hasErrors: error !== undefined,
    }) as const;

  return {
    pages: app,
    begin(c, first) {
      kept.keep(c, { ...first, chosen: null });
      return c.redirect(HERE, 303);
    },
  };
}
