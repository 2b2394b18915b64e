import type { Temporal } from 'temporal-polyfill';
import { instantText } from '../../base/instant-text.ts';
import type { SqlRunner } from '../../infra/db/index.ts';
import type { Allowance } from './rules/allowance.ts';

export interface SeenAllowance extends Allowance {
  readonly seenAt: Temporal.Instant;
}

/** What LINE said last; null before it was asked. */
export async function loadAllowance(sql: SqlRunner): Promise<SeenAllowance | null> {
  const [row] = await sql.query<SeenAllowance>(
    'select limit_per_month as "limitPerMonth", used, seen_at as "seenAt" from line_allowance',
  );
  return row ?? null;
}

export async function saveAllowance(sql: SqlRunner, { limitPerMonth, used, seenAt }: SeenAllowance): Promise<void> {
  await sql.query(
    `insert into line_allowance (limit_per_month, used, seen_at) values ($1, $2, $3)
     on conflict (is_only) do update set
       limit_per_month = excluded.limit_per_month, used = excluded.used, seen_at = excluded.seen_at`,
    [limitPerMonth, used, instantText(seenAt)],
  );
}
