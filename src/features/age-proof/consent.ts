import { randomBytes } from 'node:crypto';
import type Provider from 'oidc-provider';
import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../base/clock.ts';
import { isId, newId } from '../../base/ids.ts';
import type { Language } from '../../base/language.ts';
import type { Operator } from '../../base/operator.ts';
import { auditAll } from '../../infra/db/audit.ts';
import { type AuditEntry, audit, type Db, inTransaction, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import { text } from '../../infra/line/flex.ts';
import { enqueueMessages } from '../../infra/line/outbox/outbox.ts';
import { digest, type KeyRing, keyedHash } from '../../infra/secrets.ts';
import { type Contractors, type Subscription, serviceState } from '../contractors/index.ts';
import { concernedBy, type Linking, type UserUnlinked } from '../linking/index.ts';
import { lineAccountsOf } from '../official-account/index.ts';
import {
  type Consent,
  type ConsentOwner,
  type EndedBy,
  endByPartner,
  endConsents,
  endConsentsOfLink as endOfLink,
  insertConsent,
  lockConsents,
  type ProvenBy,
} from './consent-store.ts';
import { deleteObjection, insertObjection } from './objection-store.ts';
import { deleteGrant } from './openid/payload-store.ts';
import { loadPartners, type Partner } from './partner-store.ts';
import { subjectOf } from './subject-store.ts';
import { talkText } from './text.ts';
import { dropEventsOfGrant } from './watch-store.ts';

export interface ConsentDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly key: KeyRing;
  readonly contractors: Pick<Contractors, 'subscriptions'>;
}

export type EndingDeps = Pick<ConsentDeps, 'clock' | 'contractors'> & {
  readonly linking: Pick<Linking, 'lineAccountsLinkedTo'>;
};

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
      await deleteGrant(sql, grantHash);
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
    for (const ended of await endConsents(sql, givenAt, earlier, 'renewed')) await endGrant(sql, givenAt, ended);
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

/** Everything that rests on a consent: tokens, codes, and what waits to be told. */
async function endGrant(
  sql: SqlRunner,
  now: Temporal.Instant,
  { grantHash }: Pick<Consent, 'grantHash'>,
): Promise<void> {
  await deleteGrant(sql, grantHash);
  await dropEventsOfGrant(sql, now, grantHash);
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

/** What somebody is told, in their own language. */
interface Telling {
  readonly lineUserId: string;
  readonly dedupeKey: string;
  readonly words: (language: Language) => string;
}

async function tellInWords(sql: SqlRunner, now: Temporal.Instant, tellings: readonly Telling[]): Promise<void> {
  const people = await lineAccountsOf(sql, [...new Set(tellings.map(({ lineUserId }) => lineUserId))]);
  await enqueueMessages(
    sql,
    now,
    tellings.map(({ lineUserId, dedupeKey, words }) => {
      const language = people.get(lineUserId)?.language ?? 'ja';
      return { lineUserId, messages: [text(words(language))], dedupeKey };
    }),
  );
}

export interface Withdrawal extends ConsentOwner {
  readonly consentId: string;
  readonly from: 'talk' | 'my-page';
  readonly actor: AuditEntry['actor'];
}

/** Takes a consent back, and with it every token that rests on it. Null when there is no such consent to take back. */
export async function withdrawConsent(deps: ConsentDeps, request: Withdrawal): Promise<Consent | null> {
  if (!isId(request.consentId)) return null;
  return inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    const now = deps.clock.now();
    const [ended] = await endConsents(sql, now, request, request.from);
    if (!ended) return null;
    await endGrant(sql, now, ended);
    const { subscriptionId, partnerId } = ended;
    const detail = { partnerId, from: request.from };
    await audit(sql, now, { actor: request.actor, action: 'age-proof.consent-withdrawn', subscriptionId, detail });
    return ended;
  });
}

/**
 * A grant is over: the partner gave its token back, or one was shown twice. The consent ends with it, so that what the
 * partner asked to hear of is told no more, and the person sees that it is over.
 */
export async function endConsentOfGrant(deps: Pick<ConsentDeps, 'db' | 'clock'>, grantHash: Buffer): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    const now = deps.clock.now();
    const ended = await endByPartner(sql, now, grantHash);
    await endGrant(sql, now, { grantHash });
    if (!ended) return;
    const { subscriptionId, partnerId } = ended;
    const detail = { partnerId, from: 'partner' };
    await audit(sql, now, { actor: { kind: 'system' }, action: 'age-proof.consent-ended', subscriptionId, detail });
  });
}

/** Somebody else carries the phone now: nothing is told of them that only the person before has agreed to. */
export async function endConsentsOfFormerUser(deps: EndingDeps, sql: SqlRunner, subscriptionId: string): Promise<void> {
  const now = deps.clock.now();
  const ended = await endConsents(sql, now, { subscriptionIds: [subscriptionId] }, 'new-user');
  if (ended.length === 0) return;
  const linked = (await deps.linking.lineAccountsLinkedTo(sql, [subscriptionId])).get(subscriptionId) ?? [];
  const to = linked.map(({ lineUserId }) => lineUserId);
  await settleEnded(deps, sql, now, { ended, subscriptionId, from: 'new-user', to });
}

/** A user link is undone, or another account's now: its person could neither see nor take back what they agreed to by it. */
export async function endConsentsOfLink(deps: EndingDeps, sql: SqlRunner, link: UserUnlinked): Promise<void> {
  const now = deps.clock.now();
  const from = link.isReplaced ? 'replaced' : 'unlinked';
  const ended = await endOfLink(sql, now, link, from);
  const { subscriptionId, lineUserId } = link;
  await settleEnded(deps, sql, now, { ended, subscriptionId, from, to: [lineUserId] });
}

/** Tokens end; the history says why, and so does a message to these accounts and to whoever gave the consent. */
async function settleEnded(
  deps: EndingDeps,
  sql: SqlRunner,
  now: Temporal.Instant,
  ending: {
    ended: readonly Consent[];
    subscriptionId: string;
    from: Exclude<EndedBy, 'partner'>;
    to: readonly string[];
  },
): Promise<void> {
  const { ended, subscriptionId, from, to } = ending;
  if (ended.length === 0) return;
  for (const consent of ended) await endGrant(sql, now, consent);
  const subscription = (await deps.contractors.subscriptions(sql, [subscriptionId])).get(subscriptionId);
  await auditAll(
    sql,
    now,
    ended.map(({ partnerId }) => ({
      actor: { kind: 'system' },
      action: 'age-proof.consent-ended',
      ...(subscription ? { contractorId: subscription.contractorId } : {}),
      subscriptionId,
      detail: { partnerId, from },
    })),
  );
  const partners = new Map((await loadPartners(sql)).map((partner) => [partner.partnerId, partner]));
  await tellInWords(
    sql,
    now,
    ended.flatMap(({ consentId, partnerId, lineUserId: giver }) =>
      [...new Set([...to, ...(giver ? [giver] : [])])].map((lineUserId) => ({
        lineUserId,
        dedupeKey: `age-proof:ended:${consentId}:${lineUserId}`,
        words: (language) => {
          const t = talkText(language);
          const partner = partners.get(partnerId)?.name[language] ?? partnerId;
          return t.consentEnded(t.consent(partner, subscription?.msisdn.slice(-4) ?? ''), t.endedBy[from]);
        },
      })),
    ),
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
