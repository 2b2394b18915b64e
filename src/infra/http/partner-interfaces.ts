import { OpenAPIHono } from '@hono/zod-openapi';
import { answerPacked, type Packed, pack } from './packed.ts';
import type { WebEnv } from './web-env.ts';

const HEAD = { openapi: '3.1.0', info: { title: 'Renkei', version: '1' } };

/** The interfaces for partners as one, with the description of them all. */
export function partnerInterfaces(apis: readonly OpenAPIHono<WebEnv>[]): OpenAPIHono<WebEnv> {
  const all = new OpenAPIHono<WebEnv>();
  for (const api of apis) all.route('/', api);
  all.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', { type: 'http', scheme: 'bearer' });
  all.openAPIRegistry.registerComponent('securitySchemes', 'partnerToken', {
    type: 'openIdConnect',
    openIdConnectUrl: '/oidc/.well-known/openid-configuration',
  });
  let description: Packed | undefined;
  all.get('/openapi.json', (c) => {
    description ??= pack('application/json', JSON.stringify(all.getOpenAPI31Document(HEAD)));
    // Kept, but asked about each time, so that nobody reads what an older program did.
    c.header('cache-control', 'no-cache');
    return answerPacked(c, description);
  });
  return all;
}
