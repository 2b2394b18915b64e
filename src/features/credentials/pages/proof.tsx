import { Hono } from 'hono';
import type { Temporal } from 'temporal-polyfill';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import { nextPath } from '../../../infra/http/next-path.ts';
import { hasSecondProof, purposeOf } from '../../../infra/http/session-rules.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { ErrorSummary, Notice, Page, renderPage } from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import type { CredentialsDeps } from '../deps.ts';
import {
  askInTalk,
  type LoadedFacts,
  loadProofFacts,
  mailCode,
  type Prover,
  proveByCode,
  proveByMail,
  proveByTap,
  recordProof,
} from '../proof.ts';
import { hasMailCode, loadTapOf } from '../proof-store.ts';
import { answerLimit, type ProofWay, proofWays } from '../rules/ways.ts';
import type { Owner } from '../settings.ts';
import { credentialsText } from '../text.ts';
import { ownerOf } from './parts.tsx';
import { type Failure, proofCards } from './proof-cards.tsx';

/**
 * GET /proof offers the ways of giving a second proof; POST /proof/talk asks in the talk, /proof/talk/answered goes on
 * after the tap, /proof/passkey takes a passkey's answer, /proof/code a code, /proof/mail sends one, /proof/mail/code takes
 * it, and /proof/password, after a rest, the password once more. Then on to where `next` says.
 */
export function proofPages(deps: CredentialsDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();

  app.get('/proof', async (c) => {
    const owner = await ownerOf(deps, c);
    if (!owner) return c.notFound();
    const next = nextPath(c.req.query('next'));
    if (isEnough(owner, next)) return c.redirect(next, 303);
    return show(c, owner, next);
  });

  app.post('/proof/talk', (c) =>
    within(c, 'tap', async ({ prover, next, fail }) => {
      const asked = await askInTalk(deps, prover, purposeOf(next));
      return asked.ok ? c.redirect(here(next), 303) : fail(asked);
    }),
  );

  app.post('/proof/talk/answered', (c) =>
    within(c, 'tap', async ({ prover, next, fail }) => {
      const purpose = purposeOf(next);
      if (!(await proveByTap(deps, prover, purpose))) return fail({ code: 'not-yet' });
      await deps.sessions.prove(c, 'line-tap', purpose);
      return c.redirect(next, 303);
    }),
  );

  app.post('/proof/password', (c) =>
    within(c, 'password', async ({ owner, next, password, fail }) => {
      const { contractor, address } = owner;
      const shown = { loginId: contractor.loginId, password, address, isKnownDevice: true, isConfirmation: true };
      const confirmed = await deps.contractors.signIn(shown);
      if (!confirmed.ok) return fail(confirmed);
      await deps.sessions.wake(c);
      return c.redirect(next, 303);
    }),
  );

  app.post('/proof/code', (c) =>
    within(c, 'code', async ({ prover, next, typed, fail }) => {
      const proven = await proveByCode(deps, prover, typed);
      if (!proven.ok) return fail(proven);
      await deps.sessions.prove(c, proven.value);
      return c.redirect(next, 303);
    }),
  );

  app.post('/proof/passkey/options', async (c) => {
    const owner = await ownerOf(deps, c);
    if (!owner) return c.notFound();
    return c.json(await deps.passkeys.options('contractor', owner.contractor.contractorId));
  });

  app.post('/proof/passkey', (c) =>
    within(c, 'passkey', async ({ prover, next, response, fail }) => {
      const shown = await deps.passkeys.check('contractor', response, prover.contractorId);
      await recordProof(deps, prover.contractorId, shown ? 'passkey' : null);
      if (!shown) return fail({ code: 'wrong-code' });
      await deps.sessions.prove(c, 'passkey');
      return c.redirect(next, 303);
    }),
  );

  app.post('/proof/mail', (c) =>
    within(c, 'mail', async ({ prover, next, requestId, fail }) => {
      const sent = await mailCode(deps, prover, { language: c.var.language, requestId });
      return sent.ok ? c.redirect(here(next), 303) : fail(sent);
    }),
  );

  app.post('/proof/mail/code', (c) =>
    within(c, 'mail', async ({ prover, next, typed, fail }) => {
      const proven = await proveByMail(deps, prover, typed);
      if (!proven.ok) return fail(proven);
      await deps.sessions.prove(c, proven.value);
      return c.redirect(next, 303);
    }),
  );

  type Refusal =
    | { code: 'wrong-code' | 'not-yet' | 'wrong-id-or-password' }
    | { code: 'too-many-tries'; until: Temporal.Instant };
  interface Posted {
    owner: Owner;
    prover: Prover;
    next: string;
    requestId: string;
    typed: string;
    password: string;
    /** A passkey's answer. */
    response: string;
    fail(refusal: Refusal): Response | Promise<Response>;
  }

  /** A posted form of one of the ways; a way that is not offered to this contractor is not there. */
  async function within(c: WebContext, way: ProofWay, work: (posted: Posted) => Promise<Response>): Promise<Response> {
    const owner = await ownerOf(deps, c);
    if (!owner) return c.notFound();
    const { contractorId } = owner.contractor;
    const form = await readForm(c);
    const next = nextPath(form('next'));
    // Tapped twice: the first has woken the session.
    if (way === 'password' && !owner.session.isRested) return c.redirect(next, 303);
    if (!waysOf(await loadProofFacts(deps, contractorId), owner, next).includes(way)) return c.notFound();
    return work({
      owner,
      prover: { contractorId, sessionId: owner.session.sessionId },
      next,
      requestId: form('requestId'),
      typed: form('code'),
      password: form('password'),
      response: form('response'),
      fail: (refusal) =>
        show(c, owner, next, {
          way,
          text: words(c, refusal),
          status: refusal.code === 'too-many-tries' ? 429 : 422,
        }),
    });
  }

  /** Nothing more is asked of whoever has given the proof already. */
  function isEnough({ session }: Owner, next: string): boolean {
    return hasSecondProof(session, deps.clock.now(), purposeOf(next));
  }

  function waysOf(facts: LoadedFacts, { session }: Owner, next: string): readonly ProofWay[] {
    return proofWays({
      ...facts,
      // Who it is may also be said by a LINE account that was linked just now; what the password must not do, not.
      hasLinkedLine: facts.hasLinkedLine || (session.isRested && facts.linkedAccounts > 0),
      isPasswordEnough: session.isRested,
      isLinkInQuestion: purposeOf(next) === 'links' && facts.linkedAccounts <= 1,
    });
  }

  function words(c: WebContext, refusal: Refusal): string {
    const t = credentialsText(c.var.language).proof;
    switch (refusal.code) {
      case 'wrong-code':
        return t.wrong;
      case 'wrong-id-or-password':
        return t.passwordWrong;
      case 'not-yet':
        return t.tapNotYet;
      case 'too-many-tries':
        return t.tooMany(formatMoment(refusal.until, deps.operator.timeZone, c.var.language));
    }
  }

  async function show(c: WebContext, owner: Owner, next: string, failure?: Failure): Promise<Response> {
    const { language } = c.var;
    const t = credentialsText(language).proof;
    const { contractorId, email } = owner.contractor;
    const { sessionId, isRested } = owner.session;
    const sql = runnerOf(deps.db);
    const since = answerLimit(deps.clock.now());
    const facts = await loadProofFacts(deps, contractorId);
    const ways = waysOf(facts, owner, next);
    const isLinkTooYoung = facts.linkedAccounts > 0 && !ways.includes('line');
    const tap = await loadTapOf(sql, since, { sessionId, contractorId, purpose: purposeOf(next) });
    const isMailed = await hasMailCode(sql, since, sessionId);
    const fieldOf: Partial<Record<ProofWay, string>> = { code: 'code', mail: 'code', tap: 'tap', password: 'password' };
    const errors = failure ? [{ field: fieldOf[failure.way] ?? 'main', text: failure.text }] : [];
    const cards = proofCards({ next, language, email, hasTap: tap !== null, isMailed, failure });
    return renderPage(
      c,
      <Page c={c} operator={deps.operator} title={t.title} nav="security" hasErrors={errors.length > 0}>
        <ErrorSummary errors={errors} language={language} />
        <p>{isRested ? t.restedLead : t.lead}</p>
        {isLinkTooYoung ? <p class="muted">{t.freshLink(deps.operator.linking.hoursUntilProof)}</p> : null}
        {ways.length === 0 ? <Notice kind="warning">{t.none(deps.operator.support.phone)}</Notice> : null}
        {ways.map((way) => cards[way])}
      </Page>,
      failure?.status ?? 200,
    );
  }

  return app;
}

const here = (next: string) => `/proof?next=${encodeURIComponent(next)}`;
