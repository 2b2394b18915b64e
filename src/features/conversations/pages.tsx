import { Hono } from 'hono';
import type { Language } from '../../base/language.ts';
import { dayOf } from '../../base/operator-month.ts';
import { runnerOf } from '../../infra/db/index.ts';
import { requireLineAccount } from '../../infra/http/web.ts';
import type { WebContext, WebEnv } from '../../infra/http/web-env.ts';
import { Card, LinkButton, LinkList, Page, renderPage } from '../../infra/ui/components.tsx';
import { formatMoment } from '../../infra/ui/format.ts';
import type { ConversationDeps } from './deps.ts';
import { findOwn, loadOwn, type OwnConversation } from './own-store.ts';
import { loadPicture } from './pictures/fetching.ts';
import { loadPictures } from './pictures/store.ts';
import { type RecordLine, recordOf } from './record.ts';
import { recordWords } from './record-text.ts';
import { loadTranscript } from './store.ts';

const PATH = '/conversations';

/** A person's own transcripts behind LINE's sign-in: the list, one with its pictures, and one as a text file. */
export function conversationPages(deps: ConversationDeps): Hono<WebEnv> {
  const { db, operator, sessions } = deps;
  const sql = runnerOf(db);
  const app = new Hono<WebEnv>();
  app.use(PATH, requireLineAccount(sessions));
  app.use(`${PATH}/*`, requireLineAccount(sessions));

  const moment = (at: OwnConversation['askedAt'], language: Language) => formatMoment(at, operator.timeZone, language);
  /** The day is said where it begins. */
  function timeAfter(before: RecordLine | undefined, line: RecordLine, language: Language): string {
    const { timeZone } = operator;
    const isSameDay = before !== undefined && dayOf(before.at, timeZone) === dayOf(line.at, timeZone);
    if (!isSameDay) return moment(line.at, language);
    return line.at.toZonedDateTimeISO(timeZone).toPlainTime().toString({ smallestUnit: 'minute' });
  }
  const lineUserIdOf = (c: WebContext) => c.var.session?.lineUserId ?? '';

  app.get(PATH, async (c) => {
    const { language } = c.var;
    const w = recordWords(language);
    const own = await loadOwn(sql, lineUserIdOf(c));
    return renderPage(
      c,
      <Page c={c} operator={operator} title={w.title} nav="help">
        <p class="lead">{w.lead(operator.conversations.keptDays)}</p>
        <Card>
          {own.length === 0 ? (
            <>
              <p>{w.none}</p>
              <p class="muted">{w.howTo}</p>
            </>
          ) : (
            <LinkList
              links={own.map(({ conversationId, askedAt, state }) => ({
                href: `${PATH}/${conversationId}`,
                label: moment(askedAt, language),
                hint: w.states[state],
              }))}
            />
          )}
        </Card>
      </Page>,
    );
  });

  app.get(`${PATH}/:id`, async (c) => {
    const { language } = c.var;
    const w = recordWords(language);
    const own = await findOwn(sql, { lineUserId: lineUserIdOf(c), conversationId: c.req.param('id') });
    if (!own) return c.notFound();
    const lines = await linesOf(own, language);
    return renderPage(
      c,
      <Page
        c={c}
        operator={operator}
        title={moment(own.askedAt, language)}
        nav="help"
        back={{ href: PATH, label: w.title }}
      >
        <ol class="record">
          {lines.map((line, at) => (
            <Line
              line={line}
              time={timeAfter(lines[at - 1], line, language)}
              pictures={`${PATH}/${own.conversationId}/pictures`}
              alt={w.yourPicture}
            />
          ))}
        </ol>
        <LinkButton kind="secondary" href={`${PATH}/${own.conversationId}/text`}>
          {w.save}
        </LinkButton>
      </Page>,
    );
  });

  app.get(`${PATH}/:id/text`, async (c) => {
    const { language } = c.var;
    const w = recordWords(language);
    const own = await findOwn(sql, { lineUserId: lineUserIdOf(c), conversationId: c.req.param('id') });
    if (!own) return c.notFound();
    const pictures = `${deps.publicUrl}${PATH}/${own.conversationId}/pictures`;
    const lines = (await linesOf(own, language)).map(({ at, name, text, picture }) => {
      const where = picture === null ? [] : [`${pictures}/${picture.lineMessageId}`];
      return [withTime(moment(at, language), name), text, ...where].join('\n');
    });
    const day = dayOf(own.askedAt, operator.timeZone);
    const name = encodeURIComponent(`${w.fileName}-${day}.txt`);
    // The mark tells old editors that it is UTF-8.
    return c.body(`\uFEFF${w.title}\n\n${lines.join('\n\n')}\n`, 200, {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Disposition': `attachment; filename="conversation-${day}.txt"; filename*=UTF-8''${name}`,
    });
  });

  // Whoever sent a picture may see it: no reason, no row in the audit log.
  app.get(`${PATH}/:id/pictures/:picture`, async (c) => {
    const own = await findOwn(sql, { lineUserId: lineUserIdOf(c), conversationId: c.req.param('id') });
    const jpeg = own && (await loadPicture(deps, { ...own, lineMessageId: c.req.param('picture') }));
    if (!jpeg) return c.notFound();
    return c.body(Uint8Array.from(jpeg), 200, { 'content-type': 'image/jpeg' });
  });

  async function linesOf({ conversationId }: OwnConversation, language: Language): Promise<RecordLine[]> {
    const transcript = await loadTranscript(sql, conversationId);
    const pictures = await loadPictures(sql, conversationId);
    const staffIds = transcript.flatMap(({ staffId }) => (staffId === null ? [] : [staffId]));
    const names = await deps.publicNamesOf([...new Set(staffIds)]);
    return recordOf(transcript, { language, names, account: operator.officialAccount.displayName, pictures });
  }

  const withTime = (time: string, name: string) => (name === '' ? time : `${time}  ${name}`);

  return app;
}

function Line({ line, time, pictures, alt }: { line: RecordLine; time: string; pictures: string; alt: string }) {
  const { by, name, text, picture } = line;
  const src = `${pictures}/${picture?.lineMessageId}`;
  return (
    <li class={by}>
      <p class="muted">{by === 'system' ? time : `${name} ${time}`}</p>
      {picture === null ? (
        <p>{text}</p>
      ) : (
        <a href={src}>
          <img src={src} alt={alt} width={picture.width} height={picture.height} loading="lazy" />
        </a>
      )}
    </li>
  );
}
