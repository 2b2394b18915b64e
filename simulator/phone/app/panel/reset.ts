import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { control } from '../control.ts';
import type { DeskWords } from '../words.ts';
import { useTry } from './use-try.ts';

/** Starting over, asked twice. */
export function ResetPart({ words, onReset }: { words: DeskWords; onReset: () => void }) {
  const [isAsking, setAsking] = useState(false);
  const [isDone, setDone] = useState(false);
  const { attempt, note } = useTry(words('failed'));
  const reset = () =>
    attempt(async () => {
      await control.reset();
      setAsking(false);
      setDone(true);
      onReset();
    });
  return html`
    <fieldset class="reset"><legend>${words('resetAll')}</legend>
      <p>${words('resetHint')}</p>
      <p role="status">${note || (isDone ? words('didReset') : '')}</p>
      ${
        isAsking
          ? html`<p><strong>${words('resetSure')}</strong></p><div class="buttons">
              <button type="button" class="secondary danger" onClick=${reset}>${words('yesReset')}</button>
              <button type="button" class="secondary" onClick=${() => setAsking(false)}>${words('cancel')}</button></div>`
          : html`<button type="button" class="secondary danger" onClick=${() => setAsking(true)}>${words('resetAll')}</button>`
      }
    </fieldset>`;
}
