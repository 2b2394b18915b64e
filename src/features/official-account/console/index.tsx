import { Hono } from 'hono';
import { runnerOf } from '../../../infra/db/index.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { countWaiting } from '../../../infra/line/outbox/store.ts';
import { DataTable, Notice, renderPage } from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import { type ConsoleEntry, ConsolePage } from '../../staff/index.ts';
import { AllowanceCard, againPages } from './allowance.tsx';
import { allowanceText } from './allowance-text.ts';
import { countLost, type LostMessage, loadLost, loadParked } from './console-store.ts';
import { MESSAGES, type MessagesConsole } from './deps.ts';
import { onceMorePages } from './once-more.tsx';
import { messagesText } from './text.ts';

const SHOWN = 100;

/** In the console's navigation, with how many need somebody. */
export const messagesEntry: ConsoleEntry = {
  key: 'messages',
  href: MESSAGES,
  label: (language) => messagesText(language).title,
  hint: (language) => messagesText(language).hint,
  roles: ['agent', 'supervisor', 'auditor', 'admin'],
  waiting: (db) => countLost(runnerOf(db)),
};

/**
 * GET /console/messages: what did not arrive and what could not be handled, without what was said. Doing one again is in
 * `once-more.tsx`.
 */
export function messagesConsole(deps: MessagesConsole): Hono<WebEnv> {
  const { db, operator, staff } = deps;
  const moment = (c: WebContext, at: LostMessage['createdAt']) => formatMoment(at, operator.timeZone, c.var.language);

  return new Hono<WebEnv>()
    .route('/', againPages(deps))
    .route('/', onceMorePages(deps))
    .get(MESSAGES, staff.requireStaff(), async (c) => {
      const t = messagesText(c.var.language);
      const sql = runnerOf(db);
      const [lost, parked, waiting] = await Promise.all([
        loadLost(sql, SHOWN),
        loadParked(sql, SHOWN),
        countWaiting(sql),
      ]);
      const maySendAgain = ['supervisor', 'admin'].includes(staff.signedIn(c).role);
      return renderPage(
        c,
        <ConsolePage c={c} staff={staff} title={t.title} at="messages">
          {c.req.query('done') === 'sent' ? <Notice kind="success">{t.page.done}</Notice> : null}
          {c.req.query('done') === 'all' ? (
            <Notice kind="success">{allowanceText(c.var.language).page.done}</Notice>
          ) : null}
          {c.req.query('done') === 'retried' ? <Notice kind="success">{t.retry.done}</Notice> : null}
          <AllowanceCard c={c} db={db} operator={operator} now={deps.clock.now()} maySendAgain={maySendAgain} />
          <p class="muted">{t.lead}</p>
          {lost.length === 0 ? (
            <p>{t.noneLost}</p>
          ) : (
            <DataTable
              caption={t.lost}
              head={[t.when, t.to, t.kind, t.state, t.error, '']}
              isStacked
              rows={lost.map((message) => [
                moment(c, message.createdAt),
                message.displayName ?? t.unnamed,
                t.kinds[message.kind],
                t.states[message.state],
                <span class="detail" lang="en">
                  {message.error ?? ''}
                </span>,
                message.isSentAgain ? (
                  t.sentAgain
                ) : maySendAgain && message.kind === 'message' ? (
                  <a class="tap" href={`${MESSAGES}/${message.outboxId}`}>
                    {t.again}
                  </a>
                ) : (
                  ''
                ),
              ])}
            />
          )}
          <p>{t.waiting(waiting)}</p>
          {parked.length === 0 ? (
            <p>{t.noneParked}</p>
          ) : (
            <DataTable
              caption={t.parked}
              head={[t.when, t.event, t.tries, t.error, '']}
              numeric={[2]}
              isStacked
              rows={parked.map((event) => [
                moment(c, event.occurredAt),
                <code>{event.eventType}</code>,
                String(event.attempts),
                <span class="detail" lang="en">
                  {event.error ?? ''}
                </span>,
                maySendAgain ? (
                  <a class="tap" href={`${MESSAGES}/events/${encodeURIComponent(event.eventId)}`}>
                    {t.retry.link}
                  </a>
                ) : (
                  ''
                ),
              ])}
            />
          )}
        </ConsolePage>,
      );
    });
}
