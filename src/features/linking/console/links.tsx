import { Hono } from 'hono';
import type { Language } from '../../../base/language.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import type { WebEnv } from '../../../infra/http/web-env.ts';
import { DataTable, LinkList, Notice, renderPage } from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import { type Subscription, serviceState } from '../../contractors/index.ts';
import { ConsolePage } from '../../staff/index.ts';
import { type CodeHistory, type LinkHistory, loadCodeHistory, loadLinkHistory } from './history-store.ts';
import type { LinksConsole } from './index.tsx';
import { linksText } from './text.ts';

export const linksPath = (contractorId: string) => `/console/customers/${contractorId}/links`;

interface Shown {
  readonly language: Language;
  readonly zone: string;
  /** How a subscription is called. */
  readonly whose: (subscriptionId: string) => string;
}

/** GET /console/customers/:id/links: who is and was linked, and every link code so far, of which four digits show. */
export function linksPage({ linking, staff }: LinksConsole): Hono<WebEnv> {
  return new Hono<WebEnv>().get('/console/customers/:id/links', staff.requireStaff(), async (c) => {
    const contractorId = c.req.param('id');
    const sql = runnerOf(linking.db);
    if ((await linking.contractors.contractor(sql, contractorId)) === null) return c.notFound();
    const toReason = await staff.lookFirst(c, { contractorId, page: 'links' });
    if (toReason) return toReason;
    const { language } = c.var;
    const t = linksText(language);
    const subscriptions = await linking.contractors.subscriptionsOf(sql, contractorId);
    const subscriptionIds = subscriptions.map(({ subscriptionId }) => subscriptionId);
    const [links, codes] = await Promise.all([
      loadLinkHistory(sql, { contractorId, subscriptionIds }),
      loadCodeHistory(sql, subscriptionIds),
    ]);
    const names = await staff.namesOf(codes.flatMap(({ staffId }) => staffId ?? []));
    const shown: Shown = { language, zone: linking.operator.timeZone, whose: whoseOf(subscriptions, language) };
    const isThere = (each: Subscription) => serviceState(each, linking.clock.now()) !== 'ended';
    const mayAct = staff.signedIn(c).role !== 'auditor';
    const done = c.req.query('done');
    return renderPage(
      c,
      <ConsolePage
        c={c}
        staff={staff}
        title={t.title}
        at="customers"
        back={{ href: `/console/customers/${contractorId}`, label: t.back }}
      >
        {done === 'undone' ? <Notice kind="success">{t.undoPage.done}</Notice> : null}
        {done === 'reissued' ? <Notice kind="success">{t.codePage.done}</Notice> : null}
        {links.length === 0 ? (
          <p>{t.none}</p>
        ) : (
          <DataTable
            caption={t.links}
            head={[t.who, t.kind, t.since, t.state]}
            isStacked
            rows={links.map((link) => linkCells(link, shown, mayAct ? contractorId : null))}
          />
        )}
        {mayAct ? (
          <LinkList
            links={subscriptions.filter(isThere).map(({ subscriptionId }) => ({
              href: `/console/subscriptions/${subscriptionId}/link-code`,
              label: t.reissue(shown.whose(subscriptionId)),
            }))}
          />
        ) : null}
        <DataTable
          caption={t.codes}
          head={[t.code, t.subscription, t.issued, t.by, t.why, t.state]}
          isStacked
          rows={codes.map((code) => codeCells(code, shown, names))}
        />
      </ConsolePage>,
    );
  });
}

function whoseOf(subscriptions: readonly Subscription[], language: Language): Shown['whose'] {
  const names = new Map(
    subscriptions.map((each) => [each.subscriptionId, linksText(language).whose(each.userName, each.msisdn.slice(-4))]),
  );
  return (subscriptionId) => names.get(subscriptionId) ?? '';
}

/** @param undoAt whose page leads to undoing; null for those who only look */
function linkCells(link: LinkHistory, { language, zone, whose }: Shown, undoAt: string | null) {
  const t = linksText(language);
  return [
    link.displayName ?? t.unnamed,
    link.subscriptionId === null ? t.contractorLink : t.userLink(whose(link.subscriptionId)),
    <time datetime={link.linkedAt.toString()}>{formatMoment(link.linkedAt, zone, language)}</time>,
    link.unlinkedAt ? (
      <>
        {t.undone(formatMoment(link.unlinkedAt, zone, language))}
        <span class="muted detail">{link.unlinkedFrom ? t.from[link.unlinkedFrom] : ''}</span>
      </>
    ) : (
      <>
        <span class="badge good">{t.live}</span>{' '}
        {undoAt === null ? null : (
          <a class="tap" href={`${linksPath(undoAt)}/${link.linkId}`}>
            {t.undo}
          </a>
        )}
      </>
    ),
  ];
}

function codeCells(code: CodeHistory, { language, zone, whose }: Shown, names: ReadonlyMap<string, string>) {
  const t = linksText(language);
  return [
    code.lastFour,
    whose(code.subscriptionId),
    formatMoment(code.issuedAt, zone, language),
    <>
      {t.issuers[code.issuedBy]}
      <span class="muted detail">{code.staffId === null ? '' : (names.get(code.staffId) ?? '')}</span>
    </>,
    code.reason ?? '',
    code.revokedAt ? (
      t.deadSince(formatMoment(code.revokedAt, zone, language))
    ) : (
      <span class="badge good">{t.valid}</span>
    ),
  ];
}
