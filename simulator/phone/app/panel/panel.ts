import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../icons.ts';
import { Preferences, type PreferencesProps } from '../preferences-buttons.ts';
import { CallsPane } from './calls.ts';
import { ClockPane } from './clock.ts';
import { FaultsPane } from './faults.ts';

const PANES = ['calls', 'clock', 'faults'] as const;
type Pane = (typeof PANES)[number];

/** The drawer for whoever builds the bot: what was said over the wire, the clock, faults, starting over. */
export function Panel(props: PreferencesProps & { isNarrow: boolean; onClose: () => void }) {
  const { words } = props;
  const [pane, setPane] = useState<Pane>('calls');
  const drawer = useRef<HTMLElement>(null);
  useEffect(() => drawer.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') props.onClose();
  };
  const onTabKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = PANES[(PANES.indexOf(pane) + step + PANES.length) % PANES.length];
    if (step === 0 || !next) return;
    setPane(next);
    document.getElementById(`tab-${next}`)?.focus();
  };

  return html`
    <aside class="panel" aria-label=${words('panel')} tabindex="-1" ref=${drawer} onKeyDown=${onKeyDown} data-testid="panel">
      <div class="panel-head">
        <div class="panel-tabs" role="tablist" aria-label=${words('panel')} onKeyDown=${onTabKey}>
          ${PANES.map(
            (name) => html`
              <button type="button" key=${name} role="tab" id=${`tab-${name}`} aria-selected=${pane === name} aria-controls="pane"
                tabindex=${pane === name ? 0 : -1} onClick=${() => setPane(name)}>${words(name)}</button>`,
          )}
        </div>
        <button type="button" class="icon-button" aria-label=${words('closePanel')} onClick=${props.onClose}><${Icon} name="close" /></button>
      </div>
      <div class="panel-body" role="tabpanel" id="pane" aria-labelledby=${`tab-${pane}`} tabindex="0">
        ${props.isNarrow && html`<div class="panel-preferences"><${Preferences} ...${props} /></div>`}
        ${pane === 'calls' && html`<${CallsPane} words=${words} language=${props.language} />`}
        ${pane === 'clock' && html`<${ClockPane} words=${words} language=${props.language} />`}
        ${pane === 'faults' && html`<${FaultsPane} words=${words} />`}
      </div>
    </aside>`;
}
