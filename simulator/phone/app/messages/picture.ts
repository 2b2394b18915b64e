import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { Icon } from '../icons.ts';

/** An image that, when it cannot be loaded (the simulator is offline), says so quietly instead of breaking. */
export function Picture({ src, alt, style = '' }: { src: string; alt: string; style?: string }) {
  const [failed, setFailed] = useState('');
  if (src === '' || failed === src) {
    return html`<span class="picture-missing" style=${style} title=${src}><${Icon} name="photo" size=${28} /><span>${alt}</span></span>`;
  }
  return html`<img src=${src} alt=${alt} style=${style} loading="lazy" onError=${() => setFailed(src)} />`;
}
