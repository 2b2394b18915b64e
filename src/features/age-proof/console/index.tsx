import { Hono } from 'hono';
import { listed } from '../../../base/language.ts';
import { type AuditEntry, runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { DataTable, LinkButton, renderPage } from '../../../infra/ui/components.tsx';
import { type ConsoleEntry, ConsolePage } from '../../staff/index.ts';
import { countAnswers, loadPartner, loadPartners } from '../partner-store.ts';
import { addPartner, changePartner, renewSecret, suspendPartner } from '../partners.ts';
import { PARTNER_GRANTS } from '../rules/partner.ts';
import { countTriedEvents } from '../watch-store.ts';
import { addPage, secretPage } from './add.tsx';
import { confirmPage, partnerPage } from './partner.tsx';
import { frameOf, keysOf, type PartnerConsoleDeps, State, scopesOf, termsOf } from './parts.tsx';
import { consoleText } from './text.ts';

/** In the console's navigation. */
export const partnersEntry: ConsoleEntry = {
  key: 'partners',
  href: '/console/partners',
  label: (language) => consoleText(language).title,
  hint: (language) => consoleText(language).hint,
  roles: ['supervisor', 'auditor', 'admin'],
  // A sink that has not answered three times is not only slow.
  waiting: (db) => countTriedEvents(runnerOf(db), 3),
};

/**
 * /console/partners: who may ask. Supervisors, auditors and admins see; admins add, change, renew a secret and suspend.
 * Counts of answers, never about whom.
 */
export function partnerConsole(deps: PartnerConsoleDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { staff } = deps;
  const sql = runnerOf(deps.db);
  const see = staff.requireStaff('supervisor', 'auditor', 'admin');
  const change = staff.requireStaff('admin');
  const isAdmin = (c: WebContext) => staff.signedIn(c).role === 'admin';
  const actorOf = (c: WebContext): AuditEntry['actor'] => ({ kind: 'staff', id: staff.signedIn(c).staffId });

  app.get('/console/partners', see, async (c) => {
    const { language } = c.var;
    const t = consoleText(language);
    const partners = await loadPartners(sql);
    const answers = await countAnswers(sql, deps.clock.now().subtract({ hours: 7 * 24 }));
    const total = (partnerId: string) =>
      answers.reduce((sum, each) => (each.partnerId === partnerId ? sum + each.count : sum), 0);
    return renderPage(
      c,
      <ConsolePage {...frameOf(deps, c)} title={t.title}>
        <p class="muted">{t.lead}</p>
        {partners.length === 0 ? (
          <p>{t.none}</p>
        ) : (
          <DataTable
            caption={t.caption}
            isUnderHeading
            head={t.head}
            isStacked
            rows={partners.map((partner) => [
              <a class="tap" href={`/console/partners/${partner.partnerId}`}>
                {partner.name[language]}
              </a>,
              listed(
                partner.grants.map((grant) => t.grants[grant]),
                language,
              ),
              <State partner={partner} c={c} />,
              t.perMinute(partner.requestsPerMinute),
              String(total(partner.partnerId)),
            ])}
            numeric={[3, 4]}
          />
        )}
        {isAdmin(c) ? <LinkButton href="/console/partners/new">{t.add}</LinkButton> : null}
      </ConsolePage>,
    );
  });

  app.get('/console/partners/new', change, (c) => addPage(deps, c, () => ''));

  app.post('/console/partners/new', change, async (c) => {
    const form = await readForm(c);
    const keys = keysOf(form('keys'));
    if (keys === undefined) return addPage(deps, c, form, 'keys-missing');
    const partnerId = form('partnerId').trim();
    const added = await addPartner(deps, actorOf(c), {
      partnerId,
      name: { ja: form('nameJa').trim() || partnerId, en: form('nameEn').trim() || partnerId },
      authMethod: keys === null ? 'secret' : 'private_key_jwt',
      jwks: keys,
      grants: PARTNER_GRANTS.filter((grant) => form(`grant-${grant}`) === 'yes'),
      scopes: scopesOf(form),
      purposes: [form('purpose')],
      canMatchIdentity: form('match') === 'yes',
      ...termsOf(form),
    });
    if (!added.ok) return addPage(deps, c, form, added.code);
    const { secret } = added.value;
    return secret === null ? c.redirect(`/console/partners/${partnerId}`, 303) : secretPage(deps, c, secret);
  });

  app.get('/console/partners/:partner', see, async (c) => {
    const partner = await loadPartner(sql, c.req.param('partner'));
    return partner ? partnerPage(deps, c, partner) : c.notFound();
  });

  app.post('/console/partners/:partner/terms', change, async (c) => {
    const partner = await loadPartner(sql, c.req.param('partner'));
    if (!partner) return c.notFound();
    const form = await readForm(c);
    const done = await changePartner(deps, actorOf(c), partner, termsOf(form));
    if (!done.ok) return partnerPage(deps, c, partner, { form, fault: done.code });
    return c.redirect(`/console/partners/${partner.partnerId}?done=saved`, 303);
  });

  for (const deed of ['secret', 'suspend'] as const) {
    app.get(`/console/partners/:partner/${deed}`, change, async (c) => {
      const partner = await loadPartner(sql, c.req.param('partner') ?? '');
      return partner ? confirmPage(deps, c, partner, deed) : c.notFound();
    });
  }

  app.post('/console/partners/:partner/secret', change, async (c) => {
    const secret = await renewSecret(deps, actorOf(c), c.req.param('partner'));
    return secret === null ? c.notFound() : secretPage(deps, c, secret);
  });

  for (const deed of ['suspend', 'resume'] as const) {
    app.post(`/console/partners/:partner/${deed}`, change, async (c) => {
      const partner = await loadPartner(sql, c.req.param('partner') ?? '');
      if (!partner) return c.notFound();
      const { partnerId } = partner;
      await suspendPartner(deps, actorOf(c), { partnerId, isSuspended: deed === 'suspend' });
      return c.redirect(`/console/partners/${partnerId}?done=saved`, 303);
    });
  }

  return app;
}
