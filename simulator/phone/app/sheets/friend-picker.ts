import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { Avatar } from '../avatar.ts';
import { control } from '../control.ts';
import { usePhone } from '../phone-tools.ts';
import { SheetFrame } from './sheet.ts';

/** Choose friends, and send them a text or link. */
export function FriendPickerSheet({ text, onClose }: { text: string; onClose?: () => void }) {
  const { person, people, words, openSheet, showToast } = usePhone();
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const close = onClose ?? (() => openSheet(null));
  const friends = people.filter(
    (one) => one.userId !== person.userId && one.displayName.toLowerCase().includes(query.trim().toLowerCase()),
  );
  const toggle = (userId: string) =>
    setChosen(chosen.includes(userId) ? chosen.filter((one) => one !== userId) : [...chosen, userId]);
  const send = async () => {
    await control.share(person.userId, text, chosen).then(
      () => {
        showToast(words('didSend'));
        close();
      },
      () => showToast(words('failed')),
    );
  };

  return html`
    <${SheetFrame} title=${words('friendPicker')} isTall=${true} onClose=${close} testId="friend-picker">
      <div class="picker-top">
        <input type="search" data-autofocus aria-label=${words('searchFriends')} placeholder=${words('searchFriends')} value=${query}
          onInput=${(event: InputEvent) => setQuery((event.target as HTMLInputElement).value)} />
      </div>
      <ul class="list sheet-scroll">
        ${friends.map(
          (friend) => html`
            <li key=${friend.userId}><label class="row picker-row">
              <${Avatar} person=${friend} /><span class="row-name">${friend.displayName}</span>
              <input type="checkbox" checked=${chosen.includes(friend.userId)} onChange=${() => toggle(friend.userId)} />
            </label></li>`,
        )}
        ${friends.length === 0 && html`<li class="empty">${words('noMatch')}</li>`}
      </ul>
      <div class="sheet-foot">
        <p class="picker-text" tabindex="0"><span class="visually-hidden">${words('willSend')}: </span>${text}</p>
        <button type="button" class="primary" data-testid="picker-send" disabled=${chosen.length === 0} onClick=${send}>
          ${words('send')}${chosen.length > 0 ? ` (${chosen.length})` : ''}
        </button>
      </div>
    <//>`;
}
