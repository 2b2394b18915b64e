import type { RequestListener } from 'node:http';
import { cors } from 'hono/cors';
import { createEnvelope } from '../api/envelope.ts';
import { serveOrigin } from '../api/exchange.ts';
import { issuer } from '../login/id-token.ts';
import type { Platform } from '../platform.ts';
import { accountLinkRoutes } from './account-link.tsx';
import { ageVerificationRoutes } from './age-verification.tsx';
import { authorizeRoutes } from './authorize.tsx';
import { liffRoutes } from './liff.ts';
import { liffShareRoutes } from './liff-share.tsx';
import { liffSubWindowRoutes } from './liff-sub-window.ts';
import { loginRoutes } from './login.tsx';
import { showNotice } from './notice.tsx';
import { visitorOf } from './visitor.ts';

/** What apps call from their own pages. */
const liffCalls = ['/liff/v2/*', '/oauth2/v2.1/liff/*'];

/** The origin that stands for access.line.me and liff.line.me: pages people see in a browser. */
export function createAccess(platform: Platform): RequestListener {
  const { origins } = platform;
  const app = createEnvelope();
  for (const path of liffCalls) app.use(path, cors());
  app.route('/', loginRoutes(platform));
  app.route('/', authorizeRoutes(platform));
  app.route('/', accountLinkRoutes(platform));
  app.route('/', ageVerificationRoutes(platform));

  // The issuer is LINE's whatever the address, because it is what ID tokens carry; the addresses are the simulator's.
  app.get('/.well-known/openid-configuration', (c) =>
    c.json({
      issuer,
      authorization_endpoint: `${origins.access}/oauth2/v2.1/authorize`,
      token_endpoint: `${origins.api}/oauth2/v2.1/token`,
      revocation_endpoint: `${origins.api}/oauth2/v2.1/revoke`,
      userinfo_endpoint: `${origins.api}/oauth2/v2.1/userinfo`,
      jwks_uri: `${origins.api}/oauth2/v2.1/certs`,
      scopes_supported: ['openid', 'profile', 'email'],
      response_types_supported: ['code'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['ES256'],
      code_challenge_methods_supported: ['S256'],
    }),
  );

  app.get('/__line/close', (c) =>
    showNotice(c, { person: visitorOf(c, platform), title: (t) => t.closedTitle, text: (t) => t.closedText }),
  );
  app.route('/', liffShareRoutes(platform));
  app.route('/', liffSubWindowRoutes());
  app.route('/', liffRoutes(platform));
  return serveOrigin(platform, 'access', { app });
}
