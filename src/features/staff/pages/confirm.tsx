import { Hono } from 'hono';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  CodeField,
  ErrorSummary,
  Form,
  PasskeyForm,
  renderPage,
} from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import { type ConsoleFrame, ConsolePage } from '../console-page.tsx';
import type { StaffParts } from '../deps.ts';
import { consolePath } from '../guard.ts';
import { ownText } from '../own-text.ts';
import { CONFIRM } from '../proof.ts';
import type { StaffSessions } from '../sessions.ts';
import { checkCode, checkPasskey } from '../sign-in.ts';
import { staffText } from '../text.ts';

/** GET and POST /console/confirm, POST /console/confirm/passkey with /options: a second step again, then on. */
export function confirmPages(deps: StaffParts, staff: ConsoleFrame, sessions: StaffSessions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();

  app.get(CONFIRM, (c) => show(c, consolePath(c.req.query('next'))));

  app.post(CONFIRM, async (c) => {
    const form = await readForm(c);
    const { staffId } = staff.signedIn(c);
    const next = consolePath(form('next'));
    const decision = await checkCode(deps, { staffId, typed: form('code'), isConfirmation: true });
    if (decision.ok) return goOn(c, next);
    const t = staffText(c.var.language).signIn;
    const isWrong = decision.code === 'wrong-code';
    const until = isWrong ? '' : formatMoment(decision.until, deps.operator.timeZone, c.var.language);
    return show(c, next, { text: isWrong ? t.wrongCode : t.tooMany(until), status: isWrong ? 422 : 429 });
  });

  app.post(`${CONFIRM}/passkey/options`, async (c) =>
    c.json(await deps.passkeys.options('staff', staff.signedIn(c).staffId)),
  );

  app.post(`${CONFIRM}/passkey`, async (c) => {
    const form = await readForm(c);
    const next = consolePath(form('next'));
    const decision = await checkPasskey(deps, { response: form('response'), confirming: staff.signedIn(c).staffId });
    if (decision.ok) return goOn(c, next);
    return show(c, next, { text: staffText(c.var.language).signIn.passkeyFailed, status: 422 });
  });

  async function goOn(c: WebContext, next: string) {
    await sessions.prove(c);
    return c.redirect(next, 303);
  }

  function show(c: WebContext, next: string, error?: { text: string; status: 422 | 429 }) {
    const { language } = c.var;
    const t = ownText(language).confirm;
    const { code, codeHint, passkeyFailed } = staffText(language).signIn;
    return renderPage(
      c,
      <ConsolePage c={c} staff={staff} title={t.title} at="account" hasErrors={!!error}>
        <ErrorSummary errors={error ? [{ field: 'code', text: error.text }] : []} language={language} />
        <p>{t.lead}</p>
        <Form action={CONFIRM}>
          <input type="hidden" name="next" value={next} />
          <CodeField name="code" label={code} hint={codeHint} error={error?.text} autocomplete="one-time-code" />
          <Actions>
            <Button>{t.submit}</Button>
          </Actions>
        </Form>
        <PasskeyForm action={`${CONFIRM}/passkey`} kind="get" failed={passkeyFailed}>
          <input type="hidden" name="next" value={next} />
          <Actions>
            <Button kind="secondary">{t.passkey}</Button>
          </Actions>
        </PasskeyForm>
      </ConsolePage>,
      error?.status ?? 200,
    );
  }

  return app;
}
