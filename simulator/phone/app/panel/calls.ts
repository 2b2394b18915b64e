import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import type { Call, Language } from '../../../contract.ts';
import { control } from '../control.ts';
import { onChange, useLive } from '../live.ts';
import type { DeskWords } from '../words.ts';
import { CallRow } from './call-row.ts';

type Direction = 'all' | Call['direction'];
const DIRECTIONS: Direction[] = ['all', 'received', 'webhook'];
/** As many as one reads; older ones stay in the simulator. */
const SHOWN = 200;

const known: Call[] = [];
onChange(({ type }) => {
  if (type === 'reset') known.length = 0;
});

/** Fetches only what is new; starts over when the simulator has. */
async function loadCalls(): Promise<Call[]> {
  const last = known.at(-1);
  const news = await control.calls(last?.seq ?? 0);
  const added = news.filter((call) => !known.some((one) => one.seq === call.seq));
  known.push(...added);
  return [...known];
}

/** Every call the app made and every webhook it got, newest first. */
export function CallsPane({ words, language }: { words: DeskWords; language: Language }) {
  const { value: calls, refresh } = useLive(loadCalls, { types: ['calls'], key: 'calls' });
  const [direction, setDirection] = useState<Direction>('all');
  const [isOnlyRefused, setOnlyRefused] = useState(false);
  const [query, setQuery] = useState('');
  const shown = (calls ?? [])
    .filter((call) => direction === 'all' || call.direction === direction)
    .filter((call) => !isOnlyRefused || isRefused(call))
    .filter((call) => matches(call, query))
    .slice(-SHOWN)
    .reverse();
  const clear = async () => {
    await control.clearCalls().catch(() => {});
    known.length = 0;
    refresh();
  };

  return html`
    <div class="filters">
      <div class="segments" role="group" aria-label=${words('direction')}>
        ${DIRECTIONS.map(
          (name) =>
            html`<button type="button" key=${name} aria-pressed=${direction === name} onClick=${() => setDirection(name)}>${words(name)}</button>`,
        )}
      </div>
      <input type="search" aria-label=${words('filter')} placeholder=${words('filter')} value=${query}
        onInput=${(event: InputEvent) => setQuery((event.target as HTMLInputElement).value)} />
      <div class="filter-row">
        <label class="choice"><input type="checkbox" checked=${isOnlyRefused} onChange=${() => setOnlyRefused(!isOnlyRefused)} /><span>${words('onlyRefused')}</span></label>
        <a class="tool" href="/control/transcript" download="simulator-transcript.jsonl" data-testid="transcript">${words('transcript')}</a>
        <button type="button" class="tool" onClick=${clear}>${words('clear')}</button>
      </div>
    </div>
    ${shown.length === 0 && html`<p class="empty">${words('noCalls')}</p>`}
    <ol class="calls">${shown.map((call) => html`<${CallRow} key=${call.seq} call=${call} words=${words} language=${language} />`)}</ol>`;
}

const isRefused = (call: Call) => call.status === null || call.status >= 400 || call.refusal !== undefined;

function matches(call: Call, query: string): boolean {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return true;
  return `${call.method} ${call.path} ${JSON.stringify(call.body)} ${JSON.stringify(call.responseBody)}`
    .toLowerCase()
    .includes(wanted);
}
