import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import type { Account, AgeProofState, Person } from '../../../contract.ts';
import { AGE_WORDS } from '../age-part.ts';
import { AccountAvatar, AccountMark, Avatar } from '../avatar.ts';
import { control } from '../control.ts';
import { FollowButton } from '../follow-button.ts';
import { usePhone } from '../phone-tools.ts';
import { SheetFrame } from './sheet.ts';

type Found =
  | { kind: 'account'; account: Account }
  | { kind: 'person'; person: Person }
  | { kind: 'nobody' }
  | { kind: 'refused'; why: AgeProofState }
  | null;

/** 友だち追加: by QR code or by ID. `id` is given when a link named somebody. */
export function AddFriendSheet({ id, onClose }: { id: string; onClose?: () => void }) {
  const { person, account, people, words, showToast } = usePhone();
  const [query, setQuery] = useState(id);
  // A link or a QR code names somebody without any search.
  const named = (wanted: string): Found => {
    const plain = wanted.trim().toLowerCase().replace(/^@/, '');
    if (plain === account.basicId.toLowerCase().replace(/^@/, '')) return { kind: 'account', account };
    const other = people.find((one) => one.lineId.toLowerCase() === plain);
    return other ? { kind: 'person', person: other } : { kind: 'nobody' };
  };
  const [found, setFound] = useState<Found>(() => (id ? named(id) : null));
  const search = async (event: Event) => {
    event.preventDefault();
    const result = await control.search(person.userId, query).catch(() => null);
    if (!result) return showToast(words('failed'));
    setFound(result.found === 'refused' ? { kind: 'refused', why: result.why } : named(query));
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
  if (found.kind === 'refused') {
    return html`<p class="empty" data-testid="search-refused">${words('searchRefused')}<br />${words(AGE_WORDS[found.why])}</p>`;
  }
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
