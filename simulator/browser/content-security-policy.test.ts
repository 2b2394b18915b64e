import { describe, expect, it } from 'vitest';
import { rewriteContentSecurityPolicy } from './content-security-policy.ts';

const rewrite = (policy: string) =>
  rewriteContentSecurityPolicy(policy, {
    nonce: 'N',
    mapOrigin: (origin) => (origin === 'http://127.0.0.1:9103' ? 'http://me--access.localhost:9104' : null),
    anyProxiedOrigin: 'http://*.localhost:9104',
  });

describe('a page’s policy in the in-app browser', () => {
  it.each([
    ["frame-ancestors 'none'; img-src 'self'", "img-src 'self'"],
    ["upgrade-insecure-requests; default-src 'none'", "default-src 'none'; script-src 'nonce-N'"],
    ["default-src 'self'", "default-src 'self'; script-src 'self' 'nonce-N'"],
    ["script-src 'nonce-x' 'strict-dynamic'", "script-src 'nonce-x' 'strict-dynamic' 'nonce-N'"],
    ["script-src 'none'", "script-src 'nonce-N'"],
  ])('%s → %s', (policy, expected) => expect(rewrite(policy)).toBe(expected));

  it('does not switch inline scripts off where the page allows them', () => {
    expect(rewrite("script-src 'unsafe-inline'")).toBe("script-src 'unsafe-inline' 'self'");
  });
  it('stays as strict about forms: only the origins it names are let through', () => {
    expect(rewrite("form-action 'self' http://127.0.0.1:9103 https://pay.example")).toBe(
      "form-action 'self' http://127.0.0.1:9103 http://me--access.localhost:9104 https://pay.example",
    );
    expect(rewrite("form-action 'self'")).toBe("form-action 'self'");
  });
});
