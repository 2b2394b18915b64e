import { Hono } from 'hono';
import type { Clock } from '../../../base/clock.ts';
import { newId } from '../../../base/ids.ts';
import type { Operator } from '../../../base/operator.ts';
import { audit, type Db, inTransaction, runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { countWaiting } from '../../../infra/line/outbox-store.ts';
import { Card, DataTable, Notice, renderPage, SummaryList } from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import { type ConsoleEntry, ConsolePage, reasonPage, type Staff } from '../../staff/index.ts';
import { countLost, findLost, type LostMessage, loadLost, loadParked, sendAgain } from './console-store.ts';
import { parkedPages } from './parked.tsx';
import { messagesText } from './text.ts';

const PATH = '/console/messages';
const SHOWN = 100;

/** In the console's navigation, with how many need somebody. */
export const messagesEntry: ConsoleEntry = {
  key: 'messages',
  href: PATH,
  label: { ja: () => messagesText('ja').title, en: () => messagesText('en').title },
  hint: { ja: () => messagesText('ja').hint, en: () => messagesText('en').hint },
  roles: ['agent', 'supervisor', 'auditor', 'admin'],
  waiting: (db) => countLost(runnerOf(db)),
};

/**
 * GET /console/messages: what did not arrive and what could not be handled, without what was said; GET and POST
 * /console/messages/:id sends one again, as a new message; what could not be handled is in `parked.tsx`.
 */
export function messagesConsole(deps: { db: Db; clock: Clock; operator: Operator; staff: Staff }): Hono<WebEnv> {
  const { db, clock, operator, staff } = deps;
  const maySend = staff.requireStaff('supervisor', 'admin');
  const moment = (c: WebContext, at: LostMessage['createdAt']) => formatMoment(at, operator.timeZone, c.var.language);

  return new Hono<WebEnv>()
    .route('/', parkedPages(deps))
    .get(PATH, staff.requireStaff(), async (c) => {
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
          {c.req.query('done') === 'retried' ? <Notice kind="success">{t.retry.done}</Notice> : null}
          <p class="muted">{t.lead}</p>
          {lost.length === 0 ? (
            <p>{t.noneLost}</p>
          ) : (
            <DataTable
              caption={t.lost}
              head={[t.when, t.to, t.kind, t.state, t.error, '']}
              isWide
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
                  <a class="tap" href={`${PATH}/${message.outboxId}`}>
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
              isWide
              rows={parked.map((event) => [
                moment(c, event.occurredAt),
                <code>{event.eventType}</code>,
                String(event.attempts),
                <span class="detail" lang="en">
                  {event.error ?? ''}
                </span>,
                maySendAgain ? (
                  <a class="tap" href={`${PATH}/events/${encodeURIComponent(event.eventId)}`}>
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
    })
    .get(`${PATH}/:id`, maySend, async (c) => {
      const message = await findLost(runnerOf(db), c.req.param('id'));
      return isToSend(message) ? show(c, message) : c.notFound();
    })
    .post(`${PATH}/:id`, maySend, async (c) => {
      const form = await readForm(c);
      const reason = staff.reasonOf(form('reason'));
      const message = await findLost(runnerOf(db), c.req.param('id'));
      if (!isToSend(message)) return c.notFound();
      if (reason === undefined) return show(c, message, form('reason'));
      await inTransaction(db, async (tx) => {
        const sql = runnerOf(tx);
        const { outboxId } = message;
        const newOutboxId = newId();
        // Of two taps at once one sends.
        if (!(await sendAgain(sql, clock.now(), { outboxId, newOutboxId }))) return;
        const actor = { kind: 'staff', id: staff.signedIn(c).staffId } as const;
        const detail = { outboxId, newOutboxId, was: message.state, reason };
        await audit(sql, clock.now(), { actor, action: 'official-account.message-sent-again', detail });
      });
      return c.redirect(`${PATH}?done=sent`, 303);
    });

  function show(c: WebContext, message: LostMessage, typed?: string) {
    const t = messagesText(c.var.language);
    return reasonPage(c, {
      staff,
      title: t.page.title,
      at: 'messages',
      back: { href: PATH, label: t.title },
      about: (
        <>
          <Card>
            <SummaryList
              rows={[
                { term: t.to, value: message.displayName ?? t.unnamed },
                { term: t.when, value: moment(c, message.createdAt) },
                { term: t.state, value: t.states[message.state] },
                { term: t.error, value: <span lang="en">{message.error ?? ''}</span> },
              ]}
            />
          </Card>
          <p class="lead">{t.page.lead[message.state]}</p>
        </>
      ),
      reason: {
        label: t.page.reason,
        hint: t.page.reasonHint,
        typed,
        error: typed === undefined ? undefined : t.page.missing,
      },
      submit: t.page.submit,
    });
  }
}

/** A menu is set anew by itself; a message is sent again once. */
function isToSend(message: LostMessage | null): message is LostMessage {
  return message !== null && message.kind === 'message' && !message.isSentAgain;
}
