import { Hono } from 'hono';
import type { BrowserPlaces } from '../browser/address.ts';

/** The phone's page, scripts, styles. Mount at `/` of the ui origin; `places` defaults to what follows from its port. */
export function phoneRoutes(_options: { places?: BrowserPlaces } = {}): Hono {
  const app = new Hono();
  app.get('/', (c) => c.text('phone'));
  return app;
}
