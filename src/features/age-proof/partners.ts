import { randomBytes } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import { type AuditEntry, audit, type Db, inTransaction, runnerOf } from '../../infra/db/index.ts';
import { digest } from '../../infra/secrets.ts';
import { insertPartner, type Partner, updatePartner, updateSecret, updateSuspended } from './partner-store.ts';
import { type AuthMethod, type PartnerFacts, type PartnerFault, partnerFault } from './rules/partner.ts';

export interface PartnerInput extends PartnerFacts {
  readonly name: Partner['name'];
  readonly authMethod: AuthMethod;
  /** Public keys, for private_key_jwt. */
  readonly jwks?: unknown;
  readonly canMatchIdentity?: boolean;
  /** A secret of the caller's own making: only for the demo, whose secrets are in its papers. */
  readonly secret?: string;
}

export type AddFault = PartnerFault | 'partner-id-taken' | 'keys-missing';

export interface PartnerDeps {
  readonly db: Db;
  readonly clock: Clock;
}

/**
 * Writes a partner down. A secret is answered this once; only its hash is kept.
 *
 * @returns the secret, or null for a partner that signs with a key of its own
 */
export async function addPartner(
  deps: PartnerDeps,
  actor: AuditEntry['actor'],
  input: PartnerInput,
): Promise<Decision<{ secret: string | null }, AddFault>> {
  const fault = partnerFault(input);
  if (fault) return refuse(fault);
  const { secret: given, jwks = null, canMatchIdentity = false, ...rest } = input;
  const signs = input.authMethod === 'private_key_jwt';
  if (signs && jwks === null) return refuse('keys-missing');
  const secret = signs ? null : (given ?? randomBytes(32).toString('base64url'));
  return inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    const now = deps.clock.now();
    const isNew = await insertPartner(sql, {
      ...rest,
      jwks: signs ? jwks : null,
      canMatchIdentity,
      secretHash: secret === null ? null : digest(secret),
      createdAt: now,
      suspendedAt: null,
    });
    if (!isNew) return refuse('partner-id-taken');
    await audit(sql, now, { actor, action: 'age-proof.partner-added', detail: { partnerId: input.partnerId } });
    return accept({ secret });
  });
}

/** Changes what was agreed on. */
export function changePartner(
  deps: PartnerDeps,
  actor: AuditEntry['actor'],
  partner: Partner,
  change: Pick<Partner, 'ageThresholds' | 'requestsPerMinute' | 'consentDays' | 'redirectUris'>,
): Promise<Decision<null, PartnerFault>> {
  return inTransaction(deps.db, async (tx) => {
    const fault = partnerFault({ ...partner, ...change });
    if (fault) return refuse(fault);
    const { partnerId } = partner;
    const sql = runnerOf(tx);
    await updatePartner(sql, { partnerId, ...change });
    const detail = {
      partnerId,
      ages: change.ageThresholds?.join(' ') ?? 'any',
      requestsPerMinute: change.requestsPerMinute,
      consentDays: change.consentDays,
      redirectUris: change.redirectUris.join(' '),
    };
    await audit(sql, deps.clock.now(), { actor, action: 'age-proof.partner-changed', detail });
    return accept(null);
  });
}

/** A new secret, answered this once; the old one is dead at once. Null for a partner without one. */
export function renewSecret(deps: PartnerDeps, actor: AuditEntry['actor'], partnerId: string): Promise<string | null> {
  const secret = randomBytes(32).toString('base64url');
  return inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    if (!(await updateSecret(sql, { partnerId, secretHash: digest(secret) }))) return null;
    await audit(sql, deps.clock.now(), { actor, action: 'age-proof.partner-secret-renewed', detail: { partnerId } });
    return secret;
  });
}

/** Shuts a partner out, tokens and all, or lets it in again. */
export function suspendPartner(
  deps: PartnerDeps,
  actor: AuditEntry['actor'],
  change: { partnerId: string; isSuspended: boolean },
): Promise<void> {
  const { partnerId, isSuspended } = change;
  return inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    const now = deps.clock.now();
    if (!(await updateSuspended(sql, { partnerId, suspendedAt: isSuspended ? now : null }))) return;
    const action = isSuspended ? 'age-proof.partner-suspended' : 'age-proof.partner-resumed';
    await audit(sql, now, { actor, action, detail: { partnerId } });
  });
}
