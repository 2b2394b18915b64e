import { Hono } from 'hono';
import { newId } from '../../../base/ids.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { Actions, Button, Field, Form, LinkButton, Notice, SummaryList } from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import type { EmailAsked, EmailConfirmed } from '../../contractors/index.ts';
import { askForEmail, confirmEmail } from '../contact.ts';
import type { MyPageDeps } from '../needs.ts';
import { myPageText } from '../text.ts';
import { contactPage, contractorOf, requestIdIn } from './contact-parts.tsx';

type Refusal = Exclude<EmailAsked | EmailConfirmed, { ok: true }>;

const CODE = '/contract/email/code';

/**
 * GET and POST /contract/email: a new mail address, behind a second proof. GET and POST /contract/email/code: the code
 * that was sent there makes it count; POST /contract/email/again sends another one.
 */
export function emailPages(deps: MyPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator } = deps;
  const sql = runnerOf(deps.db);

  app.get('/contract/email', (c) => showEmail(c, ''));

  app.post('/contract/email', async (c) => {
    if (!deps.canMail) return showEmail(c, '');
    const form = await readForm(c);
    const email = form('email').normalize('NFKC').trim();
    const decision = await askForEmail(deps, { contractorId: contractorOf(c), email, requestId: requestIdIn(form) });
    if (decision.ok) return c.redirect(CODE, 303);
    return decision.code === 'not-found' ? c.notFound() : showEmail(c, form('email'), decision);
  });

  app.get(CODE, (c) => showCode(c, ''));

  app.post(CODE, async (c) => {
    const form = await readForm(c);
    const decision = await confirmEmail(deps, { contractorId: contractorOf(c), typed: form('code') });
    if (decision.ok) return c.redirect('/contract?done=email', 303);
    return decision.code === 'not-found' ? c.notFound() : showCode(c, form('code'), decision);
  });

  // The wish stood behind a second proof: the same address once more needs no other one.
  app.post('/contract/email/again', async (c) => {
    const contractorId = contractorOf(c);
    const waiting = await deps.contractors.waitingEmail(sql, contractorId);
    if (!waiting) return c.redirect('/contract/email?over=yes', 303);
    const requestId = requestIdIn(await readForm(c));
    const decision = await askForEmail(deps, { contractorId, email: waiting.email, requestId });
    return decision.ok ? c.redirect(`${CODE}?again=yes`, 303) : showCode(c, '', decision);
  });

  function words(c: WebContext, refusal: Refusal): string {
    const t = myPageText(c.var.language).email;
    switch (refusal.code) {
      case 'email-malformed':
        return t.malformed;
      case 'email-same':
        return t.same;
      case 'code-malformed':
        return t.code.malformed;
      case 'wrong-code':
        return t.code.wrong;
      case 'too-many':
        return t.tooMany(formatMoment(refusal.until, operator.timeZone, c.var.language));
      case 'code-over':
      case 'not-found':
        return t.code.over;
    }
  }

  const statusOf = (refusal: Refusal | undefined) =>
    refusal === undefined ? 200 : refusal.code === 'too-many' ? 429 : 422;

  async function showEmail(c: WebContext, value: string, refusal?: Refusal) {
    const { language } = c.var;
    const t = myPageText(language);
    const present = await deps.contractors.contractor(sql, contractorOf(c));
    const error = refusal && words(c, refusal);
    return contactPage(c, operator, {
      title: t.email.title,
      errors: error ? [{ field: 'email', text: error }] : [],
      status: statusOf(refusal),
      children: (
        <>
          {c.req.query('over') ? <Notice kind="warning">{t.email.code.over}</Notice> : null}
          <p>{t.email.lead}</p>
          {present ? <SummaryList rows={[{ term: t.email.present, value: present.email }]} /> : null}
          {deps.canMail ? (
            <Form action="/contract/email" requestId={newId()}>
              <Field
                name="email"
                type="email"
                inputmode="email"
                autocomplete="email"
                label={t.email.label}
                value={value}
                error={error}
                maxlength={320}
              />
              <Actions>
                <Button>{t.email.submit}</Button>
                <LinkButton kind="quiet" href="/contract">
                  {t.back}
                </LinkButton>
              </Actions>
            </Form>
          ) : (
            <Notice kind="warning">{t.email.cannotMail(operator.support.phone)}</Notice>
          )}
        </>
      ),
    });
  }

  async function showCode(c: WebContext, value: string, refusal?: Refusal) {
    const { language } = c.var;
    const t = myPageText(language).email.code;
    const waiting = await deps.contractors.waitingEmail(sql, contractorOf(c));
    if (!waiting) return c.redirect('/contract/email?over=yes', 303);
    const error = refusal && words(c, refusal);
    return contactPage(c, operator, {
      title: t.title,
      errors: error ? [{ field: 'code', text: error }] : [],
      status: statusOf(refusal),
      children: (
        <>
          {c.req.query('again') && !refusal ? <Notice kind="success">{t.sentAgain}</Notice> : null}
          <p>{t.lead(waiting.email)}</p>
          <Form action={CODE}>
            <Field
              name="code"
              label={t.label}
              hint={t.until(formatMoment(waiting.until, operator.timeZone, language))}
              inputmode="numeric"
              autocomplete="one-time-code"
              value={value}
              error={error}
              maxlength={20}
            />
            <Actions>
              <Button>{t.submit}</Button>
              <LinkButton kind="quiet" href="/contract/email">
                {t.other}
              </LinkButton>
            </Actions>
          </Form>
          <p class="muted">{t.notThere}</p>
          <Form action="/contract/email/again" requestId={newId()}>
            <Actions>
              <Button kind="quiet">{t.again}</Button>
            </Actions>
          </Form>
        </>
      ),
    });
  }

  return app;
}
