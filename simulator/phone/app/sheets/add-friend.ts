import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import type { Account, Person } from '../../../contract.ts';
import { AccountAvatar, AccountMark, Avatar } from '../avatar.ts';
import { FollowButton } from '../follow-button.ts';
import { usePhone } from '../phone-tools.ts';
import { SheetFrame } from './sheet.ts';

type Found = { kind: 'account'; account: Account } | { kind: 'person'; person: Person } | { kind: 'nobody' } | null;

/** 友だち追加: by QR code or by ID. `id` is given when a link named somebody. */
export function AddFriendSheet({ id, onClose }: { id: string; onClose?: () => void }) {
  const { account, people, words } = usePhone();
  const [query, setQuery] = useState(id);
  const find = (wanted: string): Found => {
    const plain = wanted.trim().toLowerCase().replace(/^@/, '');
    if (plain === account.basicId.toLowerCase().replace(/^@/, '')) return { kind: 'account', account };
    const person = people.find((one) => one.lineId.toLowerCase() === plain);
    return person ? { kind: 'person', person } : { kind: 'nobody' };
  };
  const [found, setFound] = useState<Found>(() => (id ? find(id) : null));
  const search = (event: Event) => {
    event.preventDefault();
    setFound(find(query));
  };

  return html`
    <${SheetFrame} title=${words('addFriend')} isTall=${true} onClose=${onClose} testId="add-friend-sheet">
      <div class="sheet-scroll">
        <form class="id-search" onSubmit=${search} role="search">
          <label>${words('searchById')}
            <input data-autofocus value=${query} placeholder=${words('idHint')} autocapitalize="off" autocomplete="off" spellcheck="false"
              onInput=${(event: InputEvent) => setQuery((event.target as HTMLInputElement).value)} /></label>
          <button type="submit" class="primary small">${words('search')}</button>
        </form>
        <div aria-live="polite"><${Result} found=${found} /></div>
        ${
          found?.kind !== 'account' &&
          html`<section class="qr">
            <h3>${words('showQr')}</h3>
            <img src=${`/phone/qr.svg?${new URLSearchParams({ text: account.addFriendUrl })}`} alt=${words('qrOfAccount')} width="180" height="180" />
            <p>${words('qrHint')}</p>
            <button type="button" class="secondary" onClick=${() => setFound({ kind: 'account', account })}>${words('scanned')}</button>
          </section>`
        }
      </div>
    <//>`;
}

function Result({ found }: { found: Found }) {
  const { person, words, openTalk } = usePhone();
  if (!found) return null;
  if (found.kind === 'nobody') return html`<p class="empty">${words('notFound')}</p>`;
  if (found.kind === 'person') {
    return html`<div class="found"><${Avatar} person=${found.person} size=${72} /><strong>${found.person.displayName}</strong>
      <span class="pill">${words('added')}</span></div>`;
  }
  const isAdded = person.isFriend && !person.isBlocked;
  return html`
    <div class="found"><${AccountAvatar} account=${found.account} size=${72} />
      <strong>${found.account.displayName} <${AccountMark} label=${words('officialAccount')} /></strong>
      <small>${found.account.basicId}</small>
      ${
        isAdded
          ? html`<button type="button" class="primary small" data-testid="open-talk" onClick=${openTalk}>${words('openTalk')}</button>`
          : html`<${FollowButton} />`
      }
    </div>`;
}
