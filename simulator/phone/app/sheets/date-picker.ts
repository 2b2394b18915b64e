import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import type { Action } from '../../../contract.ts';
import { useClock } from '../clock.ts';
import { control } from '../control.ts';
import { usePhone } from '../phone-tools.ts';
import { localDateTime } from '../time.ts';
import { SheetFrame } from './sheet.ts';

const INPUT_TYPES = { date: 'date', time: 'time', datetime: 'datetime-local' } as const;

/** The picker behind a `datetimepicker` action. The bot hears `{date}`, `{time}` or `{datetime}`. */
export function DatePickerSheet({ action }: { action: Action }) {
  const { person, words, openSheet, showToast } = usePhone();
  const clock = useClock();
  const mode = action.mode === 'date' || action.mode === 'time' ? action.mode : 'datetime';
  // LINE also writes a lower-case t between day and time.
  const given = (value: unknown) => (typeof value === 'string' ? value.replace('t', 'T') : undefined);
  const now = localDateTime(clock?.now ?? Date.now());
  const initial = given(action.initial) ?? { date: now.slice(0, 10), time: now.slice(11), datetime: now }[mode];
  const [value, setValue] = useState<string | null>(null);
  const submit = async (event: Event) => {
    event.preventDefault();
    openSheet(null);
    await control.act(person.userId, action, { [mode]: value ?? initial }).catch(() => showToast(words('failed')));
  };
  return html`
    <${SheetFrame} title=${action.label ?? words('chooseDate')}>
      <form class="sheet-actions" onSubmit=${submit}>
        <label class="visually-hidden" for=${`date-${person.userId}`}>${words('chooseDate')}</label>
        <input id=${`date-${person.userId}`} data-autofocus required type=${INPUT_TYPES[mode]} value=${value ?? initial} min=${given(action.min)} max=${given(action.max)}
          onInput=${(event: InputEvent) => setValue((event.target as HTMLInputElement).value)} />
        <button type="submit" class="primary">${words('done')}</button>
      </form>
    <//>`;
}
