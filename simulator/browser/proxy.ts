import { Hono } from 'hono';
import type { BrowserPlaces } from './address.ts';

export interface BrowserProxyOptions {
  places: BrowserPlaces;
  /** The cookie (`name=value`) with which the access origin knows the person; null when there is no such person. */
  accessCookieFor: (userId: string) => string | null | Promise<string | null>;
}

/** The in-app browser of every simulated phone; mount it on a listener of its own (`places.browserPort`). */
export function createBrowserProxy(options: BrowserProxyOptions): Hono {
  const app = new Hono();
  app.all('*', (c) => c.text(`in-app browser of ${options.places.accessOrigin}: not ready`, 503));
  return app;
}
