import { html } from 'htm/preact';
import type { InboxEntry } from '../../../contract.ts';
import { Avatar } from '../avatar.ts';
import { Icon } from '../icons.ts';
import { LinkedText } from '../messages/linked-text.ts';
import { usePhone } from '../phone-tools.ts';
import { dayName, timeOfDay } from '../time.ts';

/** What one friend shared with the person. */
export function FriendTalkView(props: { friendId: string; inbox: InboxEntry[]; onBack: () => void }) {
  const { person, people, words } = usePhone();
  const friend = people.find(({ userId }) => userId === props.friendId);
  const shared = props.inbox.filter((entry) => entry.from.userId === props.friendId);
  const name = friend?.displayName ?? shared[0]?.from.displayName ?? '';
  return html`
    <header class="talk-header">
      <button type="button" class="icon-button" aria-label=${words('back')} onClick=${props.onBack}><${Icon} name="back" /></button>
      <h2>${name}</h2>
    </header>
    <div class="talk-log" role="log" aria-live="polite" tabindex="0" aria-label=${`${name}${words('talkWith')}`} data-testid="friend-talk">
      ${shared.length === 0 && html`<p class="empty">${words('friendTalkHint')}</p>`}
      ${shared.map(
        (entry, index) => html`
          ${dayName(entry.at, person.language) !== dayName(shared[index - 1]?.at ?? 0, person.language) && html`<p class="day"><span>${dayName(entry.at, person.language)}</span></p>`}
          <div class="entry from-account" key=${entry.id}>
            ${friend && html`<${Avatar} person=${friend} size=${36} />`}
            <div class="entry-body"><div class="bubble"><${LinkedText} text=${entry.text} /></div></div>
            <span class="entry-meta"><time>${timeOfDay(entry.at, person.language)}</time></span>
          </div>`,
      )}
    </div>`;
}
