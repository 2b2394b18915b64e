import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../infra/db/index.ts';
import type { YesNo } from './rules/age-check.ts';
import type { ServiceStatus } from './rules/service-status.ts';
import type { VolumeCategory } from './rules/volume.ts';

/** A question and what was told. */
export type Answer =
  | { readonly kind: 'age'; readonly ageThreshold: number; readonly answer: YesNo }
  | { readonly kind: 'data-volume'; readonly answer: VolumeCategory | 'true' | 'false' }
  | { readonly kind: 'tenure'; readonly tenureDate: string; readonly answer: 'true' | 'false' }
  | { readonly kind: 'service-status'; readonly answer: ServiceStatus['dataService'] };

export type AnswerKind = Answer['kind'];

/** Records an answer for the person to see. */
export async function insertAnswer(
  sql: SqlRunner,
  now: Temporal.Instant,
  answer: Answer & { answerId: string; subscriptionId: string; partnerId: string },
): Promise<void> {
  await sql.query(
    `insert into partner_answer (partner_answer_id, subscription_id, partner_id, answered_at, kind, age_threshold, tenure_date, answer)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      answer.answerId,
      answer.subscriptionId,
      answer.partnerId,
      now.toString(),
      answer.kind,
      answer.kind === 'age' ? answer.ageThreshold : null,
      answer.kind === 'tenure' ? answer.tenureDate : null,
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

export interface SeenAnswer {
  readonly subscriptionId: string;
  readonly partnerId: string;
  readonly partnerName: { readonly ja: string; readonly en: string };
  readonly answeredAt: Temporal.Instant;
  readonly kind: AnswerKind;
  readonly ageThreshold: number | null;
  /** `YYYY-MM-DD`. */
  readonly tenureDate: string | null;
  readonly answer: string;
}

/** What was told about these subscriptions, the latest first. */
export async function loadAnswers(
  sql: SqlRunner,
  of: { subscriptionIds: readonly string[]; limit: number },
): Promise<readonly SeenAnswer[]> {
  const rows = await sql.query<Omit<SeenAnswer, 'partnerName'> & { nameJa: string; nameEn: string }>(
    `select a.subscription_id as "subscriptionId", a.partner_id as "partnerId", a.answered_at as "answeredAt", a.kind,
       a.age_threshold as "ageThreshold", a.tenure_date as "tenureDate", a.answer, p.name_ja as "nameJa", p.name_en as "nameEn"
     from partner_answer a join partner p using (partner_id)
     where a.subscription_id = any ($1::uuid[])
     order by a.answered_at desc, a.partner_answer_id desc
     limit $2`,
    [of.subscriptionIds, of.limit],
  );
  return rows.map(({ nameJa, nameEn, ...row }) => ({ ...row, partnerName: { ja: nameJa, en: nameEn } }));
}
