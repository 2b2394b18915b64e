import { plainArray } from '../../infra/db/array-text.ts';
import type { Discloser } from '../../infra/db/disclosure.ts';

/** What the operator's own systems did to the data of a subscription. */
export const prepayDiscloser: Discloser = {
  tables: ['prepay_action'],
  keptBack: { usage_query: 'what the operator’s systems asked, for a day' },
  async disclose(sql, { subscriptionIds }) {
    const doneByOperator = await sql.query(
      `select subscription_id as "subscriptionId", kind, bucket, amount_bytes as "amountBytes", requested_at as "requestedAt",
         told_status as status
       from prepay_action where subscription_id = any($1::uuid[]) order by requested_at, action_id`,
      [plainArray(subscriptionIds)],
    );
    return { doneByOperator };
  },
};
