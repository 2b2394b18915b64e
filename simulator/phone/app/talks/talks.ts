import { html } from 'htm/preact';
import type { InboxEntry, TalkEntry } from '../../../contract.ts';
import { AccountAvatar, AccountMark, Avatar } from '../avatar.ts';
import { control } from '../control.ts';
import { AccountSection } from '../home.ts';
import { useLive } from '../live.ts';
import { summaryOf } from '../messages/summary.ts';
import { usePhone } from '../phone-tools.ts';
import { timeOfDay } from '../time.ts';

/** The second tab: talks with news, newest first. */
export function TalksView({ inbox, onFriend }: { inbox: InboxEntry[]; onFriend: (userId: string) => void }) {
  const { person, people, account, words, openTalk } = usePhone();
  const screen = useLive(() => control.screen(person.userId), {
    types: ['screen'],
    userId: person.userId,
    key: person.userId,
  }).value;
  const last: TalkEntry | undefined = screen?.talk.at(-1);
  const friends = [...new Map(inbox.map((entry) => [entry.from.userId, entry])).values()].sort((a, b) =>
    b.at.localeCompare(a.at),
  );
  const isEmpty = !person.isFriend && friends.length === 0;
  return html`
    <header class="view-header"><h2>${words('talks')}</h2></header>
    <div class="scroll" tabindex="0" role="region" aria-label=${`${person.displayName}: ${words('talks')}`}>
      ${!person.isFriend && html`<${AccountSection} />`}
      <ul class="list">
        ${
          person.isFriend &&
          html`<li>
            <button type="button" class="row" data-testid="open-talk" onClick=${openTalk}>
              <${AccountAvatar} account=${account} size=${48} />
              <span class="row-text"><span class="row-name">${account.displayName} <${AccountMark} label=${words('officialAccount')} /></span>
                <small>${last ? summaryOf(last.message, words) : ''}</small></span>
              <span class="row-side">${last && html`<time>${timeOfDay(last.at, person.language)}</time>`}
                ${person.unread > 0 && html`<span class="badge">${person.unread}<span class="visually-hidden"> ${words('unread')}</span></span>`}</span>
            </button></li>`
        }
        ${friends.map((entry) => {
          const friend = people.find(({ userId }) => userId === entry.from.userId);
          return html`<li key=${entry.from.userId}>
            <button type="button" class="row" onClick=${() => onFriend(entry.from.userId)}>
              ${friend && html`<${Avatar} person=${friend} size=${48} />`}
              <span class="row-text"><span class="row-name">${entry.from.displayName}</span><small>${entry.text}</small></span>
              <span class="row-side"><time>${timeOfDay(entry.at, person.language)}</time></span>
            </button></li>`;
        })}
      </ul>
      ${isEmpty && html`<p class="empty">${words('noTalks')}</p>`}
    </div>`;
}
