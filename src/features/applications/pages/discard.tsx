import { Hono } from 'hono';
import type { WebEnv } from '../../../infra/http/web-env.ts';
import { ConfirmPage, renderPage } from '../../../infra/ui/components.tsx';
import type { ApplicationPageDeps } from './deps.ts';
import { pageText } from './text.ts';

/** GET and POST /apply/:draft/discard: forgets everything that was typed. */
export function discardPages(deps: ApplicationPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator, drafts, browsers } = deps;

  app.get('/apply/:draft/discard', async (c) => {
    const open = await drafts.open(browsers.applicant(c), c.req.param('draft'));
    if (!open) return c.notFound();
    const t = pageText(c.var.language).discard;
    return renderPage(
      c,
      <ConfirmPage
        c={c}
        operator={operator}
        title={t.title}
        action={`/apply/${open.draftId}/discard`}
        confirmLabel={t.confirm}
        cancelHref={`/apply/${open.draftId}`}
        loses={t.loses}
        isDangerous
      />,
    );
  });

  app.post('/apply/:draft/discard', async (c) => {
    await drafts.discard(browsers.applicant(c), c.req.param('draft'));
    return c.redirect('/apply?done=discarded', 303);
  });

  return app;
}
