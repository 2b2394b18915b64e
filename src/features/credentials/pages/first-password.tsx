import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { hasSeed } from '../../../infra/auth/one-time-code.ts';
import { audit, inTransaction, runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import { type SealedCookie, sealedCookie } from '../../../infra/http/sealed-cookie.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { digest } from '../../../infra/secrets.ts';
import { LinkButton, Notice, Page, renderPage } from '../../../infra/ui/components.tsx';
import type { CredentialsDeps } from '../deps.ts';
import { factorOf } from '../settings.ts';
import { credentialsText } from '../text.ts';
import { choosePassword, passwordWords } from './parts.tsx';

const PATH = '/login/first';

/** That a first password was right, kept in this browser until another one is chosen. */
export interface FirstPassword {
  /** Answers with the way to the page that changes it. Nobody is signed in. */
  begin(c: Context, first: { contractorId: string; password: string; from?: Door }): Response;
}

/** Where the first password was typed, and the own one is typed next. */
const DOORS = { 'sign-in': '/login', link: '/link/contractor' } as const;
type Door = keyof typeof DOORS;

/** Of the password only what tells another one apart. */
type Kept = { contractorId: string; passwordDigest: string; from: Door };
const digestOf = (password: string) => digest(password).toString('base64url');

function keptIn(deps: CredentialsDeps): SealedCookie<Kept> {
  return sealedCookie(
    { ...deps, tokens: deps.secrets.tokens },
    {
      name: 'renkei-first',
      minutes: 30,
      sameSite: 'Lax',
      shape: z.strictObject({
        contractorId: z.string(),
        passwordDigest: z.string(),
        from: z.enum(['sign-in', 'link']),
      }),
    },
  );
}

export function firstPassword(deps: CredentialsDeps): FirstPassword {
  const kept = keptIn(deps);
  return {
    begin(c, { contractorId, password, from = 'sign-in' }) {
      kept.keep(c, { contractorId, passwordDigest: digestOf(password), from });
      return c.redirect(PATH, 303);
    },
  };
}

/** GET and POST /login/first: a password that somebody else has chosen opens nothing but this page, which changes it, once. */
export function firstPasswordPages(deps: CredentialsDeps): Hono<WebEnv> {
  const kept = keptIn(deps);
  const { contractors, db, clock } = deps;
  const app = new Hono<WebEnv>();

  app.get(PATH, (c) => {
    const done = c.req.query('done');
    if (done === 'sign-in' || done === 'link') return showDone(c, done);
    return kept.read(c) ? choose(c) : showOver(c);
  });
  app.post(PATH, async (c) => {
    const first = kept.read(c);
    const contractor = first && (await contractors.contractor(runnerOf(db), first.contractorId));
    if (!first || !contractor?.mustChangePassword) return showOver(c);
    const wanted = (await readForm(c))('wanted');
    if (digestOf(wanted) === first.passwordDigest) return choose(c, credentialsText(c.var.language).first.same);
    const { contractorId, loginId } = contractor;
    const hasSecondFactor = await hasSeed(runnerOf(db), factorOf(contractorId));
    const prepared = await contractors.preparePassword({ loginId, password: wanted, hasSecondFactor });
    if (!prepared.ok) return choose(c, passwordWords(c, prepared.code));
    await inTransaction(db, async (tx) => {
      const sql = runnerOf(tx);
      await contractors.savePassword(sql, contractorId, prepared.value.passwordHash);
      const actor = { kind: 'contractor', id: contractorId } as const;
      await audit(sql, clock.now(), { actor, action: 'credentials.first-password-changed', contractorId });
    });
    kept.drop(c);
    return c.redirect(`${PATH}?done=${first.from}`, 303);
  });

  function choose(c: WebContext, error?: string) {
    const t = credentialsText(c.var.language).first;
    return choosePassword(c, { operator: deps.operator, title: t.title, lead: t.lead, action: PATH, error });
  }

  function showDone(c: WebContext, from: Door) {
    const all = credentialsText(c.var.language);
    return renderPage(
      c,
      <Page c={c} operator={deps.operator} title={all.first.title}>
        <Notice kind="success">{all.first.done}</Notice>
        <LinkButton href={DOORS[from]}>{from === 'link' ? all.first.backToLink : all.forgotten.toSignIn}</LinkButton>
      </Page>,
    );
  }

  function showOver(c: WebContext) {
    const all = credentialsText(c.var.language);
    return renderPage(
      c,
      <Page c={c} operator={deps.operator} title={all.first.title}>
        <Notice kind="warning">{all.first.over}</Notice>
        <LinkButton href="/login">{all.forgotten.toSignIn}</LinkButton>
      </Page>,
      410,
    );
  }

  return app;
}
