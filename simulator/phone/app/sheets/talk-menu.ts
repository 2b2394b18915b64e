import { html } from 'htm/preact';
import { AccountAvatar, AccountMark } from '../avatar.ts';
import { control } from '../control.ts';
import { FollowButton } from '../follow-button.ts';
import { usePhone } from '../phone-tools.ts';
import { SheetFrame } from './sheet.ts';

/** The official account's profile, and blocking it. */
export function TalkMenuSheet() {
  const { person, account, words, openSheet, showToast } = usePhone();
  const block = async () => {
    await control.unfollow(person.userId).then(
      () => showToast(words('didBlock')),
      () => showToast(words('failed')),
    );
    openSheet(null);
  };
  return html`
    <${SheetFrame} title=${words('talkMenu')}>
      <div class="found">
        <${AccountAvatar} account=${account} size=${72} />
        <strong>${account.displayName} <${AccountMark} label=${words('officialAccount')} /></strong>
        <small>${account.basicId}</small>
        ${
          person.isFriend && !person.isBlocked
            ? html`<button type="button" class="secondary danger" data-testid="block" onClick=${block}>${words('block')}</button>`
            : html`<${FollowButton} />`
        }
      </div>
    <//>`;
}
