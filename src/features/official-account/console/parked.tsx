import type { Hono } from 'hono';
import { runnerOf } from '../../../infra/db/index.ts';
import type { WebEnv } from '../../../infra/http/web-env.ts';
import { Card, SummaryList } from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import { reasonRoutes } from '../../staff/index.ts';
import { findParked, unpark } from './console-store.ts';
import { MESSAGES, type MessagesConsole, onRecord } from './deps.ts';
import { messagesText } from './text.ts';

/** GET and POST /console/messages/events/:event: what could not be handled is tried once more, with a reason. */
export function parkedPages(deps: MessagesConsole): Hono<WebEnv> {
  const { db, clock, operator, staff } = deps;
  return reasonRoutes(staff, {
    path: `${MESSAGES}/events/:event`,
    roles: ['supervisor', 'admin'],
    find: (c) => findParked(runnerOf(db), c.req.param('event') ?? ''),
    act: ({ eventId, eventType }, by) =>
      onRecord(deps, by, 'official-account.event-retried', async (sql) =>
        (await unpark(sql, clock.now(), eventId)) ? { eventId, eventType } : null,
      ),
    done: () => `${MESSAGES}?done=retried`,
    page(c, event) {
      const { language } = c.var;
      const t = messagesText(language);
      return {
        title: t.retry.title,
        at: 'messages',
        back: { href: MESSAGES, label: t.title },
        about: (
          <>
            <Card>
              <SummaryList
                rows={[
                  { term: t.when, value: formatMoment(event.occurredAt, operator.timeZone, language) },
                  { term: t.event, value: <code>{event.eventType}</code> },
                  { term: t.error, value: <span lang="en">{event.error ?? ''}</span> },
                ]}
              />
            </Card>
            <p class="lead">{t.retry.lead}</p>
          </>
        ),
        reason: { label: t.page.reason, hint: t.retry.reasonHint, missing: t.page.missing },
        submit: t.retry.submit,
      };
    },
  });
}
