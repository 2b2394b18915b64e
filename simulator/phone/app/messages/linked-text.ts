import { html } from 'htm/preact';
import { usePhone } from '../phone-tools.ts';
import { splitLinks } from './split-links.ts';

/** Text in which addresses and telephone numbers can be pressed. */
export function LinkedText({ text }: { text: string }) {
  const { openUrl } = usePhone();
  return html`<span class="text">${splitLinks(text).map((part) =>
    part.url
      ? html`<a href=${part.url} onClick=${(event: Event) => {
          event.preventDefault();
          openUrl(part.url ?? '');
        }}>${part.text}</a>`
      : part.text,
  )}</span>`;
}
