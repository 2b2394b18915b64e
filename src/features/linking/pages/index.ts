import { type Context, Hono } from 'hono';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import type { Purpose } from '../attempt-store.ts';
import { findPage, openPage } from '../attempts.ts';
import type { LinkCodes } from '../codes.ts';
import type { LinkingDeps } from '../deps.ts';
import { proveUser } from '../prove.ts';
import { type ContractorProofFault, loadSecondStep, proveContractor } from '../prove-contractor.ts';
import { contractorPage } from './contractor.tsx';
import { helpPage } from './help.tsx';
import { elsewherePage, expiredPage, overPage } from './outcome.tsx';
import { pageCookie } from './page-cookie.ts';
import { secondStepPage, secondStepPages } from './second-step.tsx';
import { userPage } from './user.tsx';

/**
 * GET /link/contractor and /link/user with `?linkToken=` give the page to the browser and clean its address; without
 * it they show where the link stands. POST proves the contract and leads into LINE's dialogue. GET /link/code-help.
 */
export function linkPages(deps: LinkingDeps, codes: LinkCodes): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const cookie = pageCookie(deps.publicUrl.startsWith('https://'));

  for (const purpose of ['contractor', 'user'] as const) {
    app.get(`/link/${purpose}`, (c) => {
      const linkToken = c.req.query('linkToken');
      return linkToken === undefined ? show(c, purpose) : open(c, purpose, linkToken);
    });
  }

  async function open(c: WebContext, purpose: Purpose, linkToken: string): Promise<Response> {
    // A look ahead (a link preview, a virus scanner) must not take the page away from the person.
    if (c.req.method === 'HEAD') return c.body(null, 204);
    const browserSecret = cookie.read(c, purpose)?.browserSecret ?? cookie.newSecret();
    const page = await openPage(deps, { purpose, linkToken: linkToken.slice(0, 500), browserSecret });
    if (page.kind === 'unknown') return expiredPage(deps, c, purpose);
    if (page.kind === 'opened-elsewhere') return elsewherePage(deps, c, purpose);
    cookie.write(c, purpose, { attemptId: page.attempt.attemptId, browserSecret });
    return c.redirect(`/link/${purpose}`, 303);
  }

  async function show(c: WebContext, purpose: Purpose): Promise<Response> {
    const page = await findPage(deps, purpose, cookie.read(c, purpose));
    if (page.kind === 'unknown') return expiredPage(deps, c, purpose);
    if (page.kind === 'opened-elsewhere') return elsewherePage(deps, c, purpose);
    if (page.kind === 'over') return overPage(deps, c, page.attempt);
    const { lineUserId } = page.attempt;
    if (purpose === 'user') return userPage(deps, c, { lineUserId });
    const step = await loadSecondStep(deps, page.attempt);
    return step ? secondStepPage(deps, c, { lineUserId, step }) : contractorPage(deps, c, { lineUserId });
  }

  app.post('/link/contractor', async (c) => {
    const form = await readForm(c);
    const [loginId, password] = [form('loginId').trim(), form('password')];
    const hold = cookie.read(c, 'contractor');
    if (loginId === '' || password === '') {
      const lineUserId = await ownerOf(c, 'contractor');
      if (lineUserId === null) return show(c, 'contractor');
      return contractorPage(deps, c, {
        lineUserId,
        loginId,
        missing: { loginId: loginId === '', password: password === '' },
      });
    }
    const proof = await proveContractor(deps, { hold, loginId, password, address: c.var.address });
    if (proof.ok) return c.redirect(proof.dialogueUrl, 303);
    if (proof.code === 'more-asked') return c.redirect('/link/contractor', 303);
    if (proof.code === 'first-password') {
      return deps.changeFirstPassword(c, { contractorId: proof.contractorId, password });
    }
    if (isOfPage(proof.code)) return show(c, 'contractor');
    const lineUserId = await ownerOf(c, 'contractor');
    if (lineUserId === null) return show(c, 'contractor');
    return contractorPage(deps, c, { lineUserId, loginId, fault: { code: proof.code, at: proof.at } });
  });

  app.post('/link/user', async (c) => {
    const typed = (await readForm(c))('code');
    const proof = await proveUser(deps, codes, { hold: cookie.read(c, 'user'), typed, address: c.var.address });
    if (proof.ok) return c.redirect(proof.dialogueUrl, 303);
    const lineUserId = await ownerOf(c, 'user');
    if (lineUserId === null || proof.code === 'page-expired' || proof.code === 'opened-elsewhere')
      return show(c, 'user');
    return userPage(deps, c, { lineUserId, typed, fault: { code: proof.code, at: proof.at } });
  });

  app.route(
    '/',
    secondStepPages(deps, cookie, (c) => show(c, 'contractor')),
  );

  app.get('/link/code-help', (c) => helpPage(deps, c));

  /** For whom the page in this browser is open; null when it is not. */
  async function ownerOf(c: Context<WebEnv>, purpose: Purpose): Promise<string | null> {
    const page = await findPage(deps, purpose, cookie.read(c, purpose));
    return page.kind === 'open' ? page.attempt.lineUserId : null;
  }

  return app;
}

function isOfPage(code: ContractorProofFault): code is 'page-expired' | 'opened-elsewhere' {
  return code === 'page-expired' || code === 'opened-elsewhere';
}
