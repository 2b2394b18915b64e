import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Account, Person } from '../../contract.ts';
import { useClock } from './clock.ts';
import { control } from './control.ts';
import { HomeView } from './home.ts';
import { Icon, type IconName } from './icons.ts';
import { useLive } from './live.ts';
import { PhoneContext, type PhoneTools, type Sheet, useOpening } from './phone-tools.ts';
import { SettingsView } from './settings.ts';
import { OpenSheet } from './sheets/open-sheet.ts';
import { TalkView } from './talk/talk.ts';
import { FriendTalkView } from './talks/friend-talk.ts';
import { GroupTalkView } from './talks/group-talk.ts';
import { TalksView } from './talks/talks.ts';
import { timeOfDay } from './time.ts';
import { Toast, useToast } from './toast.ts';
import { phoneWords } from './words.ts';

type Tab = 'home' | 'talks' | 'settings';
/** What covers the tabs: the official account's talk, a friend's (by user id), or a group's. */
type OpenTalk = { kind: 'account' } | { kind: 'friend'; userId: string } | { kind: 'group'; groupId: string } | null;

const TABS: { tab: Tab; icon: IconName }[] = [
  { tab: 'home', icon: 'home' },
  { tab: 'talks', icon: 'talk' },
  { tab: 'settings', icon: 'settings' },
];

/** One person's phone: everything they see and can do. */
export function Phone(props: { person: Person; people: Person[]; account: Account; startsInTalk: boolean }) {
  const { person, people, account } = props;
  const [tab, setTab] = useState<Tab>('home');
  const [talk, setTalk] = useState<OpenTalk>(props.startsInTalk ? { kind: 'account' } : null);
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const [toast, showToast] = useToast();
  const opener = useRef<Element | null>(null);
  const words = phoneWords(person.language);
  const inbox = useLive(() => control.inbox(person.userId), {
    types: ['inbox'],
    userId: person.userId,
    key: person.userId,
  }).value;

  const groups = (useLive(control.groups, { types: ['groups'], key: 'groups' }).value ?? []).filter(({ members }) =>
    members.includes(person.userId),
  );
  const group = talk?.kind === 'group' ? groups.find(({ groupId }) => groupId === talk.groupId) : undefined;

  const openSheet = (next: Sheet | null) => {
    if (next && !sheet) opener.current = document.activeElement;
    setSheet(next);
  };
  useEffect(() => {
    // The talk may have gone on meanwhile, and stays at its newest.
    if (sheet === null && opener.current instanceof HTMLElement) opener.current.focus({ preventScroll: true });
  }, [sheet]);
  const openUrl = useOpening(person, openSheet, showToast);
  const openTalk = () => {
    openSheet(null);
    setTalk({ kind: 'account' });
  };
  const tools: PhoneTools = { person, people, account, words, openSheet, openUrl, openTalk, showToast };

  return html`
    <${PhoneContext.Provider} value=${tools}>
      <section class="phone" lang=${person.language} data-testid=${`phone-${person.displayName}`} data-user-id=${person.userId}
        aria-label=${`${person.displayName}${words('phoneOf')}`}>
        <${StatusBar} language=${person.language} name=${person.displayName} />
        <div class="screen" inert=${sheet !== null}>
          ${
            talk?.kind === 'account'
              ? html`<${TalkView} onBack=${() => setTalk(null)} />`
              : talk?.kind === 'friend'
                ? html`<${FriendTalkView} friendId=${talk.userId} inbox=${inbox ?? []} onBack=${() => setTalk(null)} />`
                : group
                  ? html`<${GroupTalkView} group=${group} onBack=${() => setTalk(null)} />`
                  : html`
                  <div class="view">
                    ${tab === 'home' && html`<${HomeView} onFriend=${(userId: string) => setTalk({ kind: 'friend', userId })} />`}
                    ${
                      tab === 'talks' &&
                      html`<${TalksView} inbox=${inbox ?? []} groups=${groups} onFriend=${(userId: string) => setTalk({ kind: 'friend', userId })}
                      onGroup=${(groupId: string) => setTalk({ kind: 'group', groupId })} />`
                    }
                    ${tab === 'settings' && html`<${SettingsView} key=${person.userId} />`}
                  </div>
                  <nav class="tab-bar" aria-label=${`${person.displayName}: ${words('screens')}`}>
                    ${TABS.map(
                      ({ tab: name, icon }) => html`
                        <button type="button" key=${name} aria-current=${tab === name ? 'page' : undefined} onClick=${() => setTab(name)}>
                          <${Icon} name=${icon} />
                          <span>${words(name)}</span>
                          ${name === 'talks' && person.unread > 0 && html`<span class="badge">${person.unread}<span class="visually-hidden"> ${words('unread')}</span></span>`}
                        </button>`,
                    )}
                  </nav>`
          }
        </div>
        ${sheet && html`<${OpenSheet} sheet=${sheet} />`}
        <${Toast} text=${toast} />
      </section>
    <//>`;
}

function StatusBar({ language, name }: { language: Person['language']; name: string }) {
  const clock = useClock();
  return html`
    <div class="status-bar" aria-hidden="true">
      <span>${clock ? timeOfDay(clock.now, language) : ''}</span><span class="status-name">${name}</span>
      <span class="status-signs"><i></i><i></i><i></i></span>
    </div>`;
}
