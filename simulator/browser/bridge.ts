/**
 * Runs inside every page of the in-app browser. It tells the phone which page is open, and keeps what would leave the
 * browser (a new window, `line.me/R/…`, closing) inside the phone, as LINE's own browser does.
 */
import type { BrowserMessage } from './messages.ts';

type Told<M> = M extends { source: string } ? Omit<M, 'source'> : never;

const phoneOrigins: string[] = JSON.parse('__PHONE_ORIGINS__');
const parentOrigin = location.ancestorOrigins?.[0] ?? (document.referrer && new URL(document.referrer).origin);

function tell(message: Told<BrowserMessage>): void {
  if (window.parent === window) return;
  const known = phoneOrigins.filter((origin) => origin === parentOrigin);
  // Without a readable parent (a page that says no-referrer, in Firefox) each of our own origins is tried.
  for (const origin of known.length > 0 ? known : phoneOrigins) {
    window.parent.postMessage({ source: 'in-app-browser', ...message }, origin);
  }
}

const tellPage = () => tell({ type: 'page', url: location.href, title: document.title });

/** `/__line/share?…`, `/__line/add-friend?…` and `/__line/close` need no page of their own when the phone listens. */
function handOver(url: URL): boolean {
  if (window.parent === window || !url.hostname.endsWith('.localhost')) return false;
  if (url.pathname === '/__line/share') tell({ type: 'share', text: url.searchParams.get('text') ?? '' });
  else if (url.pathname === '/__line/add-friend') tell({ type: 'add-friend', id: url.searchParams.get('id') ?? '' });
  else if (url.pathname === '/__line/close') tell({ type: 'close' });
  else return false;
  return true;
}

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link?.href || event.defaultPrevented) return;
  if (URL.canParse(link.href) && handOver(new URL(link.href))) event.preventDefault();
  else if (link.target === '_blank') link.target = '_self';
});

/** Addresses that scripts make are not in the HTML the proxy rewrote. */
const throughProxy = (url: string) => `/__line/go?url=${encodeURIComponent(url)}`;

window.open = (url) => {
  const target = new URL(String(url ?? 'about:blank'), location.href);
  location.href = target.hostname.endsWith('.localhost') ? target.href : throughProxy(target.href);
  return null;
};
window.close = () => tell({ type: 'close' });

const navigation: EventTarget | undefined = Reflect.get(window, 'navigation');
navigation?.addEventListener('navigate', (event) => {
  const destination: { url?: string } = Reflect.get(event, 'destination') ?? {};
  const url = URL.canParse(destination.url ?? '') ? new URL(destination.url ?? '') : null;
  if (!url || !/^(https?|line):$/.test(url.protocol) || url.hostname.endsWith('.localhost') || !event.cancelable)
    return;
  event.preventDefault();
  location.href = throughProxy(url.href);
});

window.addEventListener('message', (event) => {
  if (!phoneOrigins.includes(event.origin) || event.source !== window.parent) return;
  if (event.data?.source === 'phone' && event.data.type === 'back') history.back();
});
window.addEventListener('pageshow', tellPage);
document.addEventListener('DOMContentLoaded', () => {
  tellPage();
  new MutationObserver(tellPage).observe(document.head, { childList: true, subtree: true, characterData: true });
});
