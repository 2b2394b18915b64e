import { Hono } from 'hono';
import { audit, runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import { nextPath } from '../../../infra/http/next-path.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Actions,
  Button,
  LinkButton,
  Notice,
  Page,
  PasskeyForm,
  PasskeyList,
  renderPage,
} from '../../../infra/ui/components.tsx';
import type { CredentialsDeps } from '../deps.ts';
import { credentialLimits } from '../rules/limits.ts';
import { addPasskey, factorOf, type Owner, removePasskey } from '../settings.ts';
import { credentialsText } from '../text.ts';
import { ownerOf } from './parts.tsx';

/**
 * GET and POST /security/passkeys with /options and /remove, behind a second proof; POST /login/passkey with /options signs
 * in. Made and shown by script alone: that is how browsers have them.
 */
export function passkeyPages(deps: CredentialsDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();

  app.get('/security/passkeys', async (c) => {
    const owner = await ownerOf(deps, c);
    return owner ? show(c, owner) : c.notFound();
  });

  app.post('/security/passkeys/options', async (c) => {
    const owner = await ownerOf(deps, c);
    if (!owner) return c.notFound();
    const { contractorId, loginId, name } = owner.contractor;
    const options = await deps.passkeys.registrationOptions(factorOf(contractorId), { account: loginId, person: name });
    return c.json(options);
  });

  app.post('/security/passkeys', async (c) => {
    const owner = await ownerOf(deps, c);
    if (!owner) return c.notFound();
    const userAgent = c.req.header('user-agent')?.slice(0, 300) ?? null;
    const isAdded = await addPasskey(deps, owner, { response: (await readForm(c))('response'), userAgent });
    return isAdded ? c.redirect('/security?done=passkey-added', 303) : show(c, owner, true);
  });

  app.post('/security/passkeys/remove', async (c) => {
    const owner = await ownerOf(deps, c);
    if (!owner) return c.notFound();
    await removePasskey(deps, owner, (await readForm(c))('credentialId'));
    // Tapped twice, it is gone, which is what was asked for. Whether somebody else has such a one is not told.
    return c.redirect('/security?done=passkey-removed', 303);
  });

  // Open to everybody, and each challenge is a row until it is answered or over.
  app.post('/login/passkey/options', async (c) => {
    const { limit } = credentialLimits.passkeyFromAddress;
    const taken = await deps.limits.take(deps.db, [{ limit, subject: c.var.address }]);
    return taken.ok ? c.json(await deps.passkeys.options('contractor')) : c.body(null, 429);
  });

  app.post('/login/passkey', async (c) => {
    const form = await readForm(c);
    const contractorId = await deps.passkeys.check('contractor', form('response'));
    if (!contractorId) return refused(c);
    const sql = runnerOf(deps.db);
    // The browser keeps its LINE account only where that is linked to this contractor.
    const present = c.var.session?.lineUserId ?? null;
    const links = present ? await deps.linking.lineAccountsOfContractor(sql, contractorId) : [];
    const lineUserId = links.some((link) => link.lineUserId === present) ? present : null;
    await deps.sessions.start(c, { contractorId, lineUserId, method: 'passkey', provenBy: 'passkey' });
    const actor = { kind: 'contractor', id: contractorId } as const;
    await audit(sql, deps.clock.now(), { actor, action: 'credentials.passkey-signed-in', contractorId });
    return c.redirect(nextPath(form('next')), 303);
  });

  async function show(c: WebContext, owner: Owner, isRefused = false) {
    const all = credentialsText(c.var.language);
    const t = all.passkeys;
    const passkeys = await deps.passkeys.list(runnerOf(deps.db), factorOf(owner.contractor.contractorId));
    return renderPage(
      c,
      <Page
        c={c}
        operator={deps.operator}
        title={t.title}
        nav="security"
        back={{ href: '/security', label: all.security.title }}
        hasErrors={isRefused}
      >
        {isRefused ? <Notice kind="danger">{t.refused}</Notice> : null}
        <p>{t.lead}</p>
        {passkeys.length === 0 ? <p>{t.none}</p> : null}
        <PasskeyList
          c={c}
          passkeys={passkeys}
          removeAction="/security/passkeys/remove"
          timeZone={deps.operator.timeZone}
          words={{ ...t, added: t.created }}
        />
        <PasskeyForm action="/security/passkeys" kind="create" failed={t.failed}>
          <Actions>
            <Button>{t.add}</Button>
          </Actions>
        </PasskeyForm>
        <p class="muted">{t.cannot}</p>
      </Page>,
      isRefused ? 422 : 200,
    );
  }

  function refused(c: WebContext) {
    const t = credentialsText(c.var.language).passkeys;
    return renderPage(
      c,
      <Page c={c} operator={deps.operator} title={t.signInTitle} hasErrors>
        <Notice kind="danger">{t.signInFailed}</Notice>
        <LinkButton href="/login">{t.toSignIn}</LinkButton>
      </Page>,
      422,
    );
  }

  return app;
}
