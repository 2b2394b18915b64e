import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import type { Language, Person } from '../../contract.ts';
import { Avatar } from './avatar.ts';
import { useClock } from './clock.ts';
import { control } from './control.ts';
import { Icon } from './icons.ts';
import { Preferences, type PreferencesProps } from './preferences-buttons.ts';
import { fullTime } from './time.ts';
import type { DeskWords } from './words.ts';

interface TopBarProps extends PreferencesProps {
  people: Person[];
  shown: Person[];
  toggle: (person: Person) => void;
  isPanelOpen: boolean;
  onPanel: () => void;
  isNarrow: boolean;
}

/** The slim bar: whose phones, the simulator's clock, language, light or dark, the panel. */
export function TopBar(props: TopBarProps) {
  const { words, language, shown, people } = props;
  return html`
    <header class="top-bar" aria-label=${words('title')}>
      ${!props.isNarrow && html`<span class="top-bar-name"><img src="/phone/icon.svg" alt="" width="24" height="24" />${words('title')}</span>`}
      <div class="people" role="group" aria-label=${words('people')}>
        ${people.map(
          (person) => html`
            <button type="button" class="person-chip" key=${person.userId} aria-pressed=${shown.includes(person)}
              data-testid=${`show-${person.displayName}`} onClick=${() => props.toggle(person)}>
              <${Avatar} person=${person} size=${28} />
              <span>${person.displayName}</span>
              ${person.unread > 0 && html`<span class="badge">${person.unread}</span>`}
            </button>`,
        )}
        ${!props.isNarrow && html`<${AddPerson} words=${words} language=${language} onAdded=${props.toggle} />`}
      </div>
      <div class="top-bar-tools">
        ${!props.isNarrow && html`<${ClockFace} words=${words} language=${language} />`}
        ${!props.isNarrow && html`<${Preferences} ...${props} />`}
        <button type="button" class="tool" aria-expanded=${props.isPanelOpen} data-testid="open-panel"
          aria-label=${words('panel')} onClick=${props.onPanel}>
          <${Icon} name="panel" />${!props.isNarrow && html`<span>${words('panel')}</span>`}
        </button>
      </div>
    </header>`;
}

function ClockFace({ words, language }: { words: DeskWords; language: Language }) {
  const clock = useClock();
  if (!clock) return null;
  return html`
    <span class="clock-face" title=${words('clockNow')}>
      <span class="visually-hidden">${words('clockNow')}</span>
      <time>${fullTime(clock.now, language)}</time>
      ${clock.isFrozen && html`<span class="pill">${words('frozen')}</span>`}
    </span>`;
}

/** A new person joins the simulated LINE. */
function AddPerson(props: { words: DeskWords; language: Language; onAdded: (person: Person) => void }) {
  const { words } = props;
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const create = async (event: Event) => {
    event.preventDefault();
    if (name.trim() === '') return;
    const person = await control.addPerson({ displayName: name.trim(), language: props.language });
    setName('');
    setOpen(false);
    props.onAdded(person);
  };
  if (!isOpen) {
    return html`<button type="button" class="person-chip person-new" onClick=${() => setOpen(true)}>
      <${Icon} name="plus" /><span>${words('addPerson')}</span></button>`;
  }
  return html`
    <form class="person-form" onSubmit=${create}>
      <input autofocus aria-label=${words('addPersonName')} placeholder=${words('addPersonName')} maxlength="20"
        value=${name} onInput=${(event: InputEvent) => setName((event.target as HTMLInputElement).value)}
        onKeyDown=${(event: KeyboardEvent) => event.key === 'Escape' && setOpen(false)} />
      <button type="submit" class="tool">${words('create')}</button>
    </form>`;
}
