import { Hono } from 'hono';
import type { Temporal } from 'temporal-polyfill';
import { audit, inTransaction, runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  Card,
  CodeField,
  ErrorSummary,
  Form,
  Notice,
  PasskeyForm,
  renderPage,
  SummaryList,
} from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import { type ConsoleFrame, ConsolePage } from '../console-page.tsx';
import type { StaffParts } from '../deps.ts';
import { checkCode } from '../sign-in.ts';
import type { StaffMember } from '../store.ts';
import { staffText } from '../text.ts';

const HERE = '/console/passkeys';

/** GET and POST /console/passkeys with /options and /remove: one's own. Adding one asks for a one-time code. */
export function passkeyPages(deps: StaffParts, staff: ConsoleFrame): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const sql = runnerOf(deps.db);
  const ownerOf = (member: StaffMember) => ({ kind: 'staff', id: member.staffId }) as const;

  app.get(HERE, (c) => show(c));

  app.post(`${HERE}/options`, async (c) => {
    const member = staff.signedIn(c);
    const name = { account: member.loginId, person: member.name };
    return c.json(await deps.passkeys.registrationOptions(ownerOf(member), name));
  });

  app.post(HERE, async (c) => {
    const form = await readForm(c);
    const member = staff.signedIn(c);
    const code = await checkCode(deps, { staffId: member.staffId, typed: form('code'), isConfirmation: true });
    if (!code.ok) return show(c, staffText(c.var.language).signIn.wrongCode);
    const isAdded = await inTransaction(deps.db, async (tx) => {
      const own = runnerOf(tx);
      const userAgent = c.req.header('user-agent')?.slice(0, 300) ?? null;
      const isNew = await deps.passkeys.register(own, ownerOf(member), form('response'), userAgent);
      const actor = ownerOf(member);
      if (isNew) await audit(own, deps.clock.now(), { actor, action: 'staff.passkey-added' });
      return isNew;
    });
    return isAdded ? c.redirect(`${HERE}?done=1`, 303) : show(c, staffText(c.var.language).passkeys.failed);
  });

  app.post(`${HERE}/remove`, async (c) => {
    const member = staff.signedIn(c);
    const credentialId = (await readForm(c))('credentialId');
    if (!(await deps.passkeys.remove(sql, ownerOf(member), credentialId))) return c.notFound();
    await audit(sql, deps.clock.now(), { actor: ownerOf(member), action: 'staff.passkey-removed' });
    return c.redirect(`${HERE}?done=1`, 303);
  });

  async function show(c: WebContext, error?: string) {
    const { language } = c.var;
    const t = staffText(language);
    const passkeys = await deps.passkeys.list(sql, ownerOf(staff.signedIn(c)));
    const moment = (at: Temporal.Instant) => formatMoment(at, deps.operator.timeZone, language);
    return renderPage(
      c,
      <ConsolePage c={c} staff={staff} title={t.entries.passkeys} at="passkeys" hasErrors={!!error}>
        <ErrorSummary errors={error ? [{ field: 'code', text: error }] : []} language={language} />
        {c.req.query('done') === '1' ? <Notice kind="success">{t.passkeys.done}</Notice> : null}
        <p>{t.passkeys.lead}</p>
        <div class="cards">
          {passkeys.map((passkey) => (
            <Card title={moment(passkey.createdAt)}>
              <SummaryList
                rows={[{ term: t.passkeys.used, value: passkey.lastUsedAt ? moment(passkey.lastUsedAt) : '–' }]}
              />
              <Form action={`${HERE}/remove`}>
                <Actions>
                  <Button kind="secondary" name="credentialId" value={passkey.credentialId}>
                    {t.passkeys.remove}
                  </Button>
                </Actions>
              </Form>
            </Card>
          ))}
        </div>
        <PasskeyForm action={HERE} kind="create" failed={t.passkeys.failed}>
          <CodeField
            name="code"
            label={t.signIn.code}
            hint={t.signIn.codeHint}
            error={error}
            autocomplete="one-time-code"
          />
          <Actions>
            <Button>{t.passkeys.add}</Button>
          </Actions>
        </PasskeyForm>
      </ConsolePage>,
      error ? 422 : 200,
    );
  }

  return app;
}
