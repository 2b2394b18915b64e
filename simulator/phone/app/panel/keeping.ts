import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { control } from '../control.ts';
import type { DeskWords } from '../words.ts';
import { useTry } from './use-try.ts';

/** The state of things as a file: keep it, and come back to it. */
export function KeepingPart({ words, onRestore }: { words: DeskWords; onRestore: () => void }) {
  const [isDone, setDone] = useState(false);
  const { attempt, note } = useTry(words('failed'));
  const restore = (event: Event) => {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    if (!file) return;
    setDone(false);
    void attempt(async () => {
      await control.restore(file);
      setDone(true);
      onRestore();
    });
    input.value = '';
  };
  return html`
    <fieldset><legend>${words('snapshot')}</legend>
      <p role="status">${note || (isDone ? words('didRestore') : '')}</p>
      <p><a class="secondary" href="/control/snapshot" download="simulator-snapshot.json">${words('takeSnapshot')}</a></p>
      <label class="field">${words('restoreSnapshot')}<input type="file" accept=".json,application/json" onChange=${restore} /></label>
    </fieldset>`;
}
