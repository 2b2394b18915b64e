import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../infra/db/index.ts';

/** Whether the person has forbidden a partner under contract to ask. */
export async function hasObjected(sql: SqlRunner, of: { subscriptionId: string; partnerId: string }): Promise<boolean> {
  const rows = await sql.query('select from partner_objection where subscription_id = $1 and partner_id = $2', [
    of.subscriptionId,
    of.partnerId,
  ]);
  return rows.length > 0;
}

export interface ContractPartner {
  readonly partnerId: string;
  readonly subscriptionId: string;
  readonly partnerName: { readonly ja: string; readonly en: string };
  readonly hasObjected: boolean;
}

/** Partners under contract that have asked about these subscriptions, and whether they are forbidden to. */
export async function loadContractPartners(
  sql: SqlRunner,
  subscriptionIds: readonly string[],
): Promise<readonly ContractPartner[]> {
  const rows = await sql.query<Omit<ContractPartner, 'partnerName'> & { nameJa: string; nameEn: string }>(
    `select p.partner_id as "partnerId", asked.subscription_id as "subscriptionId", p.name_ja as "nameJa",
       p.name_en as "nameEn", o.objected_at is not null as "hasObjected"
     from (select distinct subscription_id, partner_id from partner_answer where subscription_id = any ($1::uuid[])) asked
     join partner p using (partner_id)
     left join partner_objection o using (subscription_id, partner_id)
     where 'client-credentials' = any (p.grants)
     order by p.partner_id, asked.subscription_id`,
    [subscriptionIds],
  );
  return rows.map(({ nameJa, nameEn, ...row }) => ({ ...row, partnerName: { ja: nameJa, en: nameEn } }));
}

/** False when it was so already. */
export async function insertObjection(
  sql: SqlRunner,
  now: Temporal.Instant,
  of: { subscriptionId: string; partnerId: string },
): Promise<boolean> {
  const rows = await sql.query(
    `insert into partner_objection (subscription_id, partner_id, objected_at) values ($1, $2, $3)
     on conflict do nothing returning 1`,
    [of.subscriptionId, of.partnerId, now.toString()],
  );
  return rows.length > 0;
}

export async function deleteObjection(
  sql: SqlRunner,
  of: { subscriptionId: string; partnerId: string },
): Promise<boolean> {
  const rows = await sql.query(
    'delete from partner_objection where subscription_id = $1 and partner_id = $2 returning 1',
    [of.subscriptionId, of.partnerId],
  );
  return rows.length > 0;
}
