import { html } from 'htm/preact';
import type { Account } from '../../../contract.ts';
import { control } from '../control.ts';
import { useLive } from '../live.ts';
import type { DeskWords } from '../words.ts';
import { Switch } from './switch.ts';
import { useTry } from './use-try.ts';

/** How the official account is run: who speaks for it, and who sets read marks. */
export function AccountModes({ words }: { words: DeskWords }) {
  const { value: account, refresh } = useLive(control.account, { types: [], key: 'account' });
  const { attempt, note } = useTry(words('failed'));
  if (!account) return null;
  const change = (part: Partial<Account>) =>
    attempt(async () => {
      await control.changeAccount(part);
      refresh();
    });
  return html`
    <fieldset class="reset"><legend>${words('accountModes')}</legend>
      <${Switch} label=${words('standby')} isOn=${account.mode === 'standby'} onChange=${(isOn: boolean) => change({ mode: isOn ? 'standby' : 'active' })} />
      <${Switch} label=${words('chatMode')} isOn=${account.chatMode === 'chat'} onChange=${(isOn: boolean) => change({ chatMode: isOn ? 'chat' : 'bot' })} />
      <p role="status">${note}</p>
    </fieldset>`;
}
