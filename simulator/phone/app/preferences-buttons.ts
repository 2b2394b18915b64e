import { html } from 'htm/preact';
import type { Language } from '../../contract.ts';
import { Icon } from './icons.ts';
import type { Theme } from './preferences.ts';
import type { DeskWords } from './words.ts';

export interface PreferencesProps {
  words: DeskWords;
  language: Language;
  setLanguage: (language: Language) => void;
  theme: Theme;
  setTheme: (theme: Theme) => void;
}

const THEMES: Theme[] = ['auto', 'light', 'dark'];

/** Light or dark, and the language around the phones; in the bar, or in the panel where the bar is short. */
export function Preferences({ words, language, setLanguage, theme, setTheme }: PreferencesProps) {
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'auto';
  const other = language === 'ja' ? 'en' : 'ja';
  return html`
    <button type="button" class="tool" aria-label=${`${words('theme')}: ${words(theme)}`} title=${words(theme)}
      data-testid="switch-theme" onClick=${() => setTheme(next)}><${Icon} name=${theme} /></button>
    <button type="button" class="tool" lang=${other} data-testid="switch-language" onClick=${() => setLanguage(other)}>
      ${words('switchLanguage')}</button>`;
}
