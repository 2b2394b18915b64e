import { Hono } from 'hono';
import { newId } from '../../../base/ids.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  ErrorSummary,
  Form,
  LinkButton,
  Notice,
  Page,
  renderPage,
} from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import type { OpenDraft } from '../drafts.ts';
import type { ApplicationPageDeps } from './deps.ts';
import { pageText } from './text.ts';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/**
 * GET and POST /apply/:draft/elsewhere mail a link; GET /apply/link/:token shows where it leads and POST /apply/link uses it up: a
 * mail program that looks at links in advance changes nothing.
 */
export function elsewherePages(deps: ApplicationPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator, drafts, browsers, mail } = deps;

  app.get('/apply/link/:token', async (c) => {
    const token = c.req.param('token');
    const draftId = TOKEN.test(token) ? await mail.draftBehind(token) : null;
    return draftId === null ? showOver(c) : showOpen(c, token);
  });

  app.post('/apply/link', async (c) => {
    const token = (await readForm(c))('token');
    const draftId = TOKEN.test(token) ? await mail.draftBehind(token) : null;
    const opened = draftId === null ? null : await mail.follow(token, browsers.keep(c));
    return opened === null ? showOver(c) : c.redirect(`/apply/${opened}`, 303);
  });

  app.get('/apply/:draft/elsewhere', async (c) => {
    const open = await proved(c);
    return open ? showElsewhere(c, open, null) : c.notFound();
  });

  app.post('/apply/:draft/elsewhere', async (c) => {
    const open = await proved(c);
    if (!open) return c.notFound();
    const { language } = c.var;
    const requestId = (await readForm(c))('requestId');
    const sent = await mail.sendLink(open, { address: c.var.address, language, requestId });
    if (sent.ok) return c.redirect(`/apply/${open.draftId}/elsewhere?sent=yes`, 303);
    return showElsewhere(c, open, formatMoment(sent.until, operator.timeZone, language));
  });

  /** Only an address that was proved is sent a way in. */
  async function proved(c: WebContext): Promise<OpenDraft | null> {
    const open = await drafts.open(browsers.applicant(c), c.req.param('draft') ?? '');
    return open?.draft.verifiedMail ? open : null;
  }

  function showElsewhere(c: WebContext, open: OpenDraft, tooManyUntil: string | null) {
    const { language } = c.var;
    const t = pageText(language);
    const errors = tooManyUntil === null ? [] : [{ field: 'send', text: t.contractor.tooMany(tooManyUntil) }];
    const back = { href: `/apply/${open.draftId}`, label: t.elsewhere.toStep };
    return renderPage(
      c,
      <Page c={c} operator={operator} title={t.elsewhere.title} back={back} hasErrors={errors.length > 0}>
        <ErrorSummary errors={errors} language={language} />
        {c.req.query('sent') === 'yes' ? (
          <Notice kind="success" title={t.elsewhere.sentTitle}>
            <p>{t.elsewhere.sent}</p>
          </Notice>
        ) : (
          <>
            <p class="lead">{t.elsewhere.lead(open.draft.verifiedMail ?? '')}</p>
            <p class="muted">{t.elsewhere.once}</p>
            <Form action={`/apply/${open.draftId}/elsewhere`} requestId={newId()}>
              <div class="actions" id="send">
                <Button>{t.elsewhere.send}</Button>
              </div>
            </Form>
          </>
        )}
      </Page>,
      errors.length > 0 ? 422 : 200,
    );
  }

  function showOpen(c: WebContext, token: string) {
    const t = pageText(c.var.language).elsewhere;
    return renderPage(
      c,
      <Page c={c} operator={operator} title={t.openTitle}>
        <p class="lead">{t.openLead}</p>
        <Form action="/apply/link">
          <input type="hidden" name="token" value={token} />
          <Actions>
            <Button>{t.open}</Button>
          </Actions>
        </Form>
      </Page>,
    );
  }

  function showOver(c: WebContext) {
    const t = pageText(c.var.language);
    return renderPage(
      c,
      <Page c={c} operator={operator} title={t.elsewhere.overTitle}>
        <p>{t.elsewhere.over}</p>
        <LinkButton href="/apply">{t.start.title}</LinkButton>
      </Page>,
      410,
    );
  }

  return app;
}
