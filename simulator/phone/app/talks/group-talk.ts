import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import type { GroupView } from '../../../contract.ts';
import { control } from '../control.ts';
import { Icon } from '../icons.ts';
import { useLive } from '../live.ts';
import { usePhone } from '../phone-tools.ts';
import { TalkLog } from '../talk/talk-log.ts';

/** A talk of several people, with the account in it or not. Only texts are written here. */
export function GroupTalkView({ group, onBack }: { group: GroupView; onBack: () => void }) {
  const { person, people, account, words, showToast } = usePhone();
  const { groupId, hasAccount, members } = group;
  const entries =
    useLive(() => control.groupTalk(groupId), { types: ['screen'], userId: groupId, key: groupId }).value ?? [];
  const [draft, setDraft] = useState('');
  const fail = () => showToast(words('failed'));
  const say = (event: Event) => {
    event.preventDefault();
    if (draft.trim() === '') return;
    control.sayInGroup(groupId, person.userId, draft.trim()).then(() => setDraft(''), fail);
  };
  const turn = () => (hasAccount ? control.removeAccount(groupId) : control.inviteAccount(groupId)).catch(fail);
  const names = people.filter(({ userId }) => members.includes(userId)).map(({ displayName }) => displayName);
  return html`
    <div class="talk" data-testid="group-talk">
      <header class="talk-header">
        <button type="button" class="icon-button" aria-label=${words('back')} onClick=${onBack}><${Icon} name="back" /></button>
        <h2>${group.name}（${members.length}）</h2>
      </header>
      <div class="talk-notice">
        <p>${[...names, ...(hasAccount ? [account.displayName] : [])].join('、')}</p>
        <button type="button" class="secondary small" data-testid="invite-account" onClick=${turn}>${words(hasAccount ? 'removeAccount' : 'inviteAccount')}</button>
      </div>
      <${TalkLog} entries=${entries} isLoading=${false} title=${group.name} />
      <form class="composer" onSubmit=${say}>
        <textarea rows="1" maxlength="5000" data-testid="group-input" aria-label=${words('message')} placeholder=${words('message')} value=${draft}
          onInput=${(event: InputEvent) => setDraft((event.target as HTMLTextAreaElement).value)}></textarea>
        <button type="submit" class="icon-button send-button" aria-label=${words('send')} disabled=${draft.trim() === ''}><${Icon} name="send" /></button>
      </form>
    </div>`;
}
