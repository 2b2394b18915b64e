import { Hono } from 'hono';
import type { Clock } from '../../../base/clock.ts';
import type { Operator } from '../../../base/operator.ts';
import { audit, type Db, inTransaction, runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { Card, SummaryList } from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import { reasonPage, type Staff } from '../../staff/index.ts';
import { findParked, type ParkedEvent, unpark } from './console-store.ts';
import { messagesText } from './text.ts';

const LIST = '/console/messages';
const PATH = `${LIST}/events/:event`;

/** GET and POST /console/messages/events/:event: what could not be handled is tried once more, with a reason. */
export function parkedPages(deps: { db: Db; clock: Clock; operator: Operator; staff: Staff }): Hono<WebEnv> {
  const { db, clock, operator, staff } = deps;
  const mayRetry = staff.requireStaff('supervisor', 'admin');

  return new Hono<WebEnv>()
    .get(PATH, mayRetry, async (c) => {
      const event = await findParked(runnerOf(db), c.req.param('event'));
      return event ? show(c, event) : c.notFound();
    })
    .post(PATH, mayRetry, async (c) => {
      const form = await readForm(c);
      const event = await findParked(runnerOf(db), c.req.param('event'));
      if (!event) return c.notFound();
      const reason = staff.reasonOf(form('reason'));
      if (reason === undefined) return show(c, event, form('reason'));
      await inTransaction(db, async (tx) => {
        const sql = runnerOf(tx);
        const { eventId, eventType } = event;
        // Of two taps at once one tries.
        if (!(await unpark(sql, clock.now(), eventId))) return;
        const actor = { kind: 'staff', id: staff.signedIn(c).staffId } as const;
        const detail = { eventId, eventType, reason };
        await audit(sql, clock.now(), { actor, action: 'official-account.event-retried', detail });
      });
      return c.redirect(`${LIST}?done=retried`, 303);
    });

  function show(c: WebContext, event: ParkedEvent, typed?: string) {
    const { language } = c.var;
    const t = messagesText(language);
    return reasonPage(c, {
      staff,
      title: t.retry.title,
      at: 'messages',
      back: { href: LIST, label: t.title },
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
      reason: {
        label: t.page.reason,
        hint: t.retry.reasonHint,
        typed,
        error: typed === undefined ? undefined : t.page.missing,
      },
      submit: t.retry.submit,
    });
  }
}
