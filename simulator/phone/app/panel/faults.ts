import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import type { Faults } from '../../../contract.ts';
import { control } from '../control.ts';
import type { DeskWords } from '../words.ts';
import { AccountModes } from './account-modes.ts';
import { KeepingPart } from './keeping.ts';
import { ResetPart } from './reset.ts';
import { Switch } from './switch.ts';
import { useTry } from './use-try.ts';

const WEBHOOK_RATES = ['drop', 'duplicate', 'reorder', 'wrongSecret'] as const;
/** LINE says that it may take a minute. */
const MENU_LAG_MS = 60_000;
const STATUSES = [429, 500, 502, 503];

/** What should go wrong, and how often; takes effect at once. */
export function FaultsPane({ words }: { words: DeskWords }) {
  const [faults, setFaults] = useState<Faults | null>(null);
  const { attempt, note } = useTry(words('failed'));
  const load = () => attempt(async () => setFaults(await control.faults()));
  useEffect(() => {
    void load();
  }, []);
  if (!faults) return html`<p role="status">${note}</p>`;
  const { webhook = {}, api = {} } = faults;
  const change = (next: Faults) => {
    setFaults({ ...faults, ...next });
    void attempt(() => control.setFaults(next));
  };
  const setWebhook = (part: Faults['webhook']) => change({ webhook: { ...webhook, ...part } });
  const setApi = (part: Faults['api']) => change({ api: { ...api, ...part } });
  const clear = () =>
    attempt(async () => {
      await control.clearFaults();
      setFaults({});
    });
  const { status: _status, ...apiWithoutStatus } = api;

  return html`
    <p class="panel-note" role="status">${note || (isOn(faults) ? words('faultsOn') : '')}</p>
    <fieldset><legend>${words('webhookFaults')}</legend>
      ${WEBHOOK_RATES.map(
        (name) =>
          html`<${Rate} key=${name} label=${words(name)} value=${webhook[name] ?? 0} onChange=${(rate: number) => setWebhook({ [name]: rate })} />`,
      )}
      <${Delay} label=${words('delay')} value=${webhook.delayMs ?? 0} onChange=${(delayMs: number) => setWebhook({ delayMs })} />
      <${Rate} label=${words('delayRate')} value=${webhook.delayRate ?? 1} onChange=${(delayRate: number) => setWebhook({ delayRate })} />
      <${Switch} label=${words('redeliver')} isOn=${webhook.redeliver ?? false} onChange=${(redeliver: boolean) => setWebhook({ redeliver })} />
      <${Switch} label=${words('unknownFields')} isOn=${Boolean(webhook.unknownFields)} onChange=${(unknownFields: boolean) => setWebhook({ unknownFields })} />
    </fieldset>
    <fieldset><legend>${words('apiFaults')}</legend>
      <label class="field">${words('status')}
        <select value=${api.status ?? ''} onChange=${(event: Event) => {
          const status = Number((event.target as HTMLSelectElement).value);
          change({ api: status ? { ...api, status, rate: api.rate || 1 } : apiWithoutStatus });
        }}>
          <option value="">${words('none')}</option>
          ${STATUSES.map((status) => html`<option value=${status}>${status}</option>`)}
        </select></label>
      <${Rate} label=${words('rate')} value=${api.rate ?? 0} onChange=${(rate: number) => setApi({ rate })} />
      <${Rate} label=${words('dropAfterAccept')} value=${api.dropAfterAccept ?? 0} onChange=${(dropAfterAccept: number) => setApi({ dropAfterAccept })} />
      <${Delay} label=${words('delay')} value=${api.delayMs ?? 0} onChange=${(delayMs: number) => setApi({ delayMs })} />
      <${Rate} label=${words('delayRate')} value=${api.delayRate ?? 1} onChange=${(delayRate: number) => setApi({ delayRate })} />
      <${Switch} label=${words('unknownFields')} isOn=${Boolean(api.unknownFields)} onChange=${(unknownFields: boolean) => setApi({ unknownFields })} />
    </fieldset>
    <fieldset><legend>${words('menuFaults')}</legend>
      <${Switch} label=${words('menuLag')} isOn=${(faults.menus?.lagMs ?? 0) > 0} onChange=${(isLate: boolean) => change({ menus: { lagMs: isLate ? MENU_LAG_MS : 0 } })} />
    </fieldset>
    <button type="button" class="secondary" onClick=${clear}>${words('clearFaults')}</button>
    <${AccountModes} words=${words} />
    <${KeepingPart} words=${words} onRestore=${load} />
    <${ResetPart} words=${words} onReset=${load} />`;
}

/** A share from 0 to 100 %. */
function Rate(props: { label: string; value: number; onChange: (rate: number) => void }) {
  const [drawn, setDrawn] = useState<number | null>(null);
  const percent = Math.round((drawn ?? props.value) * 100);
  const read = (event: Event) => Number((event.target as HTMLInputElement).value) / 100;
  return html`
    <label class="field rate">${props.label}
      <input type="range" min="0" max="100" step="5" value=${percent} aria-valuetext=${`${percent} %`}
        onInput=${(event: Event) => setDrawn(read(event))}
        onChange=${(event: Event) => {
          setDrawn(null);
          props.onChange(read(event));
        }} /><output>${percent} %</output></label>`;
}

function Delay(props: { label: string; value: number; onChange: (ms: number) => void }) {
  return html`
    <label class="field">${props.label}
      <input type="number" min="0" max="60000" step="100" value=${props.value}
        onChange=${(event: Event) => props.onChange(Math.max(0, Number((event.target as HTMLInputElement).value) || 0))} /></label>`;
}

/** Something is set that could do harm. */
function isOn({ webhook = {}, api = {} }: Faults): boolean {
  const harm = [
    webhook.drop,
    webhook.duplicate,
    webhook.reorder,
    webhook.wrongSecret,
    webhook.delayMs,
    api.delayMs,
    api.status,
    api.dropAfterAccept,
  ];
  return harm.some((value) => (value ?? 0) > 0);
}
