import { Hono } from 'hono';
import { runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { Card, SummaryList } from '../../../infra/ui/components.tsx';
import { reasonPage } from '../../staff/index.ts';
import { findConflict, removeConflict, type UsageConflict } from '../conflict-store.ts';
import type { DataConsole } from './deps.ts';
import { comparedRows, FEED } from './feed.tsx';
import { feedText } from './feed-text.ts';
import { dataConsoleText } from './text.ts';

const PATH = `${FEED}/conflicts/:id`;

/** GET and POST /console/feed/conflicts/:id: one record that was kept aside beside what was counted; put away with a reason. */
export function conflictPages(deps: DataConsole): Hono<WebEnv> {
  const { db, staff, clock } = deps;
  const mayPutAway = staff.requireStaff('agent', 'supervisor', 'admin');

  return new Hono<WebEnv>()
    .get(PATH, mayPutAway, async (c) => {
      const found = await find(c);
      return 'answer' in found ? found.answer : show(c, found);
    })
    .post(PATH, mayPutAway, async (c) => {
      const found = await find(c);
      if ('answer' in found) return found.answer;
      const form = await readForm(c);
      const reason = staff.reasonOf(form('reason'));
      if (reason === undefined) return show(c, found, form('reason'));
      const { conflictId } = found.conflict;
      await removeConflict(db, { conflictId, staffId: staff.signedIn(c).staffId, reason, now: clock.now() });
      return c.redirect(`${FEED}?done=away`, 303);
    });

  /** A record of use is about a customer: it is shown to whoever said why. */
  async function find(c: WebContext) {
    const sql = runnerOf(db);
    const conflict = await findConflict(sql, c.req.param('id') ?? '');
    if (conflict === null) return { answer: c.notFound() };
    const { subscriptionId } = conflict;
    const subscription = (await deps.contractors.subscriptions(sql, [subscriptionId])).get(subscriptionId);
    if (subscription === undefined) return { answer: c.notFound() };
    const { contractorId } = subscription;
    const answer = await staff.lookFirst(c, { contractorId, subscriptionId, page: 'usage-conflict' });
    return answer ? { answer } : { conflict, subscription };
  }

  function show(
    c: WebContext,
    { conflict, subscription }: { conflict: UsageConflict; subscription: { userName: string; msisdn: string } },
    typed?: string,
  ) {
    const { language } = c.var;
    const t = feedText(language).conflict;
    const whose = dataConsoleText(language).subscription(subscription.userName, subscription.msisdn.slice(-4));
    const ledger = <a href={`/console/subscriptions/${conflict.subscriptionId}/ledger`}>{whose}</a>;
    return reasonPage(c, {
      staff,
      title: t.title,
      at: 'feed',
      back: { href: FEED, label: feedText(language).title },
      about: (
        <>
          <p class="lead">{t.lead}</p>
          <Card>
            <SummaryList rows={[{ term: t.subscription, value: ledger }, ...comparedRows(conflict, deps, language)]} />
          </Card>
          <pre class="record">{JSON.stringify(conflict.record, null, 2)}</pre>
        </>
      ),
      reason: { label: t.reason, hint: t.reasonHint, typed, error: typed === undefined ? undefined : t.missing },
      submit: t.putAway,
    });
  }
}
