import { Hono } from 'hono';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { Actions, Button, CodeField, ErrorSummary, Form, Page, renderPage } from '../../../infra/ui/components.tsx';
import { momentWords } from '../../data/index.ts';
import { type EnteredCode, enterCode } from '../enter-code.ts';
import type { GiftPageDeps } from './deps.ts';
import { pageText } from './text.ts';

/** GET and POST /gifts/code: a code that was read out, typed in. A right one leads to the gift's claim page. */
export function enterCodePages(deps: GiftPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator } = deps;
  if (!operator.giftPolicy.ways.includes('gift-code')) return app;

  app.get('/gifts/code', (c) => show(c, ''));

  app.post('/gifts/code', async (c) => {
    const lineUserId = c.var.session?.lineUserId;
    if (!lineUserId) return c.notFound();
    const typed = (await readForm(c))('code');
    const entered = await enterCode(deps, { typed, lineUserId, address: c.var.address });
    return entered.ok ? c.redirect(`/gifts/claim/${entered.token}`, 303) : show(c, typed, entered);
  });

  function show(c: WebContext, typed: string, fault?: Extract<EnteredCode, { ok: false }>) {
    const { language } = c.var;
    const t = pageText(language);
    const until = fault?.until ? momentWords(fault.until, operator.timeZone, language) : '';
    const error = fault && t.codeFaults[fault.code](until);
    const page = (
      <Page
        c={c}
        operator={operator}
        title={t.codeTitle}
        nav="gifts"
        hasErrors={error !== undefined}
        back={{ href: '/gifts', label: t.listTitle }}
      >
        <ErrorSummary errors={error === undefined ? [] : [{ field: 'code', text: error }]} language={language} />
        <p class="lead">{t.codeLead}</p>
        <Form action="/gifts/code">
          <CodeField name="code" label={t.codeLabel} hint={t.codeHint} value={typed} error={error} />
          <Actions>
            <Button>{t.codeNext}</Button>
          </Actions>
        </Form>
      </Page>
    );
    return renderPage(c, page, fault === undefined ? 200 : fault.code === 'too-many-tries' ? 429 : 422);
  }

  return app;
}
