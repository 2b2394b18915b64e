import { Hono } from 'hono';
import { requireContractor, requireSignedIn, type WebEnv } from '../../infra/http/web.ts';
import type { MyPageDeps } from './needs.ts';
import { codeHelpPages } from './pages/code-help.tsx';
import { contractPages } from './pages/contract.tsx';
import { emailPages } from './pages/email.tsx';
import { showLanding } from './pages/landing.tsx';
import { liffPages } from './pages/liff.tsx';
import { lineSignInPages } from './pages/line-sign-in.tsx';
import { linkCodePages } from './pages/link-code.tsx';
import { linkPages } from './pages/links.tsx';
import { signInPages } from './pages/sign-in.tsx';
import { topPages } from './pages/top.tsx';
import { userPages } from './pages/user.tsx';

export type { MyPageDeps } from './needs.ts';

export interface MyPage {
  pages(): Hono<WebEnv>;
}

/** My Page: signing in, and what a contractor or a linked LINE account sees. */
export function createMyPage(deps: MyPageDeps): MyPage {
  return {
    pages() {
      const app = new Hono<WebEnv>();
      for (const path of ['/contract', '/contract/*']) {
        app.use(path, requireContractor(deps.sessions));
      }
      // Whose age counts, and where mail goes: a password alone must change neither.
      for (const path of ['/contract/email', '/contract/:id/user']) {
        app.use(path, deps.credentials.requireSecondProof());
      }
      for (const path of ['/links', '/links/*']) app.use(path, requireSignedIn(deps.sessions));
      app.route('/', signInPages(deps));
      app.route('/', lineSignInPages(deps));
      app.route('/', liffPages(deps));
      app.route(
        '/',
        topPages(deps, (c) => showLanding(c, deps.operator)),
      );
      app.route('/', emailPages(deps));
      app.route('/', userPages(deps));
      app.route('/', contractPages(deps));
      app.route('/', linkCodePages(deps));
      app.route('/', linkPages(deps));
      app.route('/', codeHelpPages(deps));
      return app;
    },
  };
}
