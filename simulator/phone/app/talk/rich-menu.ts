import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import type { RichMenuView } from '../../../contract.ts';
import { Icon } from '../icons.ts';
import { areaStyle } from '../messages/media.ts';
import { useAction } from '../perform.ts';
import { usePhone } from '../phone-tools.ts';

/** The menu under the talk: a picture with areas. Each area is a button with a spoken label, seen or not. */
export function RichMenu(props: { menu: RichMenuView; isOpen: boolean; setOpen: (isOpen: boolean) => void }) {
  const { menu, isOpen } = props;
  const { words } = usePhone();
  const perform = useAction();
  const [missing, setMissing] = useState('');
  const isMissing = missing === menu.id;
  return html`
    <div class="rich-menu">
      <button type="button" class="chat-bar" aria-expanded=${isOpen} data-testid="chat-bar"
        title=${words(isOpen ? 'closeMenu' : 'openMenu')} onClick=${() => props.setOpen(!isOpen)}>
        ${menu.chatBarText}<${Icon} name=${isOpen ? 'down' : 'up'} size=${18} />
      </button>
      ${
        isOpen &&
        html`<div class=${`rich-menu-picture ${isMissing ? 'is-missing' : ''}`} role="group" aria-label=${words('richMenu')}
          data-testid="rich-menu" style=${`aspect-ratio:${menu.size.width}/${menu.size.height}`}>
          ${!isMissing && html`<img src=${menu.imageUrl} alt="" onError=${() => setMissing(menu.id)} />`}
          ${menu.areas.map(
            ({ label, action, bounds }, index) => html`
              <button type="button" class="area" key=${index} style=${areaStyle(bounds, menu.size)} aria-label=${label || action.type}
                onClick=${() => perform(action)}>${isMissing ? label : ''}</button>`,
          )}
        </div>`
      }
    </div>`;
}
