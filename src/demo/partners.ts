import type { App } from '../app.ts';
import { PARTNER_SCOPES } from '../features/age-proof/index.ts';

/** The demo's partners: the simulated LINE, which asks people in a browser, and a shop under contract. */
export const demoPartners = {
  line: { partnerId: 'line', secret: 'demo-line-partner-secret' },
  shop: { partnerId: 'demo-shop', secret: 'demo-shop-partner-secret' },
} as const;

/** Where the simulated LINE's people come back to after they answered. */
export const lineRedirectUri = (accessBaseUrl: string): string => `${accessBaseUrl}/age-verification/callback`;

/** The partners named above, with what each may ask. */
export async function seedPartners(app: App): Promise<void> {
  const common = {
    authMethod: 'secret',
    requestsPerMinute: 600,
  } as const;
  const added = [
    await app.ageProof.addPartner(
      { kind: 'system' },
      {
        ...common,
        ...demoPartners.line,
        name: { ja: 'LINE（シミュレーター）', en: 'LINE (simulator)' },
        grants: ['code'],
        scopes: ['kyc-age-verification:verify'],
        redirectUris: [lineRedirectUri(app.config.line.accessBaseUrl)],
        purposes: ['dpv:RequestedServiceProvision'],
        ageThresholds: [18],
        consentDays: 90,
      },
    ),
    await app.ageProof.addPartner(
      { kind: 'system' },
      {
        ...common,
        ...demoPartners.shop,
        name: { ja: 'デモ商店', en: 'Demo Shop' },
        grants: ['code', 'client-credentials', 'ciba'],
        scopes: PARTNER_SCOPES,
        redirectUris: ['http://127.0.0.1:8080/callback', 'http://localhost:8080/callback'],
        purposes: ['dpv:LegalCompliance', 'dpv:FraudPreventionAndDetection'],
        ageThresholds: null,
        canMatchIdentity: true,
        consentDays: 30,
      },
    ),
  ];
  const refused = added.find((decision) => !decision.ok);
  if (refused && !refused.ok) throw new Error(`a partner of the demo was refused: ${refused.code}`);
}
