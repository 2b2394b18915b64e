import type { SqlRunner } from '../../infra/db/index.ts';

export interface HeldCode {
  readonly kind: 'plan' | 'option';
  readonly code: string;
  readonly subscriptions: number;
}

/**
 * Plans and options that a bill may still be made of: of what is in service, or ended within the time in which a month may
 * still be open, and of changes from or to them.
 */
export function loadHeldCodes(sql: SqlRunner, since: { instant: string; month: string }): Promise<readonly HeldCode[]> {
  return sql.query<HeldCode>(
    `with held as (
       select plan_code, option_codes, subscription_id from subscription where ended_at is null or ended_at > $1
       union all select from_plan_code, from_option_codes, subscription_id from plan_change
         where takes_effect_in >= $2 and state <> 'taken-back'
       union all select to_plan_code, to_option_codes, subscription_id from plan_change
         where takes_effect_in >= $2 and state <> 'taken-back'
     )
     select 'plan' as kind, plan_code as code, count(distinct subscription_id)::int as subscriptions
     from held group by plan_code
     union all
     select 'option', code, count(distinct subscription_id)::int
     from held cross join lateral unnest(option_codes) as code group by code
     order by kind desc, code`,
    [since.instant, since.month],
  );
}
