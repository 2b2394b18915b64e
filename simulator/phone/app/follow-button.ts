import { html } from 'htm/preact';
import { control } from './control.ts';
import { usePhone } from './phone-tools.ts';

/** Adds the official account (or unblocks it) and goes to its talk. */
export function FollowButton() {
  const { person, words, openTalk, showToast } = usePhone();
  const follow = async () => {
    await control.follow(person.userId).then(openTalk, () => showToast(words('failed')));
  };
  return html`
    <button type="button" class="primary small" data-testid="add-friend" onClick=${follow}>
      ${words(person.isBlocked ? 'unblock' : 'add')}
    </button>`;
}
