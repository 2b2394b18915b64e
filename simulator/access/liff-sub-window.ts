import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Env } from '../api/envelope.ts';
import { refuse } from '../api/refusal.ts';

const base = '/liff/v2/sub/messageHandler';

/**
 * What two windows of a LIFF app talk through (`liff.subWindow`) in a browser outside LINE: each has a hidden frame of
 * this page, and the frames hear each other. What passes is encrypted by the SDK; nobody here can read it.
 */
export function liffSubWindowRoutes(): Hono<Env> {
  const app = new Hono<Env>();

  app.post(base, async (c) => {
    const identifier = new URLSearchParams(await c.req.text()).get('identifier') ?? '';
    if (!/^[a-zA-Z0-9]+$/.test(identifier)) throw refuse(400, 'identifier is invalid');
    return c.html(
      html`<!doctype html><html data-identifier="${identifier}"><title>LIFF</title><script src="${base}.js"></script></html>`,
    );
  });

  app.get(`${base}.js`, (c) => c.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8' }));

  return app;
}

/** Broadcasts go to the other window; commands (keep, give back, forget a value) are answered here. */
const script = `
const { identifier } = document.documentElement.dataset;
const place = 'liff.subwindow ' + identifier;
const others = new BroadcastChannel(place);
const tell = (messageBusEvent) => parent.postMessage({ messageBusEvent }, '*');
others.onmessage = ({ data }) => tell(data);

function obey({ eventName, key, data }) {
  const kept = place + ' ' + key;
  if (eventName === 'setData') localStorage.setItem(kept, JSON.stringify({ data }));
  if (eventName === 'teardown') for (const name of Object.keys(localStorage)) if (name.startsWith(place)) localStorage.removeItem(name);
  if (eventName !== 'getData') return { eventName };
  const found = localStorage.getItem(kept);
  return found === null ? { eventName: 'notFound' } : { eventName, key, ...JSON.parse(found) };
}

addEventListener('message', ({ source, data }) => {
  const event = data && data.messageBusEvent;
  if (source !== parent || !event || event.identifier !== identifier) return;
  if (event.action === 'broadcast') return others.postMessage(event);
  const { action, timestamp } = event;
  tell({
    action: 'broadcast',
    identifier,
    timestamp: Date.now(),
    replyTarget: { action, identifier, timestamp },
    context: JSON.stringify(obey(JSON.parse(event.context))),
  });
});
parent.postMessage({ ['iframe-' + identifier + '-ready']: true }, '*');
`;
