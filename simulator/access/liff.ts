import { type Context, Hono } from 'hono';
import type { Env } from '../api/envelope.ts';
import type { Platform } from '../platform.ts';
import { showBadRequest } from './notice.tsx';
import { visitorOf } from './visitor.ts';

/**
 * Opening a LIFF app: `liff.line.me/{liffId}/path?query` leads to its endpoint with the rest in `liff.state`, and
 * `/liff/v1/authorize`, with which the LIFF SDK signs in, is LINE Login for the app's own channel.
 */
export function liffRoutes(platform: Platform): Hono<Env> {
  const { settings } = platform;
  const app = new Hono<Env>();

  app.get('/liff/v1/authorize', (c) => {
    const { app_id: appId, redirect_uri: asked, ...query } = c.req.query();
    const endpoint = settings.liffEndpointUrl;
    if (appId !== settings.liffId || !endpoint) return showBadRequest(c, visitorOf(c, platform), 'unknown LIFF app');
    const redirectUri = asked ?? endpoint;
    if (!redirectUri.startsWith(endpoint)) {
      return showBadRequest(c, visitorOf(c, platform), `redirect_uri is not under the endpoint URL: ${redirectUri}`);
    }
    const login = { scope: 'openid profile', ...query, client_id: clientIdOf(appId), redirect_uri: redirectUri };
    return c.redirect(`/oauth2/v2.1/authorize?${new URLSearchParams({ ...login, liff: '1' })}`);
  });

  app.get('/:liffId{[0-9]+-[0-9A-Za-z]+}/*', open);
  app.get('/:liffId{[0-9]+-[0-9A-Za-z]+}', open);

  function open(c: Context<Env>) {
    const { pathname, search } = new URL(c.req.url);
    const [, liffId = ''] = pathname.split('/');
    if (liffId !== settings.liffId || !settings.liffEndpointUrl) {
      return showBadRequest(c, visitorOf(c, platform), `unknown LIFF app: ${liffId}`);
    }
    const url = new URL(settings.liffEndpointUrl);
    const rest = pathname.slice(liffId.length + 1) + search;
    if (rest !== '' && rest !== '/') url.searchParams.set('liff.state', rest);
    return c.redirect(url.href);
  }

  return app;
}

/** A LIFF id begins with the id of the channel it belongs to. */
function clientIdOf(liffId: string): string {
  return liffId.split('-')[0] ?? '';
}
