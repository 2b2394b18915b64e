import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import type { Language } from '../../../contract.ts';
import { useClock } from '../clock.ts';
import { control } from '../control.ts';
import { fullTime, justBeforeMonthEnd, localDateTime, nextTenth } from '../time.ts';
import type { DeskWords } from '../words.ts';
import { Switch } from './switch.ts';
import { useTry } from './use-try.ts';

/** The simulator's clock, which the app follows. */
export function ClockPane({ words, language }: { words: DeskWords; language: Language }) {
  const clock = useClock();
  const [wanted, setWanted] = useState<string | null>(null);
  const { attempt, note } = useTry(words('failed'));
  if (!clock) return null;
  const shown = wanted ?? localDateTime(clock.now);
  const set = (event: Event) => {
    event.preventDefault();
    setWanted(null);
    void attempt(() => control.setClock({ set: `${shown}:00+09:00` }));
  };
  const advance = (by: string) => attempt(() => control.setClock({ advance: by }));

  return html`
    <div class="clock-big"><span>${words('clockNow')}</span><time>${fullTime(clock.now, language)}</time>
      <small>${words('ahead')}: ${ahead(clock.offsetMs)}${clock.isFrozen ? ` · ${words('frozen')}` : ''}</small></div>
    <p class="panel-note" role="status">${note}</p>
    <fieldset><legend>${words('advance')}</legend>
      <div class="buttons">
        <button type="button" class="secondary" data-testid="clock-10m" onClick=${() => advance('PT10M')}>${words('tenMinutes')}</button>
        <button type="button" class="secondary" data-testid="clock-1h" onClick=${() => advance('PT1H')}>${words('oneHour')}</button>
        <button type="button" class="secondary" data-testid="clock-1d" onClick=${() => advance('P1D')}>${words('oneDay')}</button>
        <button type="button" class="secondary" onClick=${() => attempt(() => control.setClock({ set: justBeforeMonthEnd(clock.now) }))}>${words('toMonthEnd')}</button>
        <button type="button" class="secondary" onClick=${() => attempt(() => control.setClock({ set: nextTenth(clock.now) }))}>${words('toTenth')}</button>
      </div>
    </fieldset>
    <form class="panel-form" onSubmit=${set}>
      <label>${words('setTo')}<input type="datetime-local" required value=${shown}
        onInput=${(event: InputEvent) => setWanted((event.target as HTMLInputElement).value)} /></label>
      <button type="submit" class="primary">${words('set')}</button>
    </form>
    <${Switch} label=${words('freeze')} isOn=${clock.isFrozen} onChange=${(freeze: boolean) => attempt(() => control.setClock({ freeze }))} />
    <button type="button" class="secondary" onClick=${() => attempt(() => control.setClock({ reset: true }))}>${words('resetClock')}</button>`;
}

/** `+1d 02:03:04` */
function ahead(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000);
  const pad = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const clock = `${pad((seconds / 3600) % 24)}:${pad((seconds / 60) % 60)}:${pad(seconds % 60)}`;
  const days = Math.floor(seconds / 86_400);
  return `${ms < 0 ? '−' : '+'}${days > 0 ? `${days}d ` : ''}${clock}`;
}
