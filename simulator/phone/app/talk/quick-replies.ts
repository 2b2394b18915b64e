import { html } from 'htm/preact';
import type { Screen } from '../../../contract.ts';
import { useAction } from '../perform.ts';
import { usePhone } from '../phone-tools.ts';

/** The buttons under the last message; they go once something was said. */
export function QuickReplies({ items }: { items: Screen['quickReplies'] }) {
  const { words } = usePhone();
  const perform = useAction();
  if (items.length === 0) return null;
  return html`
    <div class="quick-replies" role="group" aria-label=${words('quickReplies')}>
      ${items.map(
        (item, index) => html`
          <button type="button" key=${`${index} ${item.label}`} data-testid="quick-reply" onClick=${() => perform(item.action)}>
            ${item.imageUrl && html`<img src=${item.imageUrl} alt="" width="24" height="24" onError=${hide} />`}
            <span>${item.label}</span>
          </button>`,
      )}
    </div>`;
}

const hide = (event: Event) => {
  if (event.target instanceof HTMLElement) event.target.hidden = true;
};
