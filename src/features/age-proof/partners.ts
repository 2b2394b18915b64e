import { randomBytes } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import { type AuditEntry, audit, type Db, inTransaction, runnerOf } from '../../infra/db/index.ts';
import { digest } from '../../infra/secrets.ts';
import { insertPartner, type Partner } from './partner-store.ts';
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
): Promise<Decision<{ secret: string | null }, PartnerFault | 'partner-id-taken' | 'keys-missing'>> {
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
