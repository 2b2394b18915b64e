import { Hono } from 'hono';
import type { Clock } from '../../base/clock.ts';
import { isId, newId } from '../../base/ids.ts';
import type { Operator } from '../../base/operator.ts';
import { type Db, inTransaction, runnerOf } from '../../infra/db/index.ts';
import { readForm } from '../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../infra/http/web-env.ts';
import { auditListener } from '../../infra/listeners/hub.ts';
import {
  endListener,
  hurryEvents,
  type ListenerState,
  loadListenerState,
  loadListenerStates,
  pauseListener,
} from '../../infra/listeners/listener-store.ts';
import { Actions, Button, Card, Form, Notice, renderPage, SummaryList } from '../../infra/ui/components.tsx';
import { formatMoment } from '../../infra/ui/format.ts';
import { type ConsoleEntry, ConsolePage, type Staff } from '../staff/index.ts';
import { listenersText } from './text.ts';

const LISTENERS = '/console/listeners';
/** Where the page was when only orders had listeners: it may be somebody's bookmark. */
const OLD = '/console/order-listeners';

/** Who may see them; an admin changes them. */
const ROLES = ['supervisor', 'auditor', 'admin'] as const;
const ACTS = ['pause', 'resume', 'now', 'remove'] as const;
const ENDED_SHOWN = { hours: 24 * 30 };

/** In the console's navigation. */
export const listenersEntry: ConsoleEntry = {
  key: 'listeners',
  href: LISTENERS,
  label: (language) => listenersText(language).title,
  hint: (language) => listenersText(language).hint,
  roles: ROLES,
};

interface ListenersDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly staff: Staff;
}

/**
 * GET /console/listeners: the programs that are told of orders or of what is done with data, with what came of the last try and what
 * waits. POST /console/listeners/:id pauses one, resumes it, tries it now, or removes it.
 */
export function listenersConsole({ db, clock, operator, staff }: ListenersDeps): Hono<WebEnv> {
  const sql = runnerOf(db);

  return new Hono<WebEnv>()
    .get(OLD, (c) => c.redirect(LISTENERS, 301))
    .get(LISTENERS, staff.requireStaff(...ROLES), async (c) => {
      const { language } = c.var;
      const t = listenersText(language);
      const listeners = await loadListenerStates(sql, clock.now().subtract(ENDED_SHOWN));
      const isAdmin = staff.signedIn(c).role === 'admin';
      const done = c.req.query('done');
      return renderPage(
        c,
        <ConsolePage c={c} staff={staff} title={t.title} at="listeners">
          {done === 'gone' ? <Notice kind="warning">{t.gone}</Notice> : null}
          {done && done !== 'gone' ? <Notice kind="success">{t.done}</Notice> : null}
          <p class="muted">{t.lead}</p>
          {listeners.length === 0 ? <p>{t.none}</p> : null}
          <div class="cards">
            {listeners.map((listener) => (
              <ListenerCard c={c} listener={listener} canChange={isAdmin && listener.endedAt === null} />
            ))}
          </div>
        </ConsolePage>,
      );
    })
    .post(`${LISTENERS}/:id`, staff.requireStaff('admin'), async (c) => {
      const listenerId = c.req.param('id');
      const form = await readForm(c);
      const act = ACTS.find((each) => each === form('act'));
      if (!act || !isId(listenerId)) return c.notFound();
      const done = await change(act, { listenerId, staffId: staff.signedIn(c).staffId });
      return c.redirect(`${LISTENERS}?done=${done ? act : 'gone'}`, 303);
    });

  /** What is so already stays so, and is not recorded twice. False where the listener is gone. */
  function change(act: (typeof ACTS)[number], of: { listenerId: string; staffId: string }): Promise<boolean> {
    const { listenerId, staffId } = of;
    return inTransaction(db, async (tx) => {
      const own = runnerOf(tx);
      const now = clock.now();
      const listener = await loadListenerState(own, listenerId);
      if (listener === null) return false;
      const { hub } = listener;
      const note = (what: 'paused' | 'resumed' | 'removed') =>
        auditListener(own, now, { hub, listenerId, act: what, staffId });
      switch (act) {
        case 'pause':
          if (await pauseListener(own, { listenerId, pausedAt: now })) await note('paused');
          break;
        case 'resume':
          if (await pauseListener(own, { listenerId, pausedAt: null })) await note('resumed');
          break;
        case 'now':
          await hurryEvents(own, now, listenerId);
          break;
        case 'remove':
          if (await endListener(own, now, { listenerId })) await note('removed');
          break;
      }
      return true;
    });
  }

  function ListenerCard(props: { c: WebContext; listener: ListenerState; canChange: boolean }) {
    const { c, listener, canChange } = props;
    const { language } = c.var;
    const t = listenersText(language);
    const moment = (at: Parameters<typeof formatMoment>[0]) => formatMoment(at, operator.timeZone, language);
    const { waiting, failed, attempts, nextAttemptAt, pausedAt, eventTypes } = listener;
    const standing = standingOf(listener);
    return (
      <Card title={shownAddress(listener.callback)}>
        <SummaryList
          rows={[
            { term: t.hub, value: t.hubs[listener.hub] },
            { term: t.state, value: <span class={`badge ${BADGES[standing]}`}>{t.states[standing]}</span> },
            { term: t.last, value: lastOf(listener, language, moment) },
            { term: t.waiting, value: t.count(waiting) },
            ...(pausedAt === null && attempts && nextAttemptAt
              ? [{ term: t.next, value: t.tried(attempts, moment(nextAttemptAt)) }]
              : []),
            ...(failed > 0 ? [{ term: t.failed, value: t.count(failed) }] : []),
            {
              term: t.events,
              value:
                eventTypes.length === 0 ? t.all : eventTypes.map((type) => <span class="detail-line">{type}</span>),
            },
            { term: t.signed, value: listener.isSigned ? t.isSigned : t.notSigned },
            { term: t.since, value: moment(listener.createdAt) },
          ]}
        />
        {canChange ? <Acts c={c} listener={listener} /> : null}
      </Card>
    );
  }
}

function Acts({ c, listener }: { c: WebContext; listener: ListenerState }) {
  const t = listenersText(c.var.language);
  const action = `${LISTENERS}/${listener.listenerId}`;
  const isTrying = listener.pausedAt === null && (listener.attempts ?? 0) > 0;
  return (
    <>
      <Form action={action} requestId={newId()}>
        <Actions>
          <Button kind="secondary" name="act" value={listener.pausedAt === null ? 'pause' : 'resume'}>
            {listener.pausedAt === null ? t.pause : t.resume}
          </Button>
          {isTrying ? (
            <Button kind="secondary" name="act" value="now">
              {t.now}
            </Button>
          ) : null}
        </Actions>
      </Form>
      <details>
        <summary>{t.remove}</summary>
        <Form action={action} requestId={newId()}>
          <p>{t.removeLead}</p>
          <Button kind="danger" name="act" value="remove">
            {t.removeSubmit}
          </Button>
        </Form>
      </details>
    </>
  );
}

type Standing = 'new' | 'told' | 'trying' | 'paused' | 'ended';
const BADGES: Record<Standing, string> = { new: '', told: 'good', trying: 'bad', paused: '', ended: '' };

function standingOf({ endedAt, pausedAt, attempts, lastStatus }: ListenerState): Standing {
  if (endedAt !== null) return 'ended';
  if (pausedAt !== null) return 'paused';
  if ((attempts ?? 0) > 0) return 'trying';
  return lastStatus === null ? 'new' : 'told';
}

function lastOf(
  { lastStatus, lastTriedAt }: ListenerState,
  language: WebContext['var']['language'],
  moment: (at: NonNullable<ListenerState['lastTriedAt']>) => string,
): string {
  const t = listenersText(language);
  if (lastStatus === null || lastTriedAt === null) return t.never;
  if (lastStatus === 0) return t.noAnswer(moment(lastTriedAt));
  return lastStatus < 300 ? t.taken(moment(lastTriedAt)) : t.notTaken(lastStatus, moment(lastTriedAt));
}

/** What follows the host may be a secret of the other side's: the beginning is enough to know it by. */
function shownAddress(callback: string): string {
  const { host, pathname, search } = new URL(callback);
  const rest = pathname + search;
  return rest.length <= 12 ? `${host}${rest}` : `${host}${rest.slice(0, 12)}…`;
}
