import { Hono } from 'hono';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { Card, SummaryList } from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import { reasonPage } from '../../staff/index.ts';
import { unlinkContractor, unlinkUser } from '../unlink.ts';
import { type LinkHistory, loadLinkHistory } from './history-store.ts';
import type { LinksConsole } from './index.tsx';
import { linksPath } from './links.tsx';
import { linksText } from './text.ts';

const PATH = '/console/customers/:id/links/:link';

/** GET and POST /console/customers/:id/links/:link: undoes one of this customer's links, with a reason. */
export function undoPages({ linking, staff }: LinksConsole): Hono<WebEnv> {
  const mayUndo = staff.requireStaff('agent', 'supervisor', 'admin');

  return new Hono<WebEnv>()
    .get(PATH, mayUndo, async (c) => {
      const found = await find(c);
      return 'answer' in found ? found.answer : show(c, found.link);
    })
    .post(PATH, mayUndo, async (c) => {
      const found = await find(c);
      if ('answer' in found) return found.answer;
      const form = await readForm(c);
      const reason = staff.reasonOf(form('reason'));
      if (reason === undefined) return show(c, found.link, form('reason'));
      const contractorId = c.req.param('id');
      const undo = {
        match: { linkId: found.link.linkId, contractorId },
        from: 'console',
        actor: { kind: 'staff', id: staff.signedIn(c).staffId },
        reason,
      } as const;
      await (found.link.kind === 'contractor' ? unlinkContractor(linking, undo) : unlinkUser(linking, undo));
      return c.redirect(`${linksPath(contractorId)}?done=undone`, 303);
    });

  /** A live link of this very customer. */
  async function find(c: WebContext) {
    const sql = runnerOf(linking.db);
    const contractorId = c.req.param('id') ?? '';
    if ((await linking.contractors.contractor(sql, contractorId)) === null) return { answer: c.notFound() };
    const answer = await staff.lookFirst(c, { contractorId, page: 'link' });
    if (answer) return { answer };
    const subscriptions = await linking.contractors.subscriptionsOf(sql, contractorId);
    const subscriptionIds = subscriptions.map(({ subscriptionId }) => subscriptionId);
    const links = await loadLinkHistory(sql, { contractorId, subscriptionIds });
    const link = links.find(({ linkId, unlinkedAt }) => linkId === c.req.param('link') && unlinkedAt === null);
    return link ? { link } : { answer: c.notFound() };
  }

  function show(c: WebContext, link: LinkHistory, typed?: string) {
    const { language } = c.var;
    const t = linksText(language);
    const linkedAt = formatMoment(link.linkedAt, linking.operator.timeZone, language);
    return reasonPage(c, {
      staff,
      title: t.undoPage.title,
      at: 'customers',
      back: { href: linksPath(c.req.param('id') ?? ''), label: t.title },
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
        </>
      ),
      reason: { label: t.reason, hint: t.reasonHint, typed, error: typed === undefined ? undefined : t.missing },
      submit: t.undoPage.submit,
      isDangerous: true,
    });
  }
}
