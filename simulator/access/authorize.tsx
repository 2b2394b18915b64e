import { type Context, Hono } from 'hono';
import { follow } from '../acts/friendship.ts';
import type { Env } from '../api/envelope.ts';
import type { Language } from '../contract.ts';
import type { Platform } from '../platform.ts';
import type { PersonRecord } from '../world/people.ts';
import { type AuthorizeRequest, readAuthorizeRequest } from './authorize-request.ts';
import { showConsent } from './consent.tsx';
import { showLogin } from './login.tsx';
import { showBadRequest } from './notice.tsx';
import { languageOf, visitorOf } from './visitor.ts';

const signedInAgain = 'signed_in';

/** LINE Login: who are you, do you agree, back to the app with a code. */
export function authorizeRoutes(platform: Platform): Hono<Env> {
  const { world, settings } = platform;
  const app = new Hono<Env>();

  app.get('/oauth2/v2.1/authorize', (c) => {
    const person = visitorOf(c, platform);
    const query = c.req.query();
    const request = readAuthorizeRequest(query, settings);
    if (typeof request === 'string') return showBadRequest(c, person, request);
    const isSilent = request.prompts.includes('none');

    const mustSignIn = request.prompts.includes('login') || request.isAutoLoginOff;
    const hasSignedIn = query[signedInAgain] === '1';
    if (!person || (mustSignIn && !hasSignedIn)) {
      if (isSilent) return goBack(c, request, { error: 'login_required', error_description: 'login required' });
      return showLogin(c, platform, `${c.req.path}?${new URLSearchParams({ ...query, [signedInAgain]: '1' })}`);
    }
    if (needsConsent(person, request)) {
      if (isSilent) return goBack(c, request, { error: 'consent_required', error_description: 'consent required' });
      const isFriendOffered = request.botPrompt !== null && !world.people.isReachable(person);
      return showConsent(c, {
        platform,
        person,
        query,
        request,
        isFriendOffered,
        language: localeOf(query) ?? languageOf(c, person),
      });
    }
    return giveCode(c, person, request, { amr: hasSignedIn ? 'pwd' : 'lineautologin', isFriendshipChanged: false });
  });

  app.post('/oauth2/v2.1/consent', async (c) => {
    const person = visitorOf(c, platform);
    const form = new URLSearchParams(await c.req.text());
    const query = Object.fromEntries(new URLSearchParams(form.get('request') ?? ''));
    const request = readAuthorizeRequest(query, settings);
    if (typeof request === 'string') return showBadRequest(c, person, request);
    if (!person) return showLogin(c, platform, `/oauth2/v2.1/authorize?${form.get('request')}`);
    if (form.get('decision') !== 'allow') {
      const refusal = { error: 'access_denied', error_description: 'The resource owner denied the request.' };
      return goBack(c, request, refusal);
    }
    person.consentedScopes = [...new Set([...person.consentedScopes, ...request.scope])];
    world.changes.tell({ type: 'people', userId: person.userId });
    const isFriendshipChanged = form.get('add_friend') === 'yes' && !world.people.isReachable(person);
    if (isFriendshipChanged) follow(platform, person);
    return giveCode(c, person, request, { amr: query[signedInAgain] ? 'pwd' : 'lineautologin', isFriendshipChanged });
  });

  function giveCode(
    c: Context<Env>,
    person: PersonRecord,
    request: AuthorizeRequest,
    how: { amr: string; isFriendshipChanged: boolean },
  ): Response {
    if (request.reopens) return c.redirect(request.reopens);
    const code = world.ids.alphanumeric(20);
    const now = world.clock.now();
    const { clientId, redirectUri, scope, nonce, codeChallenge } = request;
    const grant = {
      userId: person.userId,
      clientId,
      redirectUri,
      scope,
      nonce,
      codeChallenge,
      amr: [how.amr],
      authTimeMs: now,
    };
    world.logins.issueCode(code, grant, now);
    const friendship = request.botPrompt ? { friendship_status_changed: String(how.isFriendshipChanged) } : {};
    const liff = request.isLiff ? { liffClientId: clientId, liffRedirectUri: redirectUri } : {};
    return goBack(c, request, { code, ...friendship, ...liff });
  }

  return app;
}

/** The language the app asks for, when it is one of ours. */
function localeOf(query: Record<string, string>): Language | null {
  const [first = ''] = (query.ui_locales ?? '').split(/[ -]/);
  return first === 'ja' || first === 'en' ? first : null;
}

function needsConsent(person: PersonRecord, request: AuthorizeRequest): boolean {
  if (request.prompts.includes('consent')) return true;
  return request.scope.some((scope) => !person.consentedScopes.includes(scope));
}

function goBack(c: Context<Env>, request: AuthorizeRequest, answer: Record<string, string>): Response {
  const url = new URL(request.redirectUri);
  const isLiffError = request.isLiff && 'error' in answer;
  const all = { ...answer, state: request.state, ...(isLiffError ? { liffOAuth2Error: 'true' } : {}) };
  for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value);
  return c.redirect(url.href);
}
