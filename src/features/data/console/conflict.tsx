import type { Hono } from 'hono';
import { isId } from '../../../base/ids.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import type { WebEnv } from '../../../infra/http/web-env.ts';
import { Card, SummaryList } from '../../../infra/ui/components.tsx';
import { reasonRoutes } from '../../staff/index.ts';
import { findConflict, removeConflict } from '../usage/conflict-store.ts';
import type { DataConsole } from './deps.ts';
import { comparedRows, FEED } from './feed.tsx';
import { feedText } from './feed-text.ts';
import { dataConsoleText } from './text.ts';

/** GET and POST /console/feed/conflicts/:id: one record that was kept aside beside what was counted; put away with a reason. */
export function conflictPages(deps: DataConsole): Hono<WebEnv> {
  const { db, staff, clock } = deps;
  return reasonRoutes(staff, {
    path: `${FEED}/conflicts/:id`,
    roles: ['agent', 'supervisor', 'admin'],

    /** A record of use is about a customer: it is shown to whoever said why. */
    async find(c) {
      const sql = runnerOf(db);
      const conflict = await findConflict(sql, c.req.param('id') ?? '');
      if (conflict === null) return null;
      const { subscriptionId } = conflict;
      const subscription = (await deps.contractors.subscriptions(sql, [subscriptionId])).get(subscriptionId);
      if (subscription === undefined) return null;
      const { contractorId } = subscription;
      const answer = await staff.lookFirst(c, { contractorId, subscriptionId, page: 'usage-conflict' });
      return answer ?? { conflict, subscription };
    },

    act: ({ conflict: { conflictId } }, { staffId, reason }) =>
      removeConflict(db, { conflictId, staffId, reason, now: clock.now() }),

    // What was put away is not kept: nothing is left of it, whoever did it.
    isDone: async (c) => isId(c.req.param('id') ?? ''),

    done: () => `${FEED}?done=away`,

    page(c, { conflict, subscription }) {
      const { language } = c.var;
      const t = feedText(language).conflict;
      const whose = dataConsoleText(language).subscription(subscription.userName, subscription.msisdn.slice(-4));
      const ledger = <a href={`/console/subscriptions/${conflict.subscriptionId}/ledger`}>{whose}</a>;
      return {
        title: t.title,
        at: 'feed',
        back: { href: FEED, label: feedText(language).title },
        about: (
          <>
            <p class="lead">{t.lead}</p>
            <Card>
              <SummaryList
                rows={[{ term: t.subscription, value: ledger }, ...comparedRows(conflict, deps, language)]}
              />
            </Card>
            <pre class="record">{JSON.stringify(conflict.record, null, 2)}</pre>
          </>
        ),
        reason: { label: t.reason, hint: t.reasonHint, missing: t.missing },
        submit: t.putAway,
      };
    },
  });
}
