import { OpenAPIHono } from '@hono/zod-openapi';
import type { WebEnv } from './web-env.ts';

/** The interfaces for partners as one, with the description of them all. */
export function partnerInterfaces(apis: readonly OpenAPIHono<WebEnv>[]): OpenAPIHono<WebEnv> {
  const all = new OpenAPIHono<WebEnv>();
  for (const api of apis) all.route('/', api);
  all.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', { type: 'http', scheme: 'bearer' });
  all.openAPIRegistry.registerComponent('securitySchemes', 'partnerToken', {
    type: 'openIdConnect',
    openIdConnectUrl: '/oidc/.well-known/openid-configuration',
  });
  all.doc31('/openapi.json', { openapi: '3.1.0', info: { title: 'Renkei', version: '1' } });
  return all;
}
