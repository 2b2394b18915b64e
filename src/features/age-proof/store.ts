import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../infra/db/index.ts';
import type { YesNo } from './rules/age-check.ts';

/** What somebody agreed that a partner may be told. */
export interface Consent {
  readonly consentId: string;
  readonly partnerId: string;
  readonly subscriptionId: string;
  readonly scopes: readonly string[];
  readonly purpose: string;
  readonly grantHash: Buffer;
  readonly givenAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant;
}

const CONSENT = `partner_consent_id as "consentId", partner_id as "partnerId", subscription_id as "subscriptionId",
  scopes, purpose, grant_hash as "grantHash", given_at as "givenAt", expires_at as "expiresAt"`;

/** The consent that tokens with this grant rest on, while it stands. */
export async function loadLiveConsent(
  sql: SqlRunner,
  of: { grantHash: Buffer; now: Temporal.Instant },
): Promise<Consent | null> {
  const rows = await sql.query<Consent>(
    `select ${CONSENT} from partner_consent where grant_hash = $1 and withdrawn_at is null and expires_at > $2`,
    [of.grantHash, of.now.toString()],
  );
  return rows[0] ?? null;
}

/** Whether the person has forbidden a partner under contract to ask. */
export async function hasObjected(sql: SqlRunner, of: { subscriptionId: string; partnerId: string }): Promise<boolean> {
  const rows = await sql.query('select from partner_objection where subscription_id = $1 and partner_id = $2', [
    of.subscriptionId,
    of.partnerId,
  ]);
  return rows.length > 0;
}

/** Records an answer for the person to see. */
export async function insertAnswer(
  sql: SqlRunner,
  now: Temporal.Instant,
  answer: {
    answerId: string;
    subscriptionId: string;
    partnerId: string;
    kind: 'age' | 'data-volume';
    ageThreshold: number | null;
    answer: YesNo;
  },
): Promise<void> {
  await sql.query(
    `insert into partner_answer (partner_answer_id, subscription_id, partner_id, answered_at, kind, age_threshold, answer)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      answer.answerId,
      answer.subscriptionId,
      answer.partnerId,
      now.toString(),
      answer.kind,
      answer.ageThreshold,
      answer.answer,
    ],
  );
}

/** Forgets answers from before an instant; answers how many. */
export async function deleteOldAnswers(sql: SqlRunner, before: Temporal.Instant, portion: number): Promise<number> {
  const rows = await sql.query(
    `delete from partner_answer where partner_answer_id in (
       select partner_answer_id from partner_answer where answered_at < $1 limit $2) returning 1`,
    [before.toString(), portion],
  );
  return rows.length;
}
