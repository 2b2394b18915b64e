import type { Settings } from '../options.ts';

/** A well-formed authorization request of the login channel. */
export interface AuthorizeRequest {
  clientId: string;
  redirectUri: string;
  state: string;
  scope: string[];
  nonce: string | null;
  prompts: string[];
  isAutoLoginOff: boolean;
  botPrompt: 'normal' | 'aggressive' | null;
  codeChallenge: string | null;
  /** Asked by the LIFF SDK: the answer carries what it needs to go on. */
  isLiff: boolean;
  /** Where the LIFF app is opened again after consent, when it was opened inside LINE. */
  reopens: string | null;
}

const knownScopes = new Set(['openid', 'profile', 'email', 'chat_message.write']);

/** Reads the query; a string says what is wrong with it and must not lead back to the client. */
export function readAuthorizeRequest(query: Record<string, string>, settings: Settings): AuthorizeRequest | string {
  if (query.response_type !== 'code') return "response_type must be 'code'";
  if (query.client_id !== settings.loginChannelId) return `client_id is not the login channel's: ${query.client_id}`;
  const redirectUri = query.redirect_uri ?? '';
  if (!URL.canParse(redirectUri)) return 'redirect_uri is missing or not a URL';
  const isLiff = query.liff === '1';
  if (settings.loginCallbackUrls && !isLiff && !settings.loginCallbackUrls.includes(redirectUri)) {
    return `redirect_uri is not registered: ${redirectUri}`;
  }
  if (!query.state) return 'state is required';
  const scope = (query.scope ?? '').split(' ').filter(Boolean);
  if (!scope.some((name) => name === 'openid' || name === 'profile')) return "scope must contain 'profile' or 'openid'";
  const unknown = scope.find((name) => !knownScopes.has(name));
  if (unknown) return `scope is not known: ${unknown}`;
  if (query.code_challenge && query.code_challenge_method !== 'S256') return "code_challenge_method must be 'S256'";
  return {
    clientId: query.client_id,
    redirectUri,
    state: query.state,
    scope,
    nonce: query.nonce ?? null,
    prompts: (query.prompt ?? '').split(' ').filter(Boolean),
    isAutoLoginOff: query.disable_auto_login === 'true',
    botPrompt: query.bot_prompt === 'normal' || query.bot_prompt === 'aggressive' ? query.bot_prompt : null,
    codeChallenge: query.code_challenge || null,
    isLiff,
    reopens: (isLiff && query.reopens?.startsWith(`/${settings.liffId}`) && query.reopens) || null,
  };
}
