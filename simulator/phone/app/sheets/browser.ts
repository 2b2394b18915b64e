import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { BrowserMessage, PhoneMessage } from '../../../browser/messages.ts';
import { Icon } from '../icons.ts';
import { usePhone } from '../phone-tools.ts';
import { AddFriendSheet } from './add-friend.ts';
import { belongsTo, trueAddress } from './browser-address.ts';
import { FriendPickerSheet } from './friend-picker.ts';
import { SheetFrame } from './sheet.ts';

/** What a page in the browser asked for; shown over the page, which is still there afterwards. */
type Over = { kind: 'share'; text: string } | { kind: 'add-friend'; id: string } | null;

/** LINE's in-app browser: the page in a frame, its title and site above it. */
export function BrowserSheet({ url }: { url: string }) {
  const { person, words, openSheet } = usePhone();
  const frame = useRef<HTMLIFrameElement>(null);
  const [page, setPage] = useState({ url, title: '' });
  const [loads, setLoads] = useState(0);
  const [over, setOver] = useState<Over>(null);

  useEffect(() => {
    const onMessage = (event: MessageEvent<BrowserMessage>) => {
      const isOurs = event.source === frame.current?.contentWindow && belongsTo(event.origin, person.userId);
      if (!isOurs || event.data?.source !== 'in-app-browser') return;
      const message = event.data;
      if (message.type === 'page') setPage({ url: message.url, title: message.title });
      if (message.type === 'close') openSheet(null);
      if (message.type === 'share') setOver({ kind: 'share', text: message.text });
      if (message.type === 'add-friend') setOver({ kind: 'add-friend', id: message.id });
    };
    addEventListener('message', onMessage);
    return () => removeEventListener('message', onMessage);
  }, [person.userId]);

  const leaveOver = () => {
    setOver(null);
    // Without the bridge's help the page had to leave for LINE's share page: bring it back.
    if (new URL(page.url).pathname.startsWith('/__line/')) {
      const message: PhoneMessage = { source: 'phone', type: 'back' };
      frame.current?.contentWindow?.postMessage(message, new URL(page.url).origin);
    }
    frame.current?.focus();
  };
  const address = trueAddress(page.url);
  const tools = html`<button type="button" class="icon-button" aria-label=${words('reload')} onClick=${() => setLoads(loads + 1)}><${Icon} name="reload" /></button>`;

  return html`
    <${SheetFrame} title=${page.title || words('browser')} isTall=${true} tools=${tools} testId="browser-sheet">
      <p class="browser-site"><${Icon} name="globe" size=${14} /><span>${address.host}</span><span class="visually-hidden">${address.path}</span></p>
      <iframe key=${`${url} ${loads}`} ref=${frame} src=${loads === 0 ? url : page.url} title=${words('browser')} data-testid="in-app-browser"
        allow="clipboard-write; clipboard-read; publickey-credentials-get; publickey-credentials-create" inert=${over !== null}></iframe>
      ${over?.kind === 'share' && html`<${FriendPickerSheet} text=${over.text} onClose=${leaveOver} />`}
      ${over?.kind === 'add-friend' && html`<${AddFriendSheet} id=${over.id} onClose=${leaveOver} />`}
    <//>`;
}
