import type { Hono } from 'hono';
import { newId } from '../../../base/ids.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import type { WebEnv } from '../../../infra/http/web-env.ts';
import { Card, SummaryList } from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import { reasonRoutes } from '../../staff/index.ts';
import { findLost, sendAgain } from './console-store.ts';
import { MESSAGES, type MessagesConsole, onRecord } from './deps.ts';
import { messagesText } from './text.ts';

/** GET and POST /console/messages/:id: what did not arrive is sent again as a new message, with a reason. */
export function lostPages(deps: MessagesConsole): Hono<WebEnv> {
  const { db, clock, operator, staff } = deps;
  return reasonRoutes(staff, {
    path: `${MESSAGES}/:id`,
    roles: ['supervisor', 'admin'],
    /** A menu is set anew by itself; a message is sent again once. */
    async find(c) {
      const message = await findLost(runnerOf(db), c.req.param('id') ?? '');
      return message?.kind === 'message' && !message.isSentAgain ? message : null;
    },
    act: ({ outboxId, state }, by) =>
      onRecord(deps, by, 'official-account.message-sent-again', async (sql) => {
        const newOutboxId = newId();
        return (await sendAgain(sql, clock.now(), { outboxId, newOutboxId }))
          ? { outboxId, newOutboxId, was: state }
          : null;
      }),
    done: () => `${MESSAGES}?done=sent`,
    page(c, message) {
      const { language } = c.var;
      const t = messagesText(language);
      return {
        title: t.page.title,
        at: 'messages',
        back: { href: MESSAGES, label: t.title },
        about: (
          <>
            <Card>
              <SummaryList
                rows={[
                  { term: t.to, value: message.displayName ?? t.unnamed },
                  { term: t.when, value: formatMoment(message.createdAt, operator.timeZone, language) },
                  { term: t.state, value: t.states[message.state] },
                  { term: t.error, value: <span lang="en">{message.error ?? ''}</span> },
                ]}
              />
            </Card>
            <p class="lead">{t.page.lead[message.state]}</p>
          </>
        ),
        reason: { label: t.page.reason, hint: t.page.reasonHint, missing: t.page.missing },
        submit: t.page.submit,
      };
    },
  });
}
