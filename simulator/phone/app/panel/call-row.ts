import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import type { Call, Language } from '../../../contract.ts';
import { control } from '../control.ts';
import { fullTime } from '../time.ts';
import type { DeskWords } from '../words.ts';
import { useTry } from './use-try.ts';
import { whyRefused } from './why-refused.ts';

/** One call: a line, and all of it when opened. */
export function CallRow({ call, words, language }: { call: Call; words: DeskWords; language: Language }) {
  const [isOpen, setOpen] = useState(false);
  const why = whyRefused(call, language);
  const time = fullTime(call.at, language);
  return html`
    <li class="call">
      <details open=${isOpen} onToggle=${(event: Event) => setOpen((event.target as HTMLDetailsElement).open)}>
        <summary>
          <span class=${`status ${statusClass(call.status)}`}>${call.status ?? words('noAnswer')}</span>
          <span class="call-what">
            <span class="call-path"><b>${call.direction === 'webhook' ? '⇠' : '⇢'} ${call.method}</b> ${call.path}</span>
            <small>${time.slice(-8)} · ${call.direction === 'webhook' ? eventTypes(call.body) : call.origin} · ${call.durationMs} ms</small>
            ${why && html`<span class="call-why">${why}</span>`}
          </span>
        </summary>
        ${
          isOpen &&
          html`<div class="call-detail">
            ${call.direction === 'webhook' && html`<${ReplayButton} seq=${call.seq} words=${words} />`}
            <${Part} title=${words('request')} value=${call.body} words=${words} />
            <${Part} title=${words('response')} value=${call.responseBody} words=${words} />
            <${Part} title=${words('headers')} value=${call.headers} words=${words} />
          </div>`
        }
      </details>
    </li>`;
}

function ReplayButton({ seq, words }: { seq: number; words: DeskWords }) {
  const { attempt, note } = useTry(words('failed'));
  return html`
    <p><button type="button" class="tool" data-testid="replay" onClick=${() => attempt(() => control.replay(seq))}>${words('replay')}</button>
      <span role="status">${note}</span></p>`;
}

function Part({ title, value, words }: { title: string; value: unknown; words: DeskWords }) {
  const body = pretty(value);
  return html`
    <section><h3>${title}${body && html`<button type="button" class="tool" onClick=${() => navigator.clipboard.writeText(body)}>${words('copyBody')}</button>`}</h3>
      <pre tabindex="0" aria-label=${title}>${body || words('emptyBody')}</pre></section>`;
}

function pretty(value: unknown): string {
  if (value === null || value === undefined || value === '') return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

function statusClass(status: number | null): string {
  if (status === null || status >= 500) return 'is-broken';
  return status >= 400 ? 'is-refused' : 'is-fine';
}

/** `follow, message` of a webhook. */
function eventTypes(body: unknown): string {
  const events = typeof body === 'object' && body !== null && 'events' in body ? body.events : [];
  if (!Array.isArray(events)) return '';
  return events.map((event) => String(event?.type ?? '?')).join(', ') || '[]';
}
