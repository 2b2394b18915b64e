import { Secret, TOTP } from 'otpauth';
import type { Temporal } from 'temporal-polyfill';
import { readSixDigits } from '../../base/typed-code.ts';
import type { SqlRunner } from '../db/runner.ts';
import { type KeyRing, seal, unseal } from '../secrets.ts';

/** Whose second factor it is. */
export interface FactorOwner {
  readonly kind: 'staff' | 'contractor';
  readonly id: string;
}

const STEP_SECONDS = 30;

/** A fresh seed: 160 bits, in the letters an authenticator app takes when typed (base32). */
export function newSeed(): string {
  return new Secret({ size: 20 }).base32;
}

/** What an authenticator app reads from the QR code. */
export function seedUri({ seed, issuer, account }: { seed: string; issuer: string; account: string }): string {
  return totp(seed, issuer, account).toString();
}

/** The step (30 s since 1970) the typed digits are right for, one step early or late allowed; null when wrong. */
export function stepOf({ seed, typed, now }: { seed: string; typed: string; now: Temporal.Instant }): number | null {
  const token = readSixDigits(typed);
  if (token === null) return null;
  const delta = totp(seed).validate({ token, timestamp: now.epochMilliseconds, window: 1 });
  return delta === null ? null : Math.floor(now.epochMilliseconds / 1_000 / STEP_SECONDS) + delta;
}

/** Gives the owner a seed, in place of the one until now. */
export async function saveSeed(
  sql: SqlRunner,
  keys: KeyRing,
  now: Temporal.Instant,
  { owner, seed, usedStep = 0 }: { owner: FactorOwner; seed: string; usedStep?: number },
): Promise<void> {
  await sql.query(
    `insert into one_time_seed (owner_kind, owner_id, seed_cipher, last_step, created_at) values ($1, $2, $3, $4, $5)
     on conflict (owner_kind, owner_id) do update set
       seed_cipher = excluded.seed_cipher, last_step = excluded.last_step, created_at = excluded.created_at`,
    [owner.kind, owner.id, seal(keys, seed, boundTo(owner)), usedStep, now.toString()],
  );
}

/**
 * Whether a code is right, accepting each only once: the step it was for is written by the same statement that checks
 * it, so two tries at once cannot both pass. Limit the tries before asking.
 */
export async function takeCode(
  sql: SqlRunner,
  keys: KeyRing,
  now: Temporal.Instant,
  { owner, typed }: { owner: FactorOwner; typed: string },
): Promise<boolean> {
  const [stored] = await sql.query<{ cipher: Buffer }>(
    'select seed_cipher as cipher from one_time_seed where owner_kind = $1 and owner_id = $2',
    [owner.kind, owner.id],
  );
  if (!stored) return false;
  const step = stepOf({ seed: unseal(keys, stored.cipher, boundTo(owner)), typed, now });
  if (step === null) return false;
  const taken = await sql.query(
    'update one_time_seed set last_step = $3 where owner_kind = $1 and owner_id = $2 and last_step < $3 returning 1',
    [owner.kind, owner.id, step],
  );
  return taken.length > 0;
}

/** Whether an authenticator app is set up. */
export async function hasSeed(sql: SqlRunner, owner: FactorOwner): Promise<boolean> {
  const rows = await sql.query('select 1 from one_time_seed where owner_kind = $1 and owner_id = $2', [
    owner.kind,
    owner.id,
  ]);
  return rows.length > 0;
}

/** From then on no code of theirs is right; without one nothing happens. */
export async function removeSeed(sql: SqlRunner, owner: FactorOwner): Promise<void> {
  await sql.query('delete from one_time_seed where owner_kind = $1 and owner_id = $2', [owner.kind, owner.id]);
}

const boundTo = (owner: FactorOwner) => `one-time-seed:${owner.kind}:${owner.id}`;

function totp(seed: string, issuer = '', label = ''): TOTP {
  const secret = Secret.fromBase32(seed);
  return new TOTP({ secret, issuer, label, algorithm: 'SHA1', digits: 6, period: STEP_SECONDS });
}
