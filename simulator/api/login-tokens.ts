import { type Context, Hono } from 'hono';
import { certificates, makeIdToken, verifyIdToken } from '../login/id-token.ts';
import { answersChallenge } from '../login/pkce.ts';
import type { Platform } from '../platform.ts';
import type { Grant } from '../world/logins.ts';
import { checkAssertion } from './channel-tokens.ts';
import type { Env } from './envelope.ts';
import { readForm } from './form.ts';
import { refuseOAuth } from './refusal.ts';

const daySeconds = 24 * 60 * 60;
const accessSeconds = 30 * daySeconds;
const refreshSeconds = 90 * daySeconds;

/** `/oauth2/v2.1/*`: LINE Login's tokens, and the Messaging API's by JWT, which share one address. */
export function loginTokenRoutes(platform: Platform): Hono<Env> {
  const { world, settings } = platform;
  const app = new Hono<Env>();

  app.post('/oauth2/v2.1/token', async (c) => {
    const form = await readForm(c);
    switch (form.get('grant_type')) {
      case 'authorization_code':
        return exchangeCode(c, form);
      case 'refresh_token':
        return refresh(c, form);
      case 'client_credentials':
        return channelTokenByJwt(c, form);
      default:
        throw refuseOAuth('unsupported_grant_type', 'unsupported grant_type');
    }
  });

  app.get('/oauth2/v2.1/verify', (c) => {
    const token = c.req.query('access_token') ?? '';
    const now = world.clock.now();
    const login = world.logins.access(token, now);
    if (login) {
      const expiresIn = Math.floor((login.expiresAtMs - now) / 1_000);
      return c.json({ scope: login.scope.join(' '), client_id: login.clientId, expires_in: expiresIn });
    }
    const msLeft = world.channelTokens.msLeft(token, now);
    if (msLeft === null) throw refuseOAuth('invalid_request', 'access token expired');
    return c.json({ client_id: settings.channelId, expires_in: Math.floor(msLeft / 1_000), scope: 'P CM' });
  });

  app.post('/oauth2/v2.1/verify', async (c) => {
    const form = await readForm(c);
    const verified = await verifyIdToken(platform, form.get('id_token') ?? '', {
      clientId: form.get('client_id') ?? '',
      nonce: form.get('nonce'),
      userId: form.get('user_id'),
    });
    if ('refusal' in verified) throw refuseOAuth('invalid_request', verified.refusal);
    return c.json(verified.payload);
  });

  app.post('/oauth2/v2.1/revoke', async (c) => {
    const form = await readForm(c);
    const token = form.get('access_token') ?? '';
    world.logins.revoke(token);
    world.channelTokens.revoke(token);
    return c.body(null, 200);
  });

  app.get('/oauth2/v2.1/certs', async (c) => c.json(await certificates()));

  async function exchangeCode(c: Context<Env>, form: URLSearchParams): Promise<Response> {
    checkClient(form);
    const grant = world.logins.takeCode(form.get('code') ?? '', world.clock.now());
    if (!grant) throw refuseOAuth('invalid_grant', 'invalid authorization code');
    if (grant.clientId !== form.get('client_id')) throw refuseOAuth('invalid_grant', 'client_id does not match');
    if (grant.redirectUri !== form.get('redirect_uri'))
      throw refuseOAuth('invalid_grant', 'redirect_uri does not match');
    checkVerifier(form, grant);
    const person = world.people.find(grant.userId);
    if (!person) throw refuseOAuth('invalid_grant', 'invalid authorization code');
    const tokens = issueTokens(grant);
    if (!grant.scope.includes('openid')) return c.json(tokens);
    const algorithm = form.get('id_token_key_type') === 'JWK' ? 'ES256' : 'HS256';
    return c.json({ ...tokens, id_token: await makeIdToken(platform, person, grant, algorithm) });
  }

  async function refresh(c: Context<Env>, form: URLSearchParams): Promise<Response> {
    checkClient(form);
    const token = form.get('refresh_token') ?? '';
    const login = world.logins.refresh(token, world.clock.now());
    if (!login) throw refuseOAuth('invalid_grant', 'invalid refresh_token');
    // The refresh token stays as it is: using it does not lengthen its life.
    return c.json({ ...accessToken(login), refresh_token: token });
  }

  function channelTokenByJwt(c: Context<Env>, form: URLSearchParams): Response {
    const { tokenSeconds } = checkAssertion(platform, form);
    const seconds = Math.min(tokenSeconds ?? accessSeconds, accessSeconds);
    const token = world.ids.opaque(96);
    const keyId = world.ids.opaque(16);
    world.channelTokens.issue(token, world.clock.now() + seconds * 1_000, keyId);
    return c.json({ access_token: token, expires_in: seconds, token_type: 'Bearer', key_id: keyId });
  }

  /** LIFF apps are public clients: they name themselves by `appId` and prove the code by PKCE alone. */
  function checkClient(form: URLSearchParams): void {
    const isOurs = form.get('client_id') === settings.loginChannelId;
    const isLiff = form.get('appId') === settings.liffId;
    if (!isOurs || (!isLiff && form.get('client_secret') !== settings.loginChannelSecret)) {
      throw refuseOAuth('invalid_client', 'invalid client_id or client_secret');
    }
  }

  function checkVerifier(form: URLSearchParams, grant: Grant): void {
    if (grant.codeChallenge === null) return;
    if (!answersChallenge(form.get('code_verifier') ?? '', grant.codeChallenge)) {
      throw refuseOAuth('invalid_grant', 'invalid code_verifier');
    }
  }

  function accessToken(login: Pick<Grant, 'userId' | 'clientId' | 'scope'>) {
    const token = world.ids.opaque(64);
    const { userId, clientId, scope } = login;
    world.logins.issueAccess(token, {
      userId,
      clientId,
      scope,
      expiresAtMs: world.clock.now() + accessSeconds * 1_000,
    });
    return { access_token: token, token_type: 'Bearer', expires_in: accessSeconds, scope: scope.join(' ') };
  }

  function issueTokens(grant: Grant) {
    const refreshToken = world.ids.opaque(16);
    const { userId, clientId, scope } = grant;
    const expiresAtMs = world.clock.now() + refreshSeconds * 1_000;
    world.logins.issueRefresh(refreshToken, { userId, clientId, scope, expiresAtMs });
    return { ...accessToken(grant), refresh_token: refreshToken };
  }

  return app;
}
