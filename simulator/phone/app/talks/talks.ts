import { html } from 'htm/preact';
import type { GroupView, InboxEntry, TalkEntry } from '../../../contract.ts';
import { AccountAvatar, AccountMark, Avatar } from '../avatar.ts';
import { control } from '../control.ts';
import { AccountSection } from '../home.ts';
import { Icon } from '../icons.ts';
import { useLive } from '../live.ts';
import { summaryOf } from '../messages/summary.ts';
import { usePhone } from '../phone-tools.ts';
import { timeOfDay } from '../time.ts';

/** The second tab: talks with news, newest first. */
export function TalksView(props: {
  inbox: InboxEntry[];
  groups: GroupView[];
  onFriend: (userId: string) => void;
  onGroup: (groupId: string) => void;
}) {
  const { inbox, groups, onFriend, onGroup } = props;
  const { person, people, account, words, openTalk, showToast } = usePhone();
  // Everybody, as in a family: whom to leave out nobody needs for a try.
  const makeGroup = () =>
    control
      .addGroup({ name: words('group'), members: people.map(({ userId }) => userId) })
      .then(({ groupId }) => onGroup(groupId))
      .catch(() => showToast(words('failed')));
  const screen = useLive(() => control.screen(person.userId), {
    types: ['screen'],
    userId: person.userId,
    key: person.userId,
  }).value;
  const last: TalkEntry | undefined = screen?.talk.at(-1);
  const friends = [...new Map(inbox.map((entry) => [entry.from.userId, entry])).values()].sort((a, b) =>
    b.at.localeCompare(a.at),
  );
  const isEmpty = !person.isFriend && friends.length === 0 && groups.length === 0;
  return html`
    <header class="view-header"><h2>${words('talks')}</h2>
      <button type="button" class="secondary small" data-testid="add-group" onClick=${makeGroup}>${words('addGroup')}</button></header>
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
        ${groups.map(
          (group) => html`<li key=${group.groupId}>
            <button type="button" class="row" onClick=${() => onGroup(group.groupId)}>
              <span class="avatar group-avatar"><${Icon} name="talk" /></span>
              <span class="row-text"><span class="row-name">${group.name}（${group.members.length}）</span></span>
            </button></li>`,
        )}
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
