import { Hono } from 'hono';
import type { Temporal } from 'temporal-polyfill';
import { formatMsisdn } from '../../../base/msisdn.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import type { Session } from '../../../infra/http/session.ts';
import { isMoreThanPassword } from '../../../infra/http/session-rules.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import {
  Card,
  ConfirmPage,
  LinkButton,
  Notice,
  Page,
  renderPage,
  SummaryList,
  type SummaryRow,
} from '../../../infra/ui/components.tsx';
import { formatMoment, withRemark } from '../../../infra/ui/format.ts';
import { addFriendUrl } from '../../../infra/ui/share.ts';
import { type LinkView, loadLinks } from '../links.ts';
import type { MyPageDeps } from '../needs.ts';
import { myPageText } from '../text.ts';

/** GET /links; GET and POST /links/:link/undo. Three taps: the link's 「解除する」, the page that says what is lost, yes. */
export function linkPages(deps: MyPageDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const { operator } = deps;

  app.get('/links', async (c) => {
    const { session, language } = c.var;
    if (!session) return c.notFound();
    const t = myPageText(language).links;
    const links = await loadLinks(deps, session);
    const ofContractor = links.filter((link) => link.kind === 'contractor');
    const ofUsers = links.filter((link) => link.kind === 'user');
    return renderPage(
      c,
      <Page c={c} operator={operator} title={t.title} nav="links">
        {c.req.query('done') === 'undone' ? <Notice kind="success">{t.undone}</Notice> : null}
        <p>{t.lead}</p>
        {session.contractorId || ofContractor.length > 0 ? (
          <Card title={t.contractorTitle}>
            <p class="muted">{t.contractorHint}</p>
            {ofContractor.length === 0 ? <p>{t.none}</p> : ofContractor.map((link) => row(c, session, link))}
          </Card>
        ) : null}
        <Card title={t.userTitle}>
          <p class="muted">{t.userHint}</p>
          {ofUsers.length === 0 ? <p>{t.none}</p> : ofUsers.map((link) => row(c, session, link))}
        </Card>
        <p class="muted">{t.howTo}</p>
        <LinkButton kind="secondary" href={addFriendUrl(operator.officialAccount.basicId)}>
          {myPageText(language).top.openTalk}
        </LinkButton>
      </Page>,
    );
  });

  app.get('/links/:link/undo', async (c) => {
    const link = await ownLink(c);
    if (!link) return c.notFound();
    if (!mayUndo(c, link)) return c.redirect(`/proof?next=${encodeURIComponent(c.req.path)}`, 303);
    const t = myPageText(c.var.language);
    const isContractor = link.kind === 'contractor';
    const lostWithIt = isContractor
      ? await deps.linking.lostWithContractorLink(runnerOf(deps.db), link, c.var.language)
      : [];
    return renderPage(
      c,
      <ConfirmPage
        c={c}
        operator={operator}
        title={isContractor ? t.undo.contractorTitle : t.undo.userTitle}
        nav="links"
        back={{ href: '/links', label: t.links.title }}
        action={`/links/${link.linkId}/undo`}
        confirmLabel={t.undo.confirm}
        cancelHref="/links"
        isDangerous
        loses={[...(isContractor ? t.undo.contractorLoses : t.undo.userLoses), ...lostWithIt]}
      >
        <p class="lead">{t.undo.account(link.displayName ?? t.links.nameless)}</p>
        {link.kind === 'user' ? (
          <p>
            {link.subscription.userName} <span class="figure">{formatMsisdn(link.subscription.msisdn)}</span>
          </p>
        ) : null}
        <p>{t.undo.again}</p>
      </ConfirmPage>,
    );
  });

  app.post('/links/:link/undo', async (c) => {
    const link = await ownLink(c);
    if (!link) return (await wasUndone(c)) ? c.redirect('/links?done=undone', 303) : c.notFound();
    if (!mayUndo(c, link)) return c.redirect(`/proof?next=${encodeURIComponent(c.req.path)}`, 303);
    await undo(link, c.var.session);
    return c.redirect('/links?done=undone', 303);
  });

  /** Whether a first tap has undone it already: the second sees what the first did, not that nothing is there. */
  async function wasUndone(c: WebContext): Promise<boolean> {
    const { session } = c.var;
    if (!session) return false;
    const { lineUserId, contractorId } = session;
    const linkId = c.req.param('link') ?? '';
    return deps.linking.wasUndone(runnerOf(deps.db), { linkId, from: 'my-page', lineUserId, contractorId });
  }

  /** Recorded as the contractor's deed where the contractor owns it, else as the LINE account's own. */
  async function undo(link: LinkView, session: Session | null) {
    const { lineUserId } = link;
    if (link.kind === 'contractor') {
      await deps.linking.unlinkContractor({ contractorId: link.contractorId, lineUserId, from: 'my-page' });
      return;
    }
    const { subscriptionId, contractorId } = link.subscription;
    const asOwner = session?.contractorId === contractorId ? { contractorId } : {};
    await deps.linking.unlinkUser({ subscriptionId, lineUserId, from: 'my-page', ...asOwner });
  }

  /** The LINE account itself, or whoever is known by more than a password: else a thief would first cut the owner off. */
  function mayUndo(c: WebContext, link: LinkView): boolean {
    const { session } = c.var;
    if (!session) return false;
    return link.lineUserId === session.lineUserId || isMoreThanPassword(session, deps.clock.now(), 'links');
  }

  /** The link in the address, when it is among those this person may see; else nothing is there. */
  async function ownLink(c: WebContext): Promise<LinkView | undefined> {
    const { session } = c.var;
    const links = session ? await loadLinks(deps, session) : [];
    return links.find((link) => link.linkId === c.req.param('link'));
  }

  function row(c: WebContext, session: Session, link: LinkView) {
    const { language } = c.var;
    const t = myPageText(language).links;
    const moment = (at: Temporal.Instant) => formatMoment(at, operator.timeZone, language);
    const name = link.displayName ?? t.nameless;
    const rows: SummaryRow[] = [
      ...(link.kind === 'user'
        ? [
            {
              term: link.subscription.userName,
              value: <span class="figure">{formatMsisdn(link.subscription.msisdn)}</span>,
            },
          ]
        : []),
      {
        term: t.account,
        value: link.lineUserId === session.lineUserId ? withRemark(name, t.thisAccount, language) : name,
      },
      { term: t.since, value: moment(link.linkedAt) },
    ];
    return (
      <div class="item">
        <SummaryList rows={rows} />
        <LinkButton kind="secondary" href={`/links/${link.linkId}/undo`}>
          {t.undo}
        </LinkButton>
      </div>
    );
  }

  return app;
}
