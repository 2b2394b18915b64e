import { html } from 'htm/preact';

/** Something that is on or off. */
export const Switch = (props: { label: string; isOn: boolean; onChange: (isOn: boolean) => void }) => html`
  <label class="choice"><input type="checkbox" checked=${props.isOn} onChange=${() => props.onChange(!props.isOn)} /><span>${props.label}</span></label>`;
