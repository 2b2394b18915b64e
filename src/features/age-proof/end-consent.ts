import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../base/clock.ts';
import { isId } from '../../base/ids.ts';
import { auditAll } from '../../infra/db/audit.ts';
import { type AuditEntry, audit, type Db, inTransaction, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import type { Contractors } from '../contractors/index.ts';
import type { Linking, UserUnlinked } from '../linking/index.ts';
import {
  type Consent,
  type ConsentOwner,
  type EndedBy,
  endByPartner,
  endConsents,
  endConsentsOfLink as endOfLink,
} from './consent-store.ts';
import { deleteGrants } from './openid/payload-store.ts';
import { loadPartners } from './partner-store.ts';
import { tellInWords } from './tell-in-words.ts';
import { talkText } from './text.ts';
import { dropEventsOfGrants } from './watch-store.ts';

export interface EndingDeps {
  readonly clock: Clock;
  readonly contractors: Pick<Contractors, 'subscriptions'>;
  readonly linking: Pick<Linking, 'lineAccountsLinkedTo'>;
}

/** Everything that rests on consents: tokens, codes, and what waits to be told. */
export async function endGrants(
  sql: SqlRunner,
  now: Temporal.Instant,
  consents: readonly Pick<Consent, 'grantHash'>[],
): Promise<void> {
  if (consents.length === 0) return;
  const grantHashes = consents.map(({ grantHash }) => grantHash);
  await deleteGrants(sql, grantHashes);
  await dropEventsOfGrants(sql, now, grantHashes);
}

export interface Withdrawal extends ConsentOwner {
  readonly consentId: string;
  readonly from: 'talk' | 'my-page';
  readonly actor: AuditEntry['actor'];
}

/** Takes a consent back, and with it every token that rests on it. Null when there is no such consent to take back. */
export async function withdrawConsent(
  deps: { readonly db: Db; readonly clock: Clock },
  request: Withdrawal,
): Promise<Consent | null> {
  if (!isId(request.consentId)) return null;
  return inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    const now = deps.clock.now();
    const [ended] = await endConsents(sql, now, request, request.from);
    if (!ended) return null;
    await endGrants(sql, now, [ended]);
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
export async function endConsentOfGrant(
  deps: { readonly db: Db; readonly clock: Clock },
  grantHash: Buffer,
): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    const now = deps.clock.now();
    const ended = await endByPartner(sql, now, grantHash);
    await endGrants(sql, now, [{ grantHash }]);
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
  await endGrants(sql, now, ended);
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
