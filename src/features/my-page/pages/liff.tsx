import { Hono } from 'hono';
import { z } from 'zod';
import { nextPath, withNext } from '../../../infra/http/next-path.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { LineLoginRefused, LineLoginUnavailable } from '../../../infra/line/sign-in/login.ts';
import { answerAsset, asset, JS } from '../../../infra/ui/assets.ts';
import { Actions, LinkButton, Page, renderPage } from '../../../infra/ui/components.tsx';
import { startLineSession } from '../line-session.ts';
import type { MyPageDeps } from '../needs.ts';
import { myPageText } from '../text.ts';

const sessionBody = z.object({ idToken: z.string().min(1).max(8_192), next: z.string().max(500).optional() });

/**
 * The LIFF app's entry: GET /liff/… loads LINE's SDK, POST /liff/session takes the ID token it gives, and the person
 * goes on to what followed `/liff` in the address. Without a LIFF app there is no such page.
 */
export function liffPages(deps: MyPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { liff } = deps;
  if (!liff) return app;
  const script = asset('liff-sign-in.js', JS, liff.script);

  app.get(script.path, (c) => answerAsset(c, script));

  app.post('/liff/session', async (c) => {
    const body = sessionBody.safeParse(await c.req.json().catch(() => null));
    if (!body.success) return c.json({ code: 'malformed' }, 400);
    try {
      const { lineUserId } = await liff.tokens.verify(body.data.idToken);
      await startLineSession(deps, c, lineUserId);
    } catch (error) {
      if (error instanceof LineLoginRefused) return c.json({ code: error.code }, 401);
      if (error instanceof LineLoginUnavailable) return c.json({ code: 'unavailable' }, 503);
      throw error;
    }
    return c.json({ next: nextPath(body.data.next) });
  });

  app.get('/liff', show);
  app.get('/liff/*', show);

  function show(c: WebContext) {
    const t = myPageText(c.var.language);
    return renderPage(
      c,
      <Page c={c} operator={deps.operator} title={t.liff.title}>
        <div id="liff" data-liff-id={liff?.id}>
          <p class="lead" role="status" data-waiting>
            {t.liff.waiting}
          </p>
          <div role="alert" data-failed hidden>
            <p class="lead">{t.liff.failed}</p>
            <Actions>
              <LinkButton href={withNext('/login/line', c.req.path.slice('/liff'.length))}>
                {t.lineSignIn.retry}
              </LinkButton>
            </Actions>
          </div>
        </div>
        <script type="module" src={script.path}></script>
      </Page>,
    );
  }

  return app;
}
