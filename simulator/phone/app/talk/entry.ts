import { html } from 'htm/preact';
import type { TalkEntry } from '../../../contract.ts';
import { AccountAvatar } from '../avatar.ts';
import { Icon } from '../icons.ts';
import { isWide, Message } from '../messages/message.ts';
import { usePhone } from '../phone-tools.ts';
import { record, text } from '../read-value.ts';
import { timeOfDay } from '../time.ts';

/** One message in the talk with who, when and whether it was read. */
export function Entry({ entry, isFollowUp }: { entry: TalkEntry; isFollowUp: boolean }) {
  const { person, account, words, openSheet } = usePhone();
  const isMine = entry.from === 'person';
  if (entry.isUnsent) return html`<p class="day"><span>${words('unsent')}</span></p>`;
  const sender = record(entry.message.sender);
  const name = text(sender.name) || account.displayName;
  const own = text(entry.message.text);
  const openMenu = () => openSheet({ kind: 'message-menu', messageId: entry.id, text: own || null, canUnsend: isMine });
  const classes = ['entry', isMine ? 'from-person' : 'from-account'];
  if (isFollowUp && !sender.name) classes.push('is-follow-up');
  if (isWide(entry.message)) classes.push('is-wide');
  const hasMenu = isMine || own !== '';

  return html`
    <div class=${classes.join(' ')} data-message-id=${entry.id}>
      ${!isMine && html`<${AccountAvatar} account=${account} iconUrl=${text(sender.iconUrl)} size=${36} />`}
      <div class="entry-body">
        ${isMine ? html`<span class="visually-hidden">${words('you')}: </span>` : html`<span class="entry-name">${name}</span>`}
        <${Message} entry=${entry} />
      </div>
      <span class="entry-meta">
        ${isMine && entry.isRead && html`<span>${words('read')}</span>`}
        <time datetime=${entry.at}>${timeOfDay(entry.at, person.language)}</time>
        ${hasMenu && html`<button type="button" class="entry-more" aria-label=${words('talkMenu')} onClick=${openMenu}><${Icon} name="more" size=${18} /></button>`}
      </span>
    </div>`;
}
