import { Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { isId } from '../../../base/ids.ts';
import { audit, runnerOf } from '../../../infra/db/index.ts';
import { readForm } from '../../../infra/http/form.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import { LiveStream } from '../../../infra/live/parts.tsx';
import { renderPage } from '../../../infra/ui/components.tsx';
import { formatMoment } from '../../../infra/ui/format.ts';
import { type ConsoleEntry, ConsolePage } from '../../staff/index.ts';
import { loadPicture } from '../pictures/fetching.ts';
import { type Conversation, loadConversation } from '../store.ts';
import { actOn, type Tried } from './acting.ts';
import type { InboxDeps } from './deps.ts';
import { Desk } from './desk.tsx';
import { countWaiting, isInConversation, loadEarlier, takeReadToken } from './inbox-store.ts';
import { INBOX, InboxList } from './list.tsx';
import { inboxText } from './text.ts';
import { Transcript } from './transcript.tsx';

/** In the console's navigation. */
export const inboxEntry: ConsoleEntry = {
  key: 'inbox',
  href: INBOX,
  label: (language) => inboxText(language).title,
  hint: (language) => inboxText(language).hint,
  roles: ['agent', 'supervisor', 'auditor', 'admin'],
  waiting: (db) => countWaiting(runnerOf(db)),
};

/**
 * The inbox: the conversations on the left, one of them in the middle, the person on the right. The page and its parts are
 * the same components; a part is read anew by itself when something changes.
 */
export function inboxConsole(deps: InboxDeps): Hono<WebEnv> {
  const { staff, live, beside } = deps;
  const sql = runnerOf(deps.db);
  const everybody = staff.requireStaff();
  const answering = staff.requireStaff('agent', 'supervisor', 'admin');

  return new Hono<WebEnv>()
    .get(INBOX, everybody, (c) => page(c, inboxText(c.var.language).title, null, <Nothing c={c} />))
    .get(`${INBOX}/stream`, everybody, (c) =>
      live.answer(c, {
        hears: ({ topic }) => topic === 'conversation',
        isWelcome: () => staff.isStillSignedIn(c),
      }),
    )
    .get(`${INBOX}/list`, everybody, (c) => {
      const at = c.req.query('at') ?? '';
      return c.html(<InboxList c={c} deps={deps} at={isId(at) ? at : null} />);
    })
    .get(`${INBOX}/:id`, everybody, (c) => withConversation(c, (of) => show(c, of)))
    .get(`${INBOX}/:id/talk`, everybody, (c) =>
      withConversation(c, (of) => c.html(<Transcript c={c} deps={deps} of={of} />)),
    )
    .get(`${INBOX}/:id/desk`, everybody, (c) => withConversation(c, (of) => c.html(<Desk c={c} deps={deps} of={of} />)))
    .get(`${INBOX}/:id/pictures/:picture`, everybody, (c) => withConversation(c, (of) => picture(c, of)))
    .post(`${INBOX}/:id`, answering, async (c) => {
      const conversationId = c.req.param('id');
      if ((await find(c)) === null) return c.notFound();
      const tried = await actOn(deps.acts, { conversationId, by: staff.signedIn(c), form: await readForm(c) });
      if (tried === null) return c.redirect(`${INBOX}/${conversationId}`, 303);
      return withConversation(c, (of) => show(c, of, tried));
    });

  function find(c: WebContext): Promise<Conversation | null> {
    const id = c.req.param('id') ?? '';
    return isId(id) ? loadConversation(sql, id) : Promise.resolve(null);
  }

  /** A live conversation is a reason to read it; one that is over asks for another, unless the person is here again. */
  async function withConversation(
    c: WebContext,
    answer: (of: Conversation) => Response | Promise<Response>,
  ): Promise<Response> {
    const of = await find(c);
    if (of === null) return c.notFound();
    if (of.state === 'closed' && !(await isInConversation(sql, of.lineUserId))) {
      const toReason = await beside.lookFirst(c, of.lineUserId);
      if (toReason) return toReason;
    }
    await markAsRead(c, of);
    return answer(of);
  }

  /** 既読: what whoever has the talk sees is read for its person, too. Should LINE not hear of it, the next mark covers it. */
  async function markAsRead(c: WebContext, { conversationId, staffId }: Conversation): Promise<void> {
    if (staffId === null || staffId !== staff.signedIn(c).staffId) return;
    const token = await takeReadToken(sql, { conversationId, staffId });
    // Not waited for: the page must not be as slow as LINE. The client answers failures as values.
    if (token !== null) void deps.line.markAsRead(token);
  }

  async function picture(c: WebContext, { conversationId }: Conversation): Promise<Response> {
    const lineMessageId = c.req.param('picture') ?? '';
    const jpeg = await loadPicture(deps, { conversationId, lineMessageId });
    if (jpeg === null) return c.notFound();
    await audit(sql, deps.clock.now(), {
      actor: { kind: 'staff', id: staff.signedIn(c).staffId },
      action: 'staff.picture-shown',
      detail: { conversationId },
    });
    return c.body(Uint8Array.from(jpeg), 200, { 'content-type': 'image/jpeg' });
  }

  async function show(c: WebContext, of: Conversation, tried?: Tried): Promise<Response> {
    const t = inboxText(c.var.language);
    const earlier = await loadEarlier(sql, of);
    return page(
      c,
      of.displayName ?? t.unnamed,
      of,
      <>
        <div class="inbox-talk">
          <Transcript c={c} deps={deps} of={of} />
          <Desk c={c} deps={deps} of={of} tried={tried} />
        </div>
        <aside id="person" class="inbox-person" aria-label={t.person} tabindex={-1}>
          {of.state === 'closed' ? null : await beside.facts(c, of)}
          {earlier.length > 0 ? (
            <section>
              <h2>{t.earlier}</h2>
              <ul>
                {earlier.map(({ conversationId, askedAt }) => (
                  <li>
                    <a class="tap" href={`${INBOX}/${conversationId}`}>
                      {formatMoment(askedAt, deps.operator.timeZone, c.var.language)}
                    </a>
                  </li>
                ))}
              </ul>
            </section>
          ) : null}
        </aside>
      </>,
      tried !== undefined,
    );
  }

  function page(c: WebContext, title: string, of: Conversation | null, content: Child, isRefused = false) {
    staff.leavesByItself(c);
    const t = inboxText(c.var.language);
    const at = of?.conversationId ?? null;
    const places = [
      ['list', t.skips.list],
      ...(of === null
        ? []
        : [
            ['said', t.skips.talk],
            ['desk-title', t.skips.desk],
            ['person', t.skips.person],
          ]),
    ];
    return renderPage(
      c,
      <ConsolePage
        c={c}
        staff={staff}
        title={title}
        at="inbox"
        {...(of === null ? {} : { back: { href: INBOX, label: t.title } })}
        hasErrors={isRefused}
      >
        <nav class="skips" aria-label={t.skips.label}>
          {places.map(([id, words]) => (
            <a class="skip" href={`#${id}`}>
              {words}
            </a>
          ))}
        </nav>
        <LiveStream
          src={`${INBOX}/stream`}
          words={t.live}
          door={`/console/sign-in?next=${encodeURIComponent(at === null ? INBOX : `${INBOX}/${at}`)}`}
        />
        <div class={of === null ? 'inbox' : 'inbox inbox-open'}>
          <div class="inbox-side">
            <InboxList c={c} deps={deps} at={at} />
            <Keys c={c} />
          </div>
          {content}
        </div>
      </ConsolePage>,
      isRefused ? 422 : 200,
    );
  }
}

function Nothing({ c }: { c: WebContext }) {
  return <p class="inbox-nothing muted">{inboxText(c.var.language).chooseOne}</p>;
}

function Keys({ c }: { c: WebContext }) {
  const { keys } = inboxText(c.var.language);
  return (
    <details class="inbox-keys">
      <summary>{keys.title}</summary>
      <dl>
        {keys.rows.map(([key, does]) => (
          <div>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
