import { type Context, Hono } from 'hono';
import type { Env } from '../api/envelope.ts';
import { loginOf } from '../api/liff.ts';
import { refuse } from '../api/refusal.ts';
import { makeIdToken } from '../login/id-token.ts';
import { liffScopes, makeContextToken } from '../login/liff-context.ts';
import type { Platform } from '../platform.ts';
import type { PersonRecord } from '../world/people.ts';
import { showBadRequest } from './notice.tsx';
import { visitorOf } from './visitor.ts';

/** How LINE's own browser names itself when it shows a LIFF app. */
const inClient = /Line\/\d+\.\d+\.\d+.* LIFF/;
/** The SDK lets an access token end with the window it was made for; this is the longest. */
const accessLivesForMs = 12 * 60 * 60_000;

/**
 * Opening a LIFF app: `liff.line.me/{liffId}/path?query` leads to its endpoint with the rest in `liff.state`, and
 * `/liff/v1/authorize`, with which the LIFF SDK signs in, is LINE Login for the app's own channel.
 */
export function liffRoutes(platform: Platform): Hono<Env> {
  const { settings, world } = platform;
  const app = new Hono<Env>();

  app.get('/liff/v1/authorize', (c) => {
    const { app_id: appId, redirect_uri: asked, ...query } = c.req.query();
    const endpoint = settings.liffEndpointUrl;
    if (appId !== settings.liffId || !endpoint) return showBadRequest(c, visitorOf(c, platform), 'unknown LIFF app');
    const redirectUri = asked ?? endpoint;
    if (!redirectUri.startsWith(endpoint)) {
      return showBadRequest(c, visitorOf(c, platform), `redirect_uri is not under the endpoint URL: ${redirectUri}`);
    }
    const login = { scope: liffScopes.join(' '), ...query, client_id: clientIdOf(appId), redirect_uri: redirectUri };
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
    const person = visitorOf(c, platform);
    if (!person || !inClient.test(c.req.header('user-agent') ?? '')) return c.redirect(url.href);
    return openInClient(c, person, url);
  }

  /** Inside LINE nobody signs in: the app is opened with everything it needs behind the `#`. */
  async function openInClient(c: Context<Env>, person: PersonRecord, url: URL): Promise<Response> {
    const clientId = clientIdOf(settings.liffId);
    if (liffScopes.some((scope) => !person.consentedScopes.includes(scope))) {
      const request = new URLSearchParams({
        response_type: 'code',
        client_id: clientId,
        redirect_uri: url.href,
        state: world.ids.alphanumeric(12),
        scope: liffScopes.join(' '),
        liff: '1',
        reopens: new URL(c.req.url).pathname + new URL(c.req.url).search,
      });
      return c.redirect(`/oauth2/v2.1/authorize?${request}`);
    }
    const accessToken = world.ids.opaque(64);
    const expiresAtMs = world.clock.now() + accessLivesForMs;
    world.logins.issueAccess(accessToken, { userId: person.userId, clientId, scope: liffScopes, expiresAtMs });
    const grant = { clientId, scope: liffScopes, nonce: null, amr: ['linesso'] };
    url.hash = new URLSearchParams({
      access_token: accessToken,
      context_token: await makeContextToken(platform, person),
      feature_token: world.ids.opaque(32),
      id_token: await makeIdToken(platform, person, grant, 'ES256'),
      client_id: clientId,
    }).toString();
    return c.redirect(url.href);
  }

  // What else the SDK asks of liff.line.me and access.line.me.
  app.get('/liff/v2/incrementalAgreement/unauthorizedPermissions', (c) => {
    const { scope } = loginOf(c, platform);
    return c.json(liffScopes.filter((name) => !scope.includes(name)));
  });
  app.get('/liff/v2/permanentLink', (c) => {
    const { liffId, url = '' } = c.req.query();
    if (liffId !== settings.liffId || !settings.liffEndpointUrl) throw refuse(404, 'not found');
    const rest = url.startsWith(settings.liffEndpointUrl) ? url.slice(settings.liffEndpointUrl.length) : null;
    if (rest === null || !/^($|[/?#])/.test(rest)) throw refuse(400, 'url must be under the endpoint URL');
    return c.json({ permanentLink: `https://liff.line.me/${liffId}${rest}` });
  });
  app.post('/liff/v2/oaadd/rateLimit', (c) => {
    loginOf(c, platform);
    return c.json({});
  });
  app.post('/oauth2/v2.1/liff/friendship/validate', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const login = world.logins.access(form.get('accessToken') ?? '', world.clock.now());
    if (!login) throw refuse(401, 'The access token expired');
    const official = form.get('officialAccountId');
    if (official === null || official === settings.account.basicId) return c.json({ valid: true });
    const error = { code: 'BOT_NOT_RESOLVED', message: 'the official account is not known' };
    return c.json({ valid: false, error });
  });

  return app;
}

/** A LIFF id begins with the id of the channel it belongs to. */
function clientIdOf(liffId: string): string {
  return liffId.split('-')[0] ?? '';
}
