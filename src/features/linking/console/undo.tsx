import type { Hono } from 'hono';
import { isId } from '../../../base/ids.ts';
import { sentences } from '../../../base/language.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { Card, SummaryList } from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import { reasonRoutes } from '../../staff/index.ts';
import { unlinkContractor, unlinkUser } from '../unlink.ts';
import { type LinkHistory, loadLinkHistory } from './history-store.ts';
import type { LinksConsole } from './index.tsx';
import { linksPath } from './links.tsx';
import { linksText } from './text.ts';

/** GET and POST /console/customers/:id/links/:link: undoes one of this customer's links, with a reason; says first what the person loses. */
export function undoPages({ linking, staff }: LinksConsole): Hono<WebEnv> {
  const contractorOf = (c: WebContext) => c.req.param('id') ?? '';
  const sql = runnerOf(linking.db);

  /** One of this very customer's, whether it stands or not. */
  async function linkOf(c: WebContext): Promise<LinkHistory | undefined> {
    const contractorId = contractorOf(c);
    if (!isId(contractorId)) return undefined;
    const subscriptions = await linking.contractors.subscriptionsOf(sql, contractorId);
    const subscriptionIds = subscriptions.map(({ subscriptionId }) => subscriptionId);
    const links = await loadLinkHistory(sql, { contractorId, subscriptionIds });
    return links.find(({ linkId }) => linkId === c.req.param('link'));
  }

  return reasonRoutes(staff, {
    path: '/console/customers/:id/links/:link',
    roles: ['agent', 'supervisor', 'admin'],

    /** A live link of this very customer. */
    async find(c) {
      const contractorId = contractorOf(c);
      if ((await linking.contractors.contractor(sql, contractorId)) === null) return null;
      const answer = await staff.lookFirst(c, { contractorId, page: 'link' });
      if (answer) return answer;
      const link = await linkOf(c);
      if (link === undefined || link.unlinkedAt !== null) return null;
      const { kind, lineUserId } = link;
      const lostWithIt =
        kind === 'contractor'
          ? await linking.lostWithContractorLink(sql, { contractorId, lineUserId }, c.var.language)
          : [];
      return { ...link, lostWithIt };
    },

    act({ linkId, kind }, { c, staffId, reason }) {
      const undo = {
        match: { linkId, contractorId: contractorOf(c) },
        from: 'console',
        actor: { kind: 'staff', id: staffId },
        reason,
      } as const;
      return kind === 'contractor' ? unlinkContractor(linking, undo) : unlinkUser(linking, undo);
    },

    isDone: async (c) => (await linkOf(c))?.unlinkedFrom === 'console',

    done: (c) => `${linksPath(contractorOf(c))}?done=undone`,

    page(c, link) {
      const { language } = c.var;
      const t = linksText(language);
      const linkedAt = formatMoment(link.linkedAt, linking.operator.timeZone, language);
      return {
        title: t.undoPage.title,
        at: 'customers',
        back: { href: linksPath(contractorOf(c)), label: t.title },
        about: (
          <>
            <Card>
              <SummaryList
                rows={[
                  { term: t.who, value: link.displayName ?? t.unnamed },
                  { term: t.since, value: linkedAt },
                ]}
              />
            </Card>
            <p class="lead">{t.undoPage.lead[link.kind]}</p>
            {link.lostWithIt.length > 0 ? <p>{t.undoPage.tell(sentences(link.lostWithIt, language))}</p> : null}
          </>
        ),
        reason: { label: t.reason, hint: t.reasonHint, missing: t.missing },
        submit: t.undoPage.submit,
        isDangerous: true,
      };
    },
  });
}
