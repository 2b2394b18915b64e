import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import type { Person } from '../../contract.ts';
import { readAddress, writeAddress } from './address-bar.ts';
import { control } from './control.ts';
import { useLive } from './live.ts';
import { Panel } from './panel/panel.ts';
import { Phone } from './phone.ts';
import { useDeskLanguage, useMedia, useTheme } from './preferences.ts';
import { TopBar } from './top-bar.ts';
import { deskWords } from './words.ts';

/** The whole page: a bar, the phones side by side, and the panel. */
export function Desk() {
  const [language, setLanguage] = useDeskLanguage();
  const [theme, setTheme] = useTheme();
  const [isPanelOpen, setPanelOpen] = useState(false);
  const isNarrow = useMedia('(max-width: 719px)');
  const people = useLive(control.people, { types: ['people', 'screen', 'inbox'], key: 'people' }).value;
  const account = useLive(control.account, { types: [], key: 'account' }).value;
  const { shown, toggle } = useShownPeople(people, isNarrow);
  const words = deskWords(language);
  const preferences = { words, language, setLanguage, theme, setTheme };
  const isTalkOpen = readAddress(location.search).isTalkOpen;

  return html`
    <${TopBar} ...${preferences} people=${people ?? []} shown=${shown} toggle=${toggle}
      isPanelOpen=${isPanelOpen} onPanel=${() => setPanelOpen(!isPanelOpen)} isNarrow=${isNarrow} />
    <div class="desk-body">
      <main class="phones" aria-label=${words('title')}>
        <h1 class="visually-hidden">${words('title')}</h1>
        ${people === null && html`<p class="desk-note" role="status">${words('simulatorGone')}</p>`}
        ${people && shown.length === 0 && html`<p class="desk-note">${words('nobody')}</p>`}
        ${
          account &&
          shown.map(
            (person) =>
              html`<${Phone} key=${person.userId} person=${person} people=${people} account=${account}
                startsInTalk=${isTalkOpen} />`,
          )
        }
      </main>
      ${isPanelOpen && html`<${Panel} ...${preferences} isNarrow=${isNarrow} onClose=${() => setPanelOpen(false)} />`}
    </div>
  `;
}

/** Who has a phone on the desk: named in the address, else the first people; on a narrow screen just one. */
function useShownPeople(people: Person[] | null, isNarrow: boolean) {
  const [chosen, setChosen] = useState<string[] | null>(() => readAddress(location.search).phones);
  const names = chosen ?? people?.slice(0, isNarrow ? 1 : 2).map((person) => person.displayName) ?? [];
  const found = names.flatMap(
    (name) => people?.find((person) => person.displayName === name || person.userId === name) ?? [],
  );
  const shown = isNarrow ? found.slice(0, 1) : found;

  useEffect(() => {
    if (people && chosen) writeAddress(chosen);
  }, [people, chosen]);

  const toggle = (person: Person) => {
    const isShown = shown.includes(person);
    const others = found.filter((one) => one !== person).map((one) => one.displayName);
    if (isNarrow) setChosen([person.displayName]);
    else setChosen(isShown ? others : [...others, person.displayName]);
  };
  return { shown, toggle };
}
