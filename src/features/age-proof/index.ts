import { OpenAPIHono } from '@hono/zod-openapi';
import { Hono } from 'hono';
import type { Clock } from '../../base/clock.ts';
import type { Operator } from '../../base/operator.ts';
import { type AuditEntry, type Db, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import type { RateLimits } from '../../infra/db/rate-limits.ts';
import type { TryLimits } from '../../infra/db/try-limits.ts';
import type { Sessions } from '../../infra/http/session.ts';
import type { WebEnv } from '../../infra/http/web-env.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import type { TalkHandler } from '../../infra/line/talk.ts';
import type { Secrets } from '../../infra/secrets.ts';
import { type Contractors, serviceState } from '../contractors/index.ts';
import type { Data } from '../data/index.ts';
import type { Linking, UserUnlinked } from '../linking/index.ts';
import { ageApi } from './api.ts';
import { ask, identify } from './ask.ts';
import { ageProofTalk } from './chat.ts';
import { loadLiveConsent } from './consent-store.ts';
import { endConsentOfGrant, endConsentsOfFormerUser, endConsentsOfLink } from './end-consent.ts';
import { retentionJob, signingKeyJob } from './jobs.ts';
import { createSigningKeys } from './openid/keys.ts';
import { createOpenId, type OpenId } from './openid/provider.ts';
import { consentPages } from './pages/consent.tsx';
import { consentListPages } from './pages/consents.tsx';
import { addPartner, type PartnerInput } from './partners.ts';
import { statusApi } from './service-status-api.ts';
import { loadSubject } from './subject-store.ts';
import { tenureApi } from './tenure-api.ts';
import { volumeApi } from './volume-api.ts';
import { watchApi } from './watch-api.ts';
import { deliveryJob, watchJob } from './watch-jobs.ts';

export { partnerConsole, partnersEntry } from './console/index.tsx';
export { ageProofDiscloser } from './disclose-store.ts';
export type { OpenId } from './openid/provider.ts';
export type { PartnerInput } from './partners.ts';
export { PARTNER_SCOPES } from './rules/scopes.ts';

export interface AgeProofDeps {
  readonly db: Db;
  /** The same, statement by statement, each prepared: for what partners ask a thousand times a second. */
  readonly sql: SqlRunner;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly publicUrl: string;
  readonly limits: TryLimits;
  readonly rates: RateLimits;
  /** How many proxies before us write down whom they saw. */
  readonly trustedProxies: number;
  readonly secrets: Pick<Secrets, 'tokens'>;
  readonly sessions: Sessions;
  readonly contractors: Pick<Contractors, 'contractor' | 'subscriptions' | 'subscriptionsOf' | 'subscriptionOfMsisdn'>;
  readonly linking: Pick<
    Linking,
    'userLinksOf' | 'holdUserLink' | 'contractorLinksOf' | 'subscriptionOfCode' | 'lineAccountsLinkedTo'
  >;
  readonly data: Pick<Data, 'balance' | 'balances' | 'slowedUntil'>;
  onError(error: unknown): void;
}

export interface AgeProof {
  /** Answers whatever begins with `/oidc`, beside the rest of the web. */
  readonly openId: OpenId;
  api(): OpenAPIHono<WebEnv>;
  /** The page on which a person answers a partner, and what they agreed to on My Page. */
  pages(): Hono<WebEnv>;
  readonly talk: TalkHandler;
  readonly jobs: readonly Job[];
  /** Somebody else is registered as carrying the subscription: consents from before end, in that transaction. */
  userChanged(tx: Db, of: { subscriptionId: string }): Promise<void>;
  /** A user link has ended: the consents that rested on it end, in that transaction. */
  userUnlinked(within: SqlRunner, link: UserUnlinked): Promise<void>;
  addPartner(actor: AuditEntry['actor'], input: PartnerInput): ReturnType<typeof addPartner>;
}

/** Tells partners, and tells them only, whether somebody has an age: an OpenID provider and the question itself. */
export function createAgeProof(deps: AgeProofDeps): AgeProof {
  const { db, sql, clock, contractors } = deps;
  const key = deps.secrets.tokens;
  const keys = createSigningKeys({ db, clock, key });
  const openId = createOpenId({
    ...deps,
    key,
    keys,
    endGrant: (grantHash) => endConsentOfGrant({ db, clock }, grantHash),
    identify: (partnerId, hint) => identify({ ...deps, key }, partnerId, hint),
    ask: (asked) => ask({ ...deps, key }, asked),
    async maySpeakOf(subject, grantHash) {
      const now = clock.now();
      const { subscriptionId } = (await loadSubject(sql, subject)) ?? { subscriptionId: '' };
      const subscription = (await contractors.subscriptions(sql, [subscriptionId])).get(subscriptionId);
      if (!subscription || serviceState(subscription, now) !== 'in-service') return false;
      return grantHash === null || (await loadLiveConsent(sql, { grantHash, now })) !== null;
    },
  });
  return {
    openId,
    api() {
      const all = new OpenAPIHono<WebEnv>();
      all.route('/', ageApi({ ...deps, openId }));
      all.route('/', volumeApi({ ...deps, openId }));
      all.route('/', watchApi({ ...deps, openId, key }));
      all.route('/', tenureApi({ ...deps, openId }));
      all.route('/', statusApi({ ...deps, openId }));
      return all;
    },
    pages() {
      const all = new Hono<WebEnv>();
      all.route('/', consentPages({ ...deps, key, openId }));
      all.route('/', consentListPages({ ...deps, key }));
      return all;
    },
    talk: ageProofTalk({ ...deps, key, openId }),
    jobs: [signingKeyJob(keys), retentionJob(deps), watchJob({ ...deps, key }), deliveryJob({ ...deps, key })],
    userChanged: (tx, { subscriptionId }) => endConsentsOfFormerUser(deps, runnerOf(tx), subscriptionId),
    userUnlinked: (within, link) => endConsentsOfLink(deps, within, link),
    addPartner: (actor, input) => addPartner({ db, clock }, actor, input),
  };
}
