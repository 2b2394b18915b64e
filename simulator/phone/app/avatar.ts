import { html } from 'htm/preact';
import type { Account, Person } from '../../contract.ts';
import { Icon } from './icons.ts';

/** A person's coloured letter. The name stands beside it, so it says nothing to a screen reader. */
export function Avatar({ person, size = 44 }: { person: Pick<Person, 'avatar'>; size?: number }) {
  const style = `--size:${size}px;background:${person.avatar.color}`;
  return html`<span class="avatar" aria-hidden="true" style=${style}>${person.avatar.letter}</span>`;
}

/** The official account's picture; `sender` names an agent who writes on its behalf. */
export function AccountAvatar({ account, iconUrl, size = 44 }: { account: Account; iconUrl?: string; size?: number }) {
  const style = `--size:${size}px`;
  return iconUrl
    ? html`<img class="avatar" src=${iconUrl} alt="" style=${style} />`
    : html`<span class="avatar avatar-account" aria-hidden="true" style=${style}>${[...account.displayName][0]}</span>`;
}

/** The mark after an official account's name. */
export const AccountMark = ({ label }: { label: string }) =>
  html`<span class="account-mark" title=${label}><${Icon} name="shield" /><span class="visually-hidden">${label}</span></span>`;
