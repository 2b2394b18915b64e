import { Hono } from 'hono';
import { newId } from '../../../base/ids.ts';
import { runnerOf, type SqlRunner } from '../../../infra/db/index.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { Card, SummaryList, type SummaryRow } from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import { reasonRoutes } from '../../staff/index.ts';
import { findLost, findParked, isTakenUp, sendAgain, unpark } from './console-store.ts';
import { MESSAGES, type MessagesConsole, onRecord } from './deps.ts';
import { type MessagesText, messagesText } from './text.ts';

/** Something that went wrong, and can be tried once more. */
interface OnceMore<Thing extends object> {
  readonly path: string;
  find(sql: SqlRunner, c: WebContext): Promise<Thing | null>;
  isDone(sql: SqlRunner, c: WebContext): Promise<boolean>;
  /** What the audit log calls it. */
  readonly action: string;
  /** What goes on record; null where somebody else was first. */
  act(sql: SqlRunner, thing: Thing): Promise<Readonly<Record<string, unknown>> | null>;
  /** What the list says afterwards. */
  readonly done: string;
  words(t: MessagesText, thing: Thing): { title: string; lead: string; reasonHint: string; submit: string };
  rows(t: MessagesText, thing: Thing, moment: (at: Parameters<typeof formatMoment>[0]) => string): SummaryRow[];
}

const error = (words: string | null) => <span lang="en">{words ?? ''}</span>;

/**
 * GET and POST /console/messages/:id: what did not arrive is sent again as a new message. GET and POST
 * /console/messages/events/:event: what could not be handled is tried anew. Both with a reason.
 */
export function onceMorePages(deps: MessagesConsole): Hono<WebEnv> {
  const { db, clock, operator, staff } = deps;

  function pages<Thing extends object>(more: OnceMore<Thing>): Hono<WebEnv> {
    return reasonRoutes<Thing>(staff, {
      path: `${MESSAGES}/${more.path}`,
      roles: ['supervisor', 'admin'],
      find: (c) => more.find(runnerOf(db), c),
      act: (thing, by) => onRecord(deps, by, more.action, (sql) => more.act(sql, thing)),
      isDone: (c) => more.isDone(runnerOf(db), c),
      done: () => `${MESSAGES}?done=${more.done}`,
      page(c, thing) {
        const { language } = c.var;
        const t = messagesText(language);
        const { title, lead, reasonHint, submit } = more.words(t, thing);
        return {
          title,
          at: 'messages',
          back: { href: MESSAGES, label: t.title },
          about: (
            <>
              <Card>
                <SummaryList rows={more.rows(t, thing, (at) => formatMoment(at, operator.timeZone, language))} />
              </Card>
              <p class="lead">{lead}</p>
            </>
          ),
          reason: { label: t.page.reason, hint: reasonHint, missing: t.page.missing },
          submit,
        };
      },
    });
  }

  const lost = pages({
    path: ':id',
    /** A menu is set anew by itself; a message is sent again once. */
    async find(sql, c) {
      const message = await findLost(sql, c.req.param('id') ?? '');
      return message?.kind === 'message' && !message.isSentAgain ? message : null;
    },
    isDone: async (sql, c) => (await findLost(sql, c.req.param('id') ?? ''))?.isSentAgain ?? false,
    action: 'official-account.message-sent-again',
    async act(sql, { outboxId, state }) {
      const newOutboxId = newId();
      const isSent = await sendAgain(sql, clock.now(), { outboxId, newOutboxId });
      return isSent ? { outboxId, newOutboxId, was: state } : null;
    },
    done: 'sent',
    words: (t, { state }) => ({ ...t.page, lead: t.page.lead[state] }),
    rows: (t, message, moment) => [
      { term: t.to, value: message.displayName ?? t.unnamed },
      { term: t.when, value: moment(message.createdAt) },
      { term: t.state, value: t.states[message.state] },
      { term: t.error, value: error(message.error) },
    ],
  });

  const parked = pages({
    path: 'events/:event',
    find: (sql, c) => findParked(sql, c.req.param('event') ?? ''),
    isDone: (sql, c) => isTakenUp(sql, c.req.param('event') ?? ''),
    action: 'official-account.event-retried',
    act: async (sql, { eventId, eventType }) =>
      (await unpark(sql, clock.now(), eventId)) ? { eventId, eventType } : null,
    done: 'retried',
    words: (t) => t.retry,
    rows: (t, event, moment) => [
      { term: t.when, value: moment(event.occurredAt) },
      { term: t.event, value: <code>{event.eventType}</code> },
      { term: t.error, value: error(event.error) },
    ],
  });

  return new Hono<WebEnv>().route('/', parked).route('/', lost);
}
