import { Hono } from 'hono';
import { newId } from '../../../base/ids.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  CodeField,
  type FieldError,
  Form,
  LinkButton,
  renderPage,
} from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import type { OpenDraft } from '../drafts.ts';
import { readContractor } from '../rules/person.ts';
import { firstOpen } from '../rules/steps.ts';
import type { ApplicationPageDeps } from './deps.ts';
import { StepPage, stepPath, TotalLine } from './frame.tsx';
import { openStep } from './step.tsx';
import { pageText } from './text.ts';

/** GET and POST /apply/:draft/mail: the six digits that were mailed; POST /apply/:draft/mail/again mails new ones. */
export function mailPages(deps: ApplicationPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator, mail, browsers, drafts } = deps;
  const moment = (until: Parameters<typeof formatMoment>[0], c: WebContext) =>
    formatMoment(until, operator.timeZone, c.var.language);

  app.get('/apply/:draft/mail', async (c) => {
    const open = await openStep(deps, c, 'mail');
    return open instanceof Response ? open : show(c, open, null);
  });

  app.post('/apply/:draft/mail', async (c) => {
    const open = await openStep(deps, c, 'mail');
    if (open instanceof Response) return open;
    const form = await readForm(c);
    const applicant = browsers.applicant(c);
    const proved = await mail.proveByCode(applicant, open, form('code'));
    const t = pageText(c.var.language).mail;
    if (!proved.ok) {
      const text = proved.code === 'too-many' ? t.tooMany(moment(proved.until, c)) : t.wrong;
      return show(c, open, { field: 'code', text });
    }
    const after = await drafts.open(applicant, open.draftId);
    return after ? c.redirect(stepPath(after.draftId, firstOpen(after)), 303) : c.notFound();
  });

  app.post('/apply/:draft/mail/again', async (c) => {
    const open = await openStep(deps, c, 'mail');
    if (open instanceof Response) return open;
    const { language } = c.var;
    const requestId = (await readForm(c))('requestId');
    const sent = await mail.sendCode(open, { address: c.var.address, language, requestId });
    if (sent.ok) return c.redirect(stepPath(open.draftId, 'mail'), 303);
    const text = pageText(language).contractor.tooMany(moment(sent.until, c));
    return show(c, open, { field: 'code', text });
  });

  function show(c: WebContext, open: OpenDraft, error: FieldError | null) {
    const t = pageText(c.var.language).mail;
    const { mail: address } = readContractor(open.draft.typed.contractor, open.today);
    return renderPage(
      c,
      <StepPage c={c} operator={operator} open={open} step="mail" errors={error ? [error] : []}>
        <TotalLine c={c} open={open} />
        <p>{mail.isCodeAlive(open) ? t.lead(address) : t.expired(address)}</p>
        <Form action={stepPath(open.draftId, 'mail')} requestId={newId()}>
          <CodeField
            name="code"
            label={t.code}
            hint={t.codeHint}
            autocomplete="one-time-code"
            value=""
            error={error?.text}
          />
          <Actions>
            <Button>{pageText(c.var.language).next}</Button>
          </Actions>
        </Form>
        <p class="muted">{t.missing}</p>
        <Form action={`${stepPath(open.draftId, 'mail')}/again`} requestId={newId()}>
          <Actions>
            <Button kind="secondary">{t.again}</Button>
            <LinkButton kind="quiet" href={`${stepPath(open.draftId, 'contractor')}#mail`}>
              {t.other}
            </LinkButton>
          </Actions>
        </Form>
      </StepPage>,
      error ? 422 : 200,
    );
  }

  return app;
}
