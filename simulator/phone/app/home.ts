import { html } from 'htm/preact';
import { AccountAvatar, AccountMark, Avatar } from './avatar.ts';
import { FollowButton } from './follow-button.ts';
import { Icon } from './icons.ts';
import { usePhone } from './phone-tools.ts';

/** The first tab: oneself, the official account, friends. */
export function HomeView({ onFriend }: { onFriend: (userId: string) => void }) {
  const { person, people, words, openSheet } = usePhone();
  const friends = people.filter((one) => one.userId !== person.userId);
  return html`
    <header class="view-header">
      <h2>${words('home')}</h2>
      <button type="button" class="icon-button" aria-label=${words('addFriend')} data-testid="open-add-friend"
        onClick=${() => openSheet({ kind: 'add-friend', id: '' })}><${Icon} name="addFriend" /></button>
    </header>
    <div class="scroll" tabindex="0" role="region" aria-label=${`${person.displayName}: ${words('home')}`}>
      <div class="own-card">
        <${Avatar} person=${person} size=${60} />
        <div><strong>${person.displayName}</strong><small>ID: ${person.lineId}</small></div>
      </div>
      <${AccountSection} />
      <h3 class="list-title">${words('friends')} ${friends.length}</h3>
      <ul class="list">
        ${friends.map(
          (friend) => html`
            <li key=${friend.userId}>
              <button type="button" class="row" onClick=${() => onFriend(friend.userId)}>
                <${Avatar} person=${friend} /><span class="row-name">${friend.displayName}</span>
              </button>
            </li>`,
        )}
      </ul>
    </div>`;
}

/** The official account: its card when added, an offer to add it when not. */
export function AccountSection() {
  const { person, account, words, openTalk } = usePhone();
  const isAdded = person.isFriend;
  return html`
    <h3 class="list-title">${words(isAdded ? 'officialAccounts' : 'recommended')}</h3>
    <div class="account-card">
      <${AccountAvatar} account=${account} size=${52} />
      <div class="account-card-text">
        <strong>${account.displayName} <${AccountMark} label=${words('officialAccount')} /></strong>
        <small>${account.basicId}${person.isBlocked ? `・${words('blocked')}` : ''}</small>
        ${!isAdded && html`<p>${words('addFirst')}</p>`}
      </div>
      ${
        isAdded
          ? html`<button type="button" class="primary small" data-testid="open-talk" onClick=${openTalk}>${words('openTalk')}</button>`
          : html`<${FollowButton} />`
      }
    </div>`;
}
