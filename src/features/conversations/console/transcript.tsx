import type { Child } from 'hono/jsx';
import type { Temporal } from 'temporal-polyfill';
import { type Language, labelled } from '../../../base/language.ts';
import { runnerOf } from '../../../infra/db/index.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import { DrawnMessage } from '../../../infra/line/drawing/message.tsx';
import { LivePart } from '../../../infra/live/parts.tsx';
import { formatShortDay } from '../../../infra/ui/format.ts';
import type { Content, Happened } from '../content.ts';
import { loadPictures, type PictureState } from '../pictures/store.ts';
import { type Conversation, loadTranscript, type TranscriptMessage } from '../store.ts';
import type { InboxDeps } from './deps.ts';
import { INBOX } from './list.tsx';
import { inboxText } from './text.ts';
import { contentWords } from './words.ts';

/** While something is on its way to LINE, it is looked at again this soon: its arrival changes no conversation. */
const ON_ITS_WAY_MS = 1_000;

/** Everything that was said, in its order; follows what is said. */
export async function Transcript({ c, deps, of }: { c: WebContext; deps: InboxDeps; of: Conversation }) {
  const { language } = c.var;
  const t = inboxText(language).talk;
  const sql = runnerOf(deps.db);
  const [messages, pictures] = await Promise.all([
    loadTranscript(sql, of.conversationId),
    loadPictures(sql, of.conversationId),
  ]);
  const staffIds = messages.flatMap(({ staffId, content }) => [
    ...(staffId === null ? [] : [staffId]),
    ...(content.kind === 'happened' && content.detail !== undefined && content.what !== 'closed'
      ? [content.detail]
      : []),
  ]);
  const names = await deps.staff.namesOf([...new Set(staffIds)]);
  const shown: Shown = { language, deps, conversation: of, names, pictures };
  const isOnItsWay = messages.some(({ delivery }) => delivery === 'waiting');
  return (
    <LivePart
      id="talk"
      src={`${INBOX}/${of.conversationId}/talk`}
      when={`conversation:${of.conversationId}`}
      again={isOnItsWay ? ON_ITS_WAY_MS : undefined}
    >
      <div id="said" class="said" role="log" aria-label={t.title} tabindex={0} data-stick>
        {messages.length === 0 ? <p class="muted">{t.empty}</p> : null}
        <ol>
          {messages.map((message, index) => (
            <>
              {isNewDay(messages[index - 1]?.at, message.at, deps.operator.timeZone) ? (
                <li class="said-day" id={`day-${dayOf(message.at, deps.operator.timeZone)}`}>
                  {formatShortDay(dayOf(message.at, deps.operator.timeZone), language)}
                </li>
              ) : null}
              <Entry message={message} isFollowUp={isFollowUp(messages[index - 1], message)} shown={shown} />
            </>
          ))}
        </ol>
      </div>
    </LivePart>
  );
}

const dayOf = (at: Temporal.Instant, zone: string) => at.toZonedDateTimeISO(zone).toPlainDate().toString();
const isNewDay = (before: Temporal.Instant | undefined, at: Temporal.Instant, zone: string) =>
  before === undefined || dayOf(before, zone) !== dayOf(at, zone);

/** The same again within the minute: on the screen once is enough who it is. */
const isFollowUp = (
  before: TranscriptMessage | undefined,
  { author, staffId, at, content, delivery }: TranscriptMessage,
) =>
  before !== undefined &&
  before.author === author &&
  before.staffId === staffId &&
  before.content.kind !== 'happened' &&
  (before.content.kind === 'note') === (content.kind === 'note') &&
  at.epochMilliseconds - before.at.epochMilliseconds < 60_000 &&
  (delivery === null || delivery === 'sent');

interface Shown {
  readonly language: Language;
  readonly deps: InboxDeps;
  readonly conversation: Conversation;
  readonly names: ReadonlyMap<string, string>;
  readonly pictures: ReadonlyMap<string, PictureState>;
}

function Entry(props: { message: TranscriptMessage; isFollowUp: boolean; shown: Shown }) {
  const { message, isFollowUp, shown } = props;
  const { content } = message;
  const id = `m-${message.messageId}`;
  const time = message.at.toZonedDateTimeISO(shown.deps.operator.timeZone).toPlainTime().toString({
    smallestUnit: 'minute',
  });
  const clock = <time datetime={message.at.toString()}>{time}</time>;
  if (content.kind === 'happened') {
    return (
      <li id={id} class="said-happened">
        {happenedWords(content, message, shown)} {clock}
      </li>
    );
  }
  const kind = content.kind === 'note' ? 'note' : message.author;
  return (
    <li id={id} class={`said-one said-${kind}${isFollowUp ? ' said-more' : ''}`}>
      <p class={isFollowUp ? 'said-by visually-hidden' : 'said-by'}>
        <b>{author(message, shown)}</b> {clock} <Delivery message={message} language={shown.language} />
      </p>
      <Said content={message.unsentAt === null ? content : unsent(content)} message={message} shown={shown} />
    </li>
  );
}

/** What was taken back is not shown, whatever is still stored. */
const unsent = (content: Content): Content =>
  content.kind === 'unsent' ? content : { kind: 'unsent', was: content.kind };

function author({ author, staffId, content }: TranscriptMessage, { language, names, conversation }: Shown): string {
  const t = inboxText(language);
  const name = names.get(staffId ?? '') ?? '';
  if (content.kind === 'note') return `${t.talk.note} ${name}`;
  if (author === 'person') return conversation.displayName ?? t.talk.person;
  return author === 'bot' ? t.talk.bot : name;
}

function Delivery({ message, language }: { message: TranscriptMessage; language: Language }) {
  const t = inboxText(language).talk;
  switch (message.delivery) {
    case 'waiting':
      return <span class="muted">{t.sending}</span>;
    case 'dropped':
    case 'failed':
    case 'unknown':
      return <span class="badge bad">{t[message.delivery]}</span>;
    case 'sent':
    case null:
      return null;
  }
}

function Said({ content, message, shown }: { content: Content; message: TranscriptMessage; shown: Shown }): Child {
  const { language, deps } = shown;
  const t = inboxText(language).talk;
  switch (content.kind) {
    case 'text':
    case 'note':
      return <p class="said-words">{content.text}</p>;
    case 'messages':
      return content.messages.map((each) => (
        <DrawnMessage message={each} drawing={{ language, picture: ours(deps) }} />
      ));
    case 'picture':
      return <Picture message={message} shown={shown} />;
    case 'button':
      return (
        <p class="said-words said-tapped">
          <span class="visually-hidden">{t.button} </span>
          {content.label ?? t.button}
        </p>
      );
    case 'file':
      return <p class="said-words said-named">{labelled(t.file, content.fileName, language)}</p>;
    case 'place':
      return <p class="said-words said-named">{labelled(t.place, content.title, language)}</p>;
    case 'sticker':
    case 'other':
    case 'unsent':
      return <p class="said-words said-named">{contentWords(content, language)}</p>;
    case 'happened':
      return null;
  }
}

/** Pictures of our own site are shown; the content policy forbids all others. */
const ours = (deps: InboxDeps) => (url: string) => (url.startsWith(`${deps.publicUrl}/`) ? url : null);

function Picture({ message, shown }: { message: TranscriptMessage; shown: Shown }) {
  const t = inboxText(shown.language).talk;
  const picture = shown.pictures.get(message.lineMessageId ?? '');
  if (picture?.state === 'kept') {
    const src = `${INBOX}/${shown.conversation.conversationId}/pictures/${message.lineMessageId}`;
    return (
      <a class="said-picture" href={src}>
        <img src={src} alt={t.picture} width={picture.width} height={picture.height} />
      </a>
    );
  }
  const words = picture === undefined || picture.state === 'waiting' ? t.pictureComing : t.pictureLost[picture.reason];
  return <p class="said-words said-named">{words}</p>;
}

function happenedWords({ what, detail }: Happened, { staffId }: TranscriptMessage, { language, names }: Shown): string {
  const t = inboxText(language);
  const who = names.get(staffId ?? '') ?? '';
  const to = names.get(detail ?? '') ?? '';
  switch (what) {
    case 'asked':
    case 'message-begun':
    case 'message-left':
    case 'blocked':
      return t.happened[what];
    case 'taken':
    case 'back-to-queue':
      return t.happened[what](who);
    case 'assigned':
    case 'handed-over':
      return t.happened[what](who, to);
    case 'closed':
      return t.because(detail ?? '')?.(who) ?? '';
    case 'rated':
      return t.happened.rated(t.faces(detail ?? '') ?? '');
  }
}
