import { Hono } from 'hono';
import { decodeJwt } from 'jose';
import type { Platform } from '../platform.ts';
import type { Env } from './envelope.ts';
import { readForm } from './form.ts';
import { refuseOAuth } from './refusal.ts';

const statelessSeconds = 899;
const shortLivedSeconds = 30 * 24 * 60 * 60;

/** Tokens of the Messaging API channel: stateless (v3), short-lived (v2), and those by JWT (v2.1, see login-tokens.ts). */
export function channelTokenRoutes(platform: Platform): Hono<Env> {
  const { world, settings } = platform;
  const app = new Hono<Env>();

  app.post('/oauth2/v3/token', async (c) => {
    const form = await readForm(c);
    if (form.get('grant_type') !== 'client_credentials')
      throw refuseOAuth('unsupported_grant_type', 'unsupported grant_type');
    if (form.get('client_assertion')) checkAssertion(platform, form);
    else checkSecret(form);
    return c.json(issue(statelessSeconds));
  });

  app.post('/v2/oauth/accessToken', async (c) => {
    const form = await readForm(c);
    if (form.get('grant_type') !== 'client_credentials') throw refuseOAuth('invalid_request', 'unsupported grant_type');
    checkSecret(form);
    return c.json(issue(shortLivedSeconds));
  });

  app.post('/v2/oauth/verify', async (c) => {
    const form = await readForm(c);
    const msLeft = world.channelTokens.msLeft(form.get('access_token') ?? '', world.clock.now());
    if (msLeft === null) throw refuseOAuth('invalid_request', 'access token expired');
    return c.json({ client_id: settings.channelId, expires_in: Math.floor(msLeft / 1_000), scope: 'P CM' });
  });

  app.post('/v2/oauth/revoke', async (c) => {
    const form = await readForm(c);
    world.channelTokens.revoke(form.get('access_token') ?? '');
    return c.body(null, 200);
  });

  app.get('/oauth2/v2.1/tokens/kid', (c) => c.json({ kids: world.channelTokens.validKeyIds(world.clock.now()) }));

  function checkSecret(form: URLSearchParams): void {
    const isRight =
      form.get('client_id') === settings.channelId && form.get('client_secret') === settings.channelSecret;
    if (!isRight) throw refuseOAuth('invalid_client', 'invalid client_id or client_secret');
  }

  function issue(seconds: number) {
    const token = world.ids.opaque(96);
    world.channelTokens.issue(token, world.clock.now() + (seconds + 1) * 1_000);
    return { token_type: 'Bearer', access_token: token, expires_in: seconds };
  }

  return app;
}

/**
 * A JWT assertion's claims. Its signature is not checked: the simulator has no place where a public key would have
 * been registered. Returns how long the token shall live, in seconds, when the assertion says so.
 */
export function checkAssertion({ settings, world }: Platform, form: URLSearchParams): { tokenSeconds: number | null } {
  if (form.get('client_assertion_type') !== 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer') {
    throw refuseOAuth('invalid_request', 'invalid client_assertion_type');
  }
  const claims = claimsOf(form.get('client_assertion') ?? '');
  if (claims?.iss !== settings.channelId || claims.sub !== settings.channelId) {
    throw refuseOAuth('invalid_client', 'Invalid client_assertion: iss and sub must be the channel ID');
  }
  if (claims.aud !== 'https://api.line.me/') throw refuseOAuth('invalid_client', 'Invalid aud');
  if (typeof claims.exp !== 'number' || claims.exp * 1_000 < world.clock.now()) {
    throw refuseOAuth('invalid_client', 'client_assertion expired');
  }
  return { tokenSeconds: typeof claims.token_exp === 'number' ? claims.token_exp : null };
}

function claimsOf(assertion: string) {
  try {
    return decodeJwt(assertion);
  } catch {
    return null;
  }
}
