import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Action } from '../../contract.ts';
import { control } from './control.ts';
import { usePhone } from './phone-tools.ts';

/** What a postback may ask of the talk's input area (`inputOption`). */
export interface InputArea {
  openKeyboard: (fillInText: string) => void;
  showRichMenu: (isShown: boolean) => void;
  /** What is written next answers this message (リプライ). */
  quote: (messageId: string) => void;
}

export const InputAreaContext = createContext<InputArea | null>(null);

/** Does what a pressed button says. The simulator tells the bot; what belongs to the phone happens here. */
export function useAction(): (action: Action) => void {
  const phone = usePhone();
  const input = useContext(InputAreaContext);
  return async (action) => {
    if (action.type === 'datetimepicker') return phone.openSheet({ kind: 'date-picker', action });
    if (action.type === 'camera' || action.type === 'cameraRoll') return phone.openSheet({ kind: 'photos' });
    if (action.type === 'clipboard') return copy(String(action.clipboardText ?? ''), phone);
    if (action.type === 'location') return phone.openSheet({ kind: 'places' });
    if (action.inputOption === 'openKeyboard') input?.openKeyboard(String(action.fillInText ?? ''));
    if (action.inputOption === 'openRichMenu') input?.showRichMenu(true);
    if (action.inputOption === 'closeRichMenu') input?.showRichMenu(false);
    const result = await control.act(phone.person.userId, action).catch(() => null);
    if (!result) return phone.showToast(phone.words('failed'));
    if (result.opened) phone.openUrl(result.opened);
  };
}

type CopyTools = Pick<ReturnType<typeof usePhone>, 'showToast' | 'words'>;

export async function copy(text: string, { showToast, words }: CopyTools): Promise<void> {
  await navigator.clipboard.writeText(text).then(
    () => showToast(words('copied')),
    () => showToast(words('failed')),
  );
}
