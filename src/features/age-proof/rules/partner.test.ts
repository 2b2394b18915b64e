import { expect, test } from 'vitest';
import { type PartnerFacts, partnerFault } from './partner.ts';
import { AGE_SCOPE } from './scopes.ts';

const good: PartnerFacts = {
  partnerId: 'line',
  grants: ['code'],
  redirectUris: ['https://partner.example/back?tenant=1'],
  scopes: [AGE_SCOPE],
  purposes: ['dpv:LegalCompliance'],
  ageThresholds: [18],
  requestsPerMinute: 60,
  consentDays: 90,
};

test.each<[string | undefined, Partial<PartnerFacts>]>([
  [undefined, {}],
  [undefined, { redirectUris: ['http://127.0.0.1:9103/back'] }],
  [undefined, { grants: ['ciba'], redirectUris: [] }],
  [undefined, { ageThresholds: null }],
  ['partner-id-malformed', { partnerId: 'LINE' }],
  ['partner-id-malformed', { partnerId: '-x' }],
  ['partner-id-malformed', { partnerId: 'x' }],
  ['partner-id-malformed', { partnerId: 'x'.repeat(64) }],
  ['no-grant', { grants: [] }],
  ['redirect-uri-missing', { redirectUris: [] }],
  ['redirect-uri-unsafe', { redirectUris: ['http://partner.example/back'] }],
  ['redirect-uri-unsafe', { redirectUris: ['http://127.0.0.1.evil.example/'] }],
  ['redirect-uri-unsafe', { redirectUris: ['https://partner.example/back#x'] }],
  ['redirect-uri-unsafe', { redirectUris: ['http://127.0.0.1:9103/back#x'] }],
  ['redirect-uri-unsafe', { redirectUris: ['javascript:alert(1)'] }],
  ['redirect-uri-unsafe', { redirectUris: ['javascript:alert(1)//https://partner.example/back'] }],
  ['scope-unknown', { scopes: [] }],
  ['scope-unknown', { scopes: ['everything'] }],
  ['purpose-unknown', { purposes: ['dpv:Curiosity'] }],
  [undefined, { ageThresholds: [0, 120], requestsPerMinute: 6_000, consentDays: 365 }],
  [undefined, { partnerId: 'x'.repeat(63), requestsPerMinute: 1, consentDays: 1 }],
  ['age-out-of-range', { ageThresholds: [18, 121] }],
  ['age-out-of-range', { ageThresholds: [-1] }],
  ['age-out-of-range', { ageThresholds: [17.5] }],
  ['limit-out-of-range', { requestsPerMinute: 0 }],
  ['limit-out-of-range', { requestsPerMinute: 6_001 }],
  ['limit-out-of-range', { requestsPerMinute: 1.5 }],
  ['consent-days-out-of-range', { consentDays: 0 }],
  ['consent-days-out-of-range', { consentDays: 366 }],
])('%s: %j', (code, change) => expect(partnerFault({ ...good, ...change })).toBe(code));
