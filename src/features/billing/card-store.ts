import type { Temporal } from 'temporal-polyfill';
import { plainArray } from '../../infra/db/array-text.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';
import { forgetWhere } from '../../infra/jobs/forget.ts';
import type { Card, CardEntry, CardEntryResult } from '../../infra/payments/payments.ts';

/** A visit to the gateway's page. */
export interface CardVisit {
  readonly visitId: string;
  readonly contractorId: string;
  /** Null until the gateway has answered. */
  readonly entryId: string | null;
  readonly url: string | null;
  /** Null while the person may still be there. */
  readonly outcome: CardEntryResult['outcome'] | null;
}

export async function loadCard(sql: SqlRunner, contractorId: string): Promise<Card | null> {
  const rows = await sql.query<Card>(
    `select reference, brand, last_four as "lastFour", expires_in as "expiresIn"
     from payment_card where contractor_id = $1`,
    [contractorId],
  );
  return rows[0] ?? null;
}

/** The card a contractor pays with from now on; the one before is to be forgotten. */
export async function saveCard(
  sql: SqlRunner,
  now: Temporal.Instant,
  { contractorId, card }: { contractorId: string; card: Card },
): Promise<void> {
  await sql.query(
    `with before as (select reference from payment_card where contractor_id = $1 and reference <> $2)
     insert into card_to_forget (reference, replaced_at) select reference, $3 from before on conflict do nothing`,
    [contractorId, card.reference, now.toString()],
  );
  await sql.query(
    `insert into payment_card (contractor_id, reference, brand, last_four, expires_in, registered_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (contractor_id) do update set reference = excluded.reference, brand = excluded.brand,
       last_four = excluded.last_four, expires_in = excluded.expires_in, registered_at = excluded.registered_at`,
    [contractorId, card.reference, card.brand, card.lastFour, card.expiresIn, now.toString()],
  );
}

/** Nobody pays with it any more: the gateway is to forget it, too. */
export async function deleteCard(sql: SqlRunner, now: Temporal.Instant, contractorId: string): Promise<void> {
  await sql.query(
    `with gone as (delete from payment_card where contractor_id = $1 returning reference)
     insert into card_to_forget (reference, replaced_at) select reference, $2 from gone on conflict do nothing`,
    [contractorId, now.toString()],
  );
}

/** Locks the contractor, so that visits are counted one after the other. */
export async function countVisits(
  sql: SqlRunner,
  { contractorId, since }: { contractorId: string; since: Temporal.Instant },
): Promise<number> {
  await sql.query('select from contractor where contractor_id = $1 for update', [contractorId]);
  const rows = await sql.query<{ count: number }>(
    'select count(*) as count from card_visit where contractor_id = $1 and opened_at > $2',
    [contractorId, since.toString()],
  );
  return rows[0]?.count ?? 0;
}

export async function insertVisit(
  sql: SqlRunner,
  now: Temporal.Instant,
  { visitId, contractorId }: Pick<CardVisit, 'visitId' | 'contractorId'>,
): Promise<void> {
  await sql.query('insert into card_visit (card_visit_id, contractor_id, opened_at) values ($1, $2, $3)', [
    visitId,
    contractorId,
    now.toString(),
  ]);
}

/** Whosever it is. */
export async function loadVisit(
  sql: SqlRunner,
  visitId: string,
  lock: '' | 'for update' = '',
): Promise<CardVisit | null> {
  const rows = await sql.query<CardVisit>(
    `select card_visit_id as "visitId", contractor_id as "contractorId", entry_id as "entryId", entry_url as url, outcome
     from card_visit where card_visit_id = $1 ${lock}`,
    [visitId],
  );
  return rows[0] ?? null;
}

export async function noteEntry(sql: SqlRunner, visitId: string, { entryId, url }: CardEntry): Promise<void> {
  await sql.query('update card_visit set entry_id = $2, entry_url = $3 where card_visit_id = $1', [
    visitId,
    entryId,
    url,
  ]);
}

export async function endVisit(
  sql: SqlRunner,
  now: Temporal.Instant,
  { visitId, outcome }: { visitId: string; outcome: CardEntryResult['outcome'] },
): Promise<void> {
  await sql.query('update card_visit set outcome = $2, ended_at = $3 where card_visit_id = $1', [
    visitId,
    outcome,
    now.toString(),
  ]);
}

/** Visits begun before an instant, whatever came of them. */
export function deleteVisitsBefore(sql: SqlRunner, before: Temporal.Instant, stopping?: AbortSignal): Promise<number> {
  return forgetWhere(sql, { table: 'card_visit', condition: 'opened_at < $1', before }, stopping);
}

/** Those of the cards that nobody pays with. */
export async function noteCardsToForget(
  sql: SqlRunner,
  now: Temporal.Instant,
  references: readonly string[],
): Promise<void> {
  await sql.query(
    `insert into card_to_forget (reference, replaced_at)
     select reference, $2 from unnest($1::text[]) as reference
     where not exists (select from payment_card p where p.reference = reference.reference) on conflict do nothing`,
    [references, now.toString()],
  );
}

export async function loadCardsToForget(sql: SqlRunner, limit: number): Promise<readonly string[]> {
  const rows = await sql.query<{ reference: string }>(
    'select reference from card_to_forget order by replaced_at, reference limit $1',
    [limit],
  );
  return rows.map(({ reference }) => reference);
}

export async function noteForgotten(sql: SqlRunner, references: readonly string[]): Promise<void> {
  await sql.query('delete from card_to_forget where reference = any($1::text[])', [plainArray(references)]);
}
