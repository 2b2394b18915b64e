/** What this real browser prefers; kept in it, because it is nobody's state in the simulator. */
import { useEffect, useState } from 'preact/hooks';
import type { Language } from '../../contract.ts';

export type Theme = 'auto' | 'light' | 'dark';

function usePreference<T extends string>(name: string, allowed: readonly T[], initial: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => {
    const kept = localStorage.getItem(`simulator.${name}`);
    return allowed.find((one) => one === kept) ?? initial;
  });
  const keep = (next: T) => {
    localStorage.setItem(`simulator.${name}`, next);
    setValue(next);
  };
  return [value, keep];
}

export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = usePreference<Theme>('theme', ['auto', 'light', 'dark'], 'auto');
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  return [theme, setTheme];
}

export function useDeskLanguage(): [Language, (language: Language) => void] {
  const initial = navigator.language.startsWith('ja') ? 'ja' : 'en';
  const [language, setLanguage] = usePreference<Language>('language', ['ja', 'en'], initial);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return [language, setLanguage];
}

/** Whether a media query holds now, followed as it changes. */
export function useMedia(query: string): boolean {
  const [isTrue, setTrue] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const follow = () => setTrue(list.matches);
    list.addEventListener('change', follow);
    return () => list.removeEventListener('change', follow);
  }, [query]);
  return isTrue;
}
