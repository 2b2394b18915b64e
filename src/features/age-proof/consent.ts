import { randomBytes } from 'node:crypto';
import type Provider from 'oidc-provider';
import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import type { Operator } from '../../base/operator.ts';
import { type AuditEntry, audit, type Db, inTransaction, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import { digest, type KeyRing, keyedHash } from '../../infra/secrets.ts';
import { type Contractors, type Subscription, serviceState } from '../contractors/index.ts';
import { concernedBy, type Linking } from '../linking/index.ts';
import { endConsents, insertConsent, lockConsents, type ProvenBy } from './consent-store.ts';
import { endGrants } from './end-consent.ts';
import { deleteObjection, insertObjection } from './objection-store.ts';
import { deleteGrants } from './openid/payload-store.ts';
import type { Partner } from './partner-store.ts';
import { subjectOf } from './subject-store.ts';
import { tellInWords } from './tell-in-words.ts';
import { talkText } from './text.ts';

export interface ConsentDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly key: KeyRing;
  readonly contractors: Pick<Contractors, 'subscriptions'>;
}

export interface GiveDeps extends ConsentDeps {
  readonly linking: Pick<Linking, 'holdUserLink'>;
}

/** Who agreed to what. `cause` names the question once: the same answer given twice is one consent. */
export interface Agreement {
  readonly partner: Partner;
  readonly subscriptionId: string;
  readonly scopes: readonly string[];
  readonly purpose: string;
  readonly provenBy: ProvenBy;
  readonly lineUserId: string | null;
  readonly contractorId: string | null;
  readonly cause: string;
}

/**
 * Records that somebody agreed, and answers the grant under which the provider may now issue tokens. A consent to the same
 * partner from before ends with its tokens. Everybody concerned is told, but who tapped. Null when the subscription is no
 * longer there to speak of, or the user link by which somebody spoke for it.
 */
export async function giveConsent(
  deps: GiveDeps,
  provider: Provider,
  agreement: Agreement,
): Promise<{ grantId: string; subject: string } | null> {
  const { partner, subscriptionId, scopes } = agreement;
  const subscription = await inService(deps, runnerOf(deps.db), subscriptionId);
  if (!subscription) return null;
  const grantId = keyedHash(deps.key, JSON.stringify(['grant', agreement.cause])).toString('base64url');
  const { partnerId } = partner;
  const fresh = randomBytes(24).toString('base64url');
  const subject = await subjectOf(runnerOf(deps.db), { partnerId, subscriptionId, fresh });
  const grant = new provider.Grant({ accountId: subject, clientId: partnerId });
  grant.jti = grantId;
  grant.addOIDCScope(['openid', 'offline_access', ...scopes, agreement.purpose]);
  await grant.save();

  const stands = await inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    const givenAt = deps.clock.now();
    const grantHash = digest(grantId);
    await lockConsents(sql, { subscriptionId, partnerId: partner.partnerId });
    if (!(await mayStill(deps, sql, agreement))) {
      await deleteGrants(sql, [grantHash]);
      return false;
    }
    const consentId = newId();
    const isNew = await insertConsent(sql, {
      consentId,
      partnerId: partner.partnerId,
      subscriptionId,
      scopes,
      purpose: agreement.purpose,
      provenBy: agreement.provenBy,
      lineUserId: agreement.lineUserId,
      grantHash,
      givenAt,
      expiresAt: givenAt.add({ hours: 24 * partner.consentDays }),
    });
    if (!isNew) return true;
    const earlier = { subscriptionIds: [subscriptionId], partnerId: partner.partnerId, exceptGrantHash: grantHash };
    await endGrants(sql, givenAt, await endConsents(sql, givenAt, earlier, 'renewed'));
    const { contractorId } = subscription;
    await audit(sql, givenAt, {
      actor: actorOf(agreement),
      action: 'age-proof.consent-given',
      contractorId,
      subscriptionId,
      detail: { partnerId: partner.partnerId, provenBy: agreement.provenBy },
    });
    await tellConcerned(deps, sql, givenAt, { agreement, subscription, consentId });
    return true;
  });
  return stands ? { grantId, subject } : null;
}

/** Whoever speaks by a user link still has it, and keeps it until the consent is written: else none would end it later. */
async function mayStill(deps: GiveDeps, sql: SqlRunner, agreement: Agreement): Promise<boolean> {
  const { provenBy, lineUserId, subscriptionId } = agreement;
  if (provenBy !== 'line-account' && provenBy !== 'talk') return true;
  return lineUserId !== null && deps.linking.holdUserLink(sql, { lineUserId, subscriptionId });
}

async function inService(deps: ConsentDeps, sql: SqlRunner, subscriptionId: string): Promise<Subscription | null> {
  const subscription = (await deps.contractors.subscriptions(sql, [subscriptionId])).get(subscriptionId);
  return subscription && serviceState(subscription, deps.clock.now()) === 'in-service' ? subscription : null;
}

function actorOf({ lineUserId, contractorId }: Agreement): AuditEntry['actor'] {
  if (lineUserId) return { kind: 'line-account', id: lineUserId };
  return contractorId ? { kind: 'contractor', id: contractorId } : { kind: 'system' };
}

/** A link code proves a subscription, not a person: who else has to do with it hears what was agreed, and how to undo it. */
async function tellConcerned(
  deps: ConsentDeps,
  sql: SqlRunner,
  now: Temporal.Instant,
  given: { agreement: Agreement; subscription: Subscription; consentId: string },
): Promise<void> {
  const { agreement, subscription, consentId } = given;
  const concerned = await concernedBy(sql, subscription);
  const recipients = [...new Set(concerned)].filter((lineUserId) => lineUserId !== agreement.lineUserId);
  await tellInWords(
    sql,
    now,
    recipients.map((lineUserId) => ({
      lineUserId,
      dedupeKey: `age-proof:consent:${consentId}:${lineUserId}`,
      words: (language) =>
        talkText(language).consentGiven(
          agreement.partner.name[language],
          subscription.msisdn.slice(-4),
          deps.operator.support.phone,
        ),
    })),
  );
}

/** Forbids a partner under contract to ask about somebody, or allows it again. */
export async function changeObjection(
  deps: ConsentDeps,
  change: { subscriptionId: string; partnerId: string; isForbidden: boolean; actor: AuditEntry['actor'] },
): Promise<void> {
  const { subscriptionId, partnerId, isForbidden, actor } = change;
  await inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    const now = deps.clock.now();
    const of = { subscriptionId, partnerId };
    const isChanged = isForbidden ? await insertObjection(sql, now, of) : await deleteObjection(sql, of);
    if (!isChanged) return;
    const action = isForbidden ? 'age-proof.partner-forbidden' : 'age-proof.partner-allowed';
    await audit(sql, now, { actor, action, subscriptionId, detail: { partnerId } });
  });
}
