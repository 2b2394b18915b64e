import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Account, Action, Person } from '../../contract.ts';
import { control } from './control.ts';
import type { PhoneWords } from './words.ts';

/** What lies over a phone's screen. */
export type Sheet =
  | { kind: 'browser'; url: string }
  | { kind: 'friend-picker'; text: string; under?: Sheet | undefined }
  | { kind: 'add-friend'; id: string }
  | { kind: 'talk-menu' }
  | { kind: 'stickers' }
  | { kind: 'photos' }
  | { kind: 'places' }
  | { kind: 'picture'; url: string }
  | {
      kind: 'message-menu';
      messageId: string;
      text: string | null;
      canUnsend: boolean;
      onQuote?: (() => void) | undefined;
    }
  | { kind: 'date-picker'; action: Action }
  | { kind: 'call'; number: string };

/** What every part of one phone can reach. */
export interface PhoneTools {
  person: Person;
  people: Person[];
  account: Account;
  words: PhoneWords;
  openSheet: (sheet: Sheet | null) => void;
  openUrl: (url: string) => void;
  openTalk: () => void;
  showToast: (text: string) => void;
}

export const PhoneContext = createContext<PhoneTools | null>(null);

/** The tools of the phone around this part. */
export function usePhone(): PhoneTools {
  const tools = useContext(PhoneContext);
  if (!tools) throw new Error('used outside a phone');
  return tools;
}

/** Opens what a link or button names: LINE's own addresses open sheets of the phone, pages the in-app browser. */
export function useOpening(person: Person, openSheet: (sheet: Sheet) => void, showToast: (text: string) => void) {
  return async (url: string) => {
    const address = await control.browserUrl(person.userId, url).catch(() => null);
    if (!address) return showToast(url);
    if (/^(tel|mailto|sms):/.test(address)) {
      return openSheet({ kind: 'call', number: address.slice(address.indexOf(':') + 1) });
    }
    const { pathname, searchParams } = new URL(address);
    if (pathname === '/__line/share') openSheet({ kind: 'friend-picker', text: searchParams.get('text') ?? '' });
    else if (pathname === '/__line/add-friend') openSheet({ kind: 'add-friend', id: searchParams.get('id') ?? '' });
    else openSheet({ kind: 'browser', url: address });
  };
}
