import type { SqlRunner } from '../../../infra/db/runner.ts';

/** Everything the bills of one contractor follow from, and the bills: plain JSON, one line a contractor. */
export interface ContractorFacts {
  readonly contractorId: string;
  readonly createdAt: string;
  readonly subscriptions: readonly {
    readonly subscriptionId: string;
    readonly opensAt: string;
    readonly endedAt: string | null;
    readonly planCode: string;
    readonly optionCodes: readonly string[];
  }[];
  readonly changes: readonly {
    readonly subscriptionId: string;
    readonly takesEffectIn: string;
    readonly state: 'waiting' | 'applied';
    readonly fromPlanCode: string;
    readonly fromOptionCodes: readonly string[];
    readonly toPlanCode: string;
    readonly toOptionCodes: readonly string[];
  }[];
  readonly charges: readonly {
    readonly chargeId: string;
    readonly kind: string;
    readonly month: string;
    readonly amountYen: number;
    readonly isTaxed: boolean;
    readonly recordedAt: string;
    /** The month of the bill it is on. */
    readonly billedIn: string | null;
  }[];
  readonly bills: readonly {
    readonly month: string;
    readonly totalYen: number;
    readonly taxedYen: number;
    readonly taxYen: number;
    readonly pointsYen: number;
    /** What was below zero and went onto the next bill. */
    readonly carriedYen: number;
    readonly linesYen: number;
    readonly closedAt: string;
  }[];
}

/** The facts of the next contractors in id order, each as one JSON value. */
export async function loadFacts(sql: SqlRunner, after: string, size: number): Promise<readonly ContractorFacts[]> {
  const rows = await sql.query<{ facts: ContractorFacts }>(
    `select jsonb_build_object(
       'contractorId', c.contractor_id,
       'createdAt', c.created_at,
       'subscriptions', coalesce((
         select jsonb_agg(jsonb_build_object('subscriptionId', s.subscription_id, 'opensAt', s.opens_at,
           'endedAt', s.ended_at, 'planCode', s.plan_code, 'optionCodes', s.option_codes) order by s.subscription_id)
         from subscription s where s.contractor_id = c.contractor_id), '[]'),
       'changes', coalesce((
         select jsonb_agg(jsonb_build_object('subscriptionId', p.subscription_id, 'takesEffectIn', p.takes_effect_in,
           'state', p.state, 'fromPlanCode', p.from_plan_code, 'fromOptionCodes', p.from_option_codes,
           'toPlanCode', p.to_plan_code, 'toOptionCodes', p.to_option_codes)
           order by p.takes_effect_in, p.settled_at nulls last, p.plan_change_id)
         from plan_change p join subscription s using (subscription_id)
         where s.contractor_id = c.contractor_id and p.state <> 'taken-back'), '[]'),
       'charges', coalesce((
         select jsonb_agg(jsonb_build_object('chargeId', h.charge_id, 'kind', h.kind, 'month', h.month, 'amountYen', h.amount_yen,
           'isTaxed', h.is_taxed, 'recordedAt', h.recorded_at, 'billedIn', b.month) order by h.charge_id)
         from bill_charge h left join bill b using (bill_id)
         where h.contractor_id = c.contractor_id), '[]'),
       'bills', coalesce((
         select jsonb_agg(jsonb_build_object('month', b.month, 'totalYen', b.total_yen, 'taxedYen', b.taxed_yen,
           'taxYen', b.tax_yen, 'closedAt', b.closed_at,
           'pointsYen', -coalesce((select sum(l.amount_yen) from bill_line l
                                   where l.bill_id = b.bill_id and l.kind = 'points'), 0),
           'carriedYen', coalesce((select sum(l.amount_yen) from bill_line l
                                   where l.bill_id = b.bill_id and l.kind = 'carried'
                                     and l.charge_id is null), 0),
           'linesYen', coalesce((select sum(l.amount_yen) from bill_line l where l.bill_id = b.bill_id), 0))
           order by b.month)
         from bill b where b.contractor_id = c.contractor_id), '[]')
     ) as facts
     from contractor c where c.contractor_id > $1 order by c.contractor_id limit $2`,
    [after, size],
  );
  return rows.map(({ facts }) => facts);
}

/** Months whose bills are closed for everybody, without the one that only says where billing began. */
export async function loadClosedMonths(sql: SqlRunner): Promise<readonly string[]> {
  const rows = await sql.query<{ month: string }>('select month from bill_closing order by month offset 1');
  return rows.map(({ month }) => month);
}
