import { Hono } from 'hono';
import { nextPath, withNext } from '../../../infra/http/next-path.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { LineLoginRefused, LineLoginUnavailable } from '../../../infra/line/sign-in/login.ts';
import { Actions, LinkButton, Page, renderPage } from '../../../infra/ui/components.tsx';
import { startLineSession } from '../line-session.ts';
import { lineSignInCookie } from '../line-sign-in-cookie.ts';
import type { MyPageDeps } from '../needs.ts';
import { myPageText } from '../text.ts';

/** GET /login/line begins a sign-in with LINE, GET /login/line/callback ends it. */
export function lineSignInPages(deps: MyPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const cookie = lineSignInCookie(deps);

  app.get('/login/line', (c) => {
    const attempt = deps.lineLogin.begin({ language: c.var.language });
    cookie.keep(c, attempt, nextPath(c.req.query('next')));
    return c.redirect(attempt.url, 303);
  });

  app.get('/login/line/callback', async (c) => {
    const kept = cookie.take(c);
    const { code, state } = c.req.query();
    if (!kept) return fail(c, 'stale', '/');
    if (c.req.query('error') !== undefined) return fail(c, 'cancelled', kept.next);
    if (!code || !state) return fail(c, 'stale', kept.next);

    let lineUserId: string;
    try {
      ({ lineUserId } = await deps.lineLogin.finish({ code, state, expected: kept.attempt }));
    } catch (error) {
      if (error instanceof LineLoginRefused) return fail(c, 'stale', kept.next);
      if (error instanceof LineLoginUnavailable) return fail(c, 'unavailable', kept.next);
      throw error;
    }
    await startLineSession(deps, c, lineUserId);
    return c.redirect(nextPath(kept.next), 303);
  });

  /** One calm page for everything that may go wrong: nothing has changed, and there are two ways on. */
  function fail(c: WebContext, why: 'cancelled' | 'stale' | 'unavailable', next: string) {
    const t = myPageText(c.var.language).lineSignIn;
    return renderPage(
      c,
      <Page c={c} operator={deps.operator} title={t.title}>
        <p class="lead">{t[why]}</p>
        <Actions>
          <LinkButton href={withNext('/login/line', next)}>{t.retry}</LinkButton>
          <LinkButton kind="quiet" href={withNext('/login', next)}>
            {t.withPassword}
          </LinkButton>
        </Actions>
      </Page>,
      why === 'unavailable' ? 503 : 400,
    );
  }

  return app;
}
