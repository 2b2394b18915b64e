import { randomBytes } from 'node:crypto';
import { errors } from 'oidc-provider';
import { isId, newId } from '../../base/ids.ts';
import { bulleted, type Language } from '../../base/language.ts';
import { parseMsisdn } from '../../base/msisdn.ts';
import { inTransaction, runnerOf } from '../../infra/db/index.ts';
import type { RateLimits } from '../../infra/db/rate-limits.ts';
import type { TryLimits } from '../../infra/db/try-limits.ts';
import { bubble, button } from '../../infra/line/flex.ts';
import { enqueueMessages } from '../../infra/line/outbox/outbox.ts';
import { buttonData, type Message } from '../../infra/line/talk.ts';
import { seal, unseal } from '../../infra/secrets.ts';
import { type Contractors, serviceState } from '../contractors/index.ts';
import type { Linking } from '../linking/index.ts';
import { lineAccountsOf } from '../official-account/index.ts';
import { type GiveDeps, giveConsent } from './consent.ts';
import type { Asked, OpenId } from './openid/provider.ts';
import { loadPartner, type Partner } from './partner-store.ts';
import { decideRequest, insertRequest } from './request-store.ts';
import { questionLimit } from './rules/limits.ts';
import { isPurpose, type Purpose, toldBy } from './rules/scopes.ts';
import { loadSubject, subjectOf } from './subject-store.ts';
import { talkText } from './text.ts';

/** A partner asks a person in the talk (CIBA, poll): whom it means, the question, the answer. */

export interface AskDeps extends GiveDeps {
  readonly contractors: GiveDeps['contractors'] & Pick<Contractors, 'subscriptionOfMsisdn'>;
  readonly linking: Pick<Linking, 'lineAccountsLinkedTo' | 'userLinksOf' | 'holdUserLink'>;
  readonly limits: TryLimits;
  readonly rates: Pick<RateLimits, 'pass'>;
}

/** A person is not to be worn down: so many questions of one partner a day. */
const ASKED_PER_DAY = {
  name: 'partner:ask',
  tries: 5,
  windowSeconds: 86_400,
  whenReached: { kind: 'block', seconds: 86_400 },
} as const;

/**
 * Whom a partner means by a phone number (`tel:+81…`), as its own name for them; undefined where nobody can be asked: no
 * such subscription, or no LINE account linked to it.
 */
export async function identify(deps: AskDeps, partnerId: string, hint: string): Promise<string | undefined> {
  const sql = runnerOf(deps.db);
  const partner = await loadPartner(sql, partnerId);
  if (!partner) return undefined;
  if (await deps.rates.pass(questionLimit(partner), partnerId)) {
    throw new errors.AccessDenied('the partner asked often enough this minute');
  }
  const msisdn = parseMsisdn(hint.replace(/^tel:/, ''));
  const subscription = msisdn ? await deps.contractors.subscriptionOfMsisdn(sql, deps.clock.now(), msisdn) : null;
  if (!subscription || serviceState(subscription, deps.clock.now()) !== 'in-service') return undefined;
  const { subscriptionId } = subscription;
  if (!(await deps.linking.lineAccountsLinkedTo(sql, [subscriptionId])).has(subscriptionId)) return undefined;
  const taken = await deps.limits.take(deps.db, [{ limit: ASKED_PER_DAY, subject: `${partnerId} ${subscriptionId}` }]);
  if (!taken.ok) throw new errors.AccessDenied('this person was asked often enough today');
  return subjectOf(sql, { partnerId, subscriptionId, fresh: randomBytes(24).toString('base64url') });
}

/** Puts the question into the talk of every LINE account linked to the subscription. */
export async function ask(deps: AskDeps, asked: Asked): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    const now = deps.clock.now();
    const partner = await loadPartner(sql, asked.partnerId);
    const whom = await loadSubject(sql, asked.subject);
    if (!partner || !whom) throw new Error('a question without a partner or a person');
    const { subscriptionId } = whom;
    const requestId = newId();
    const scopes = asked.scopes.filter((scope) => partner.scopes.includes(scope));
    const purpose = asked.scopes.find(isPurpose) ?? partner.purposes.find(isPurpose) ?? 'dpv:LegalCompliance';
    await insertRequest(sql, now, {
      requestId,
      partnerId: partner.partnerId,
      subscriptionId,
      scopes,
      purpose,
      authRequestSealed: seal(deps.key, asked.authRequestId, boundTo(requestId)),
      expiresAt: now.add({ seconds: asked.seconds }),
    });
    const links = (await deps.linking.lineAccountsLinkedTo(sql, [subscriptionId])).get(subscriptionId) ?? [];
    const subscription = (await deps.contractors.subscriptions(sql, [subscriptionId])).get(subscriptionId);
    const lineUserIds = links.map(({ lineUserId }) => lineUserId);
    const people = await lineAccountsOf(sql, lineUserIds);
    const question = { requestId, partner, scopes, purpose, bindingMessage: asked.bindingMessage };
    const lastFour = subscription?.msisdn.slice(-4) ?? '';
    await enqueueMessages(
      sql,
      now,
      lineUserIds.map((lineUserId) => ({
        lineUserId,
        messages: [questionMessage(people.get(lineUserId)?.language ?? 'ja', { ...question, lastFour })],
        dedupeKey: `age-proof:ask:${requestId}:${lineUserId}`,
      })),
    );
  });
}

const boundTo = (requestId: string) => `partner-request:${requestId}`;

function questionMessage(
  language: Language,
  question: {
    requestId: string;
    partner: Partner;
    scopes: readonly string[];
    purpose: Purpose;
    bindingMessage: string | null;
    lastFour: string;
  },
): Message {
  const t = talkText(language);
  const { partner, requestId } = question;
  const title = t.asks(partner.name[language]);
  const told = toldBy(question.scopes, partner).map((each) => t.told[each](partner.ageThresholds));
  return bubble({
    altText: title,
    title,
    body: [
      t.askedAbout(question.lastFour),
      [t.willBeTold, ...bulleted(told, language)].join('\n'),
      `${t.purposes[question.purpose]}\n${t.holds(partner.consentDays)}`,
      ...(question.bindingMessage ? [t.binding(question.bindingMessage)] : []),
      t.onlyIfYou,
    ],
    buttons: [
      button(t.agree, buttonData('age-proof', 'agree', { request: requestId }), 'primary'),
      button(t.decline, buttonData('age-proof', 'decline', { request: requestId })),
    ],
  });
}

/**
 * The person's answer. The same tap heard twice has one effect and the same words; the first answer counts, and only of
 * somebody whose LINE account is linked to the subscription.
 */
export async function answer(
  deps: AskDeps,
  openId: OpenId,
  tap: { requestId: string; lineUserId: string; isAgreed: boolean },
): Promise<'agreed' | 'declined' | 'over'> {
  if (!isId(tap.requestId)) return 'over';
  const sql = runnerOf(deps.db);
  const links = await deps.linking.userLinksOf(sql, tap.lineUserId);
  const subscriptionIds = links.map(({ subscriptionId }) => subscriptionId);
  const request = await decideRequest(sql, deps.clock.now(), { ...tap, subscriptionIds });
  const partner = request && (await loadPartner(sql, request.partnerId));
  if (!request || !partner || partner.suspendedAt !== null) return 'over';
  const provider = await openId.provider();
  const authRequestId = unseal(deps.key, request.authRequestSealed, boundTo(request.requestId));
  if (!tap.isAgreed) {
    await provider.backchannelResult(authRequestId, new errors.AccessDenied('the person declined'));
    return 'declined';
  }
  const { subscriptionId, scopes, purpose } = request;
  const given = await giveConsent(deps, provider, {
    partner,
    subscriptionId,
    scopes,
    purpose,
    provenBy: 'talk',
    lineUserId: tap.lineUserId,
    contractorId: null,
    cause: `request:${request.requestId}`,
  });
  if (!given) return 'over';
  await provider.backchannelResult(authRequestId, given.grantId);
  return 'agreed';
}
