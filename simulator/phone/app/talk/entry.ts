import { html } from 'htm/preact';
import { useContext } from 'preact/hooks';
import type { TalkEntry } from '../../../contract.ts';
import { AccountAvatar, Avatar } from '../avatar.ts';
import { Icon } from '../icons.ts';
import { isWide, Message } from '../messages/message.ts';
import { summaryOf } from '../messages/summary.ts';
import { InputAreaContext } from '../perform.ts';
import { usePhone } from '../phone-tools.ts';
import { record, text } from '../read-value.ts';
import { timeOfDay } from '../time.ts';

/** One message in the talk with who, when and whether it was read. */
export function Entry(props: { entry: TalkEntry; quoted?: TalkEntry | undefined; isFollowUp: boolean }) {
  const { entry, quoted, isFollowUp } = props;
  const { person, people, account, words, openSheet } = usePhone();
  const input = useContext(InputAreaContext);
  const isMine = entry.from === 'person' && (entry.by ?? person.userId) === person.userId;
  const member = isMine ? undefined : people.find(({ userId }) => userId === entry.by);
  if (entry.isUnsent) return html`<p class="day"><span>${words('unsent')}</span></p>`;
  const sender = record(entry.message.sender);
  const name = text(sender.name) || (member?.displayName ?? account.displayName);
  const own = text(entry.message.text);
  const onQuote = input ? () => input.quote(entry.id) : undefined;
  const openMenu = () =>
    openSheet({
      kind: 'message-menu',
      messageId: entry.id,
      text: own || null,
      canUnsend: isMine && !entry.by,
      onQuote,
    });
  const classes = ['entry', isMine ? 'from-person' : 'from-account'];
  if (isFollowUp && !sender.name) classes.push('is-follow-up');
  if (isWide(entry.message)) classes.push('is-wide');
  const hasMenu = isMine || own !== '' || onQuote !== undefined;

  return html`
    <div class=${classes.join(' ')} data-message-id=${entry.id}>
      ${member && html`<${Avatar} person=${member} size=${36} />`}
      ${!isMine && !member && html`<${AccountAvatar} account=${account} iconUrl=${text(sender.iconUrl)} size=${36} />`}
      <div class="entry-body">
        ${isMine ? html`<span class="visually-hidden">${words('you')}: </span>` : html`<span class="entry-name">${name}</span>`}
        ${quoted && html`<p class="quoted"><span class="visually-hidden">${words('answerTo')}: </span>${quoted.isUnsent ? words('unsent') : summaryOf(quoted.message, words)}</p>`}
        <${Message} entry=${entry} />
      </div>
      <span class="entry-meta">
        ${isMine && entry.isRead && html`<span>${words('read')}</span>`}
        <time datetime=${entry.at}>${timeOfDay(entry.at, person.language)}</time>
        ${hasMenu && html`<button type="button" class="entry-more" aria-label=${words('talkMenu')} onClick=${openMenu}><${Icon} name="more" size=${18} /></button>`}
      </span>
    </div>`;
}
