import { Hono } from 'hono';
import { newId } from '../../../base/ids.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { Checkbox, SummaryList } from '../../../infra/ui/components.tsx';
import type { Subscription } from '../../contractors/index.ts';
import { reasonPage } from '../../staff/index.ts';
import type { LinksConsole } from './index.tsx';
import { linksPath } from './links.tsx';
import { linksText } from './text.ts';

const PATH = '/console/subscriptions/:id/link-code';

/**
 * GET and POST /console/subscriptions/:id/link-code: a new code for a subscription, with a reason and at most as often as
 * for its contractor. Nobody here sees it: it goes to the contractor's My Page.
 */
export function codePages({ linking, linkCodes, staff }: LinksConsole): Hono<WebEnv> {
  const mayReissue = staff.requireStaff('agent', 'supervisor', 'admin');

  return new Hono<WebEnv>()
    .get(PATH, mayReissue, async (c) => {
      const found = await find(c);
      return 'answer' in found ? found.answer : show(c, found.subscription);
    })
    .post(PATH, mayReissue, async (c) => {
      const found = await find(c);
      if ('answer' in found) return found.answer;
      const { subscription } = found;
      const form = await readForm(c);
      const t = linksText(c.var.language);
      const typed = { reason: form('reason'), undoLink: form('undoLink') === 'yes' };
      const reason = staff.reasonOf(typed.reason);
      if (reason === undefined) return show(c, subscription, { ...typed, error: t.missing });
      const { subscriptionId, contractorId } = subscription;
      const { undoLink } = typed;
      const issued = await linkCodes.reissueOnce({
        requestId: form('requestId'),
        staff: staff.signedIn(c).staffId,
        subscriptionId,
        undoLink,
        reason,
      });
      if (issued.ok) return c.redirect(`${linksPath(contractorId)}?done=reissued`, 303);
      if (issued.code === 'not-found') return c.notFound();
      return show(c, subscription, { ...typed, error: t.codePage.faults[issued.code] });
    });

  async function find(c: WebContext) {
    const subscriptionId = c.req.param('id') ?? '';
    const subscriptions = await linking.contractors.subscriptions(runnerOf(linking.db), [subscriptionId]);
    const subscription = subscriptions.get(subscriptionId);
    if (subscription === undefined) return { answer: c.notFound() };
    const { contractorId } = subscription;
    const answer = await staff.lookFirst(c, { contractorId, subscriptionId, page: 'link-code' });
    return answer ? { answer } : { subscription };
  }

  function show(
    c: WebContext,
    subscription: Subscription,
    refused?: { reason: string; undoLink: boolean; error: string },
  ) {
    const { language } = c.var;
    const t = linksText(language);
    return reasonPage(c, {
      staff,
      title: t.codePage.title,
      at: 'customers',
      back: { href: linksPath(subscription.contractorId), label: t.title },
      about: (
        <>
          <p class="lead">{t.codePage.lead}</p>
          <SummaryList
            rows={[{ term: t.subscription, value: t.whose(subscription.userName, subscription.msisdn.slice(-4)) }]}
          />
        </>
      ),
      reason: { label: t.reason, hint: t.reasonHint, typed: refused?.reason, error: refused?.error },
      more: (
        <Checkbox
          name="undoLink"
          label={t.codePage.undoLink}
          hint={t.codePage.undoLinkHint}
          isChecked={refused?.undoLink ?? false}
        />
      ),
      submit: t.codePage.submit,
      isDangerous: true,
      requestId: newId(),
    });
  }
}
