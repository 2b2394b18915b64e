import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { dayOf } from '../../base/operator-month.ts';
import { type Db, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import { insertContractDocument, loadContractDocument } from './contract-document-store.ts';
import type { CompletedOrder, OrdersDeps } from './deps.ts';
import { openText, sealText } from './order.ts';
import { wholeName } from './rules/application.ts';
import { withdrawalLastDay } from './rules/deadlines.ts';

const named = z.object({ ja: z.string(), en: z.string() });
const priced = z.object({ name: named, monthlyFeeYen: z.number() });

const contractDocument = z.object({
  contractor: z.object({
    name: z.string(),
    kana: z.string().nullable(),
    birthDate: z.string().nullable(),
    mail: z.string(),
    home: z.object({ postalCode: z.string(), address: z.string(), phone: z.string() }).nullable(),
  }),
  /** Whoever carries the phone, if that is somebody else. */
  user: z.object({ name: z.string(), hasFiltering: z.boolean() }).nullable(),
  msisdn: z.string(),
  simKind: z.enum(['sim', 'esim']),
  plan: priced,
  megabytes: z.number(),
  options: z.array(priced),
  universalServiceFeeYen: z.number(),
  registrationFeeYen: z.number(),
  /** Null: the way of paying the contract had already. */
  card: z.object({ brand: z.string(), lastFour: z.string() }).nullable(),
  /** What was read and agreed to, in its version. */
  agreed: z.array(z.object({ title: named, version: z.string() })),
  /** ISO days: when it was delivered, and the last one for cancelling without a reason. */
  deliveredOn: z.string(),
  withdrawalDays: z.number(),
  withdrawalLastDay: z.string(),
});

/** The contract document (契約書面): what was agreed, with the prices of the day on which it was delivered. */
export type ContractDocument = z.infer<typeof contractDocument>;

/**
 * Writes the document with the completion of its order: prices that change later change nothing in it.
 *
 * @param msisdn E.164 digits without the plus sign
 */
export async function deliverDocument(deps: OrdersDeps, tx: Db, order: CompletedOrder, msisdn: string): Promise<void> {
  const sql = runnerOf(tx);
  const document = await documentOf(deps, sql, order, msisdn);
  await insertContractDocument(sql, order.changedAt, {
    orderId: order.orderId,
    cipher: sealText(deps.secrets.show, order.orderId, JSON.stringify(document)),
  });
}

/** The document of an order, as it was delivered; null for orders completed before there were documents. */
export async function documentOfOrder(
  { secrets }: Pick<OrdersDeps, 'secrets'>,
  sql: SqlRunner,
  orderId: string,
): Promise<{ document: ContractDocument; deliveredAt: Temporal.Instant } | null> {
  const row = await loadContractDocument(sql, orderId);
  if (!row) return null;
  const document = contractDocument.parse(JSON.parse(openText(secrets.show, orderId, row.cipher)));
  return { document, deliveredAt: row.deliveredAt };
}

async function documentOf(
  deps: OrdersDeps,
  sql: SqlRunner,
  order: CompletedOrder,
  msisdn: string,
): Promise<ContractDocument> {
  const { operator, contractors } = deps;
  const { application, contractorId, changedAt } = order;
  const plan = operator.plans.find(({ code }) => code === application.planCode);
  const contractor = await contractors.contractor(sql, contractorId);
  if (!plan || !contractor) throw new Error('a completed order has its plan and its contractor');
  const { name, kana, birthDate, email } = contractor;
  const isWaived = await deps.isFeeWaived(sql, order);
  const days = operator.orders.withdrawalDays;
  const zone = operator.timeZone;
  const { user, payment } = application;
  return {
    contractor: { name, kana, birthDate, mail: email, home: await contractors.homeOf(sql, contractorId) },
    user: user.kind === 'other' ? { name: wholeName(user.name), hasFiltering: user.filtering } : null,
    msisdn,
    simKind: application.simKind,
    plan: { name: plan.name, monthlyFeeYen: plan.monthlyFeeYen },
    megabytes: Math.round(plan.monthlyBytes / operator.megabyte),
    options: operator.billing.options
      .filter(({ code }) => application.optionCodes.includes(code))
      .map((option) => ({ name: option.name, monthlyFeeYen: option.monthlyFeeYen })),
    universalServiceFeeYen: operator.billing.universalServiceFeeYen,
    registrationFeeYen: isWaived ? 0 : operator.orders.registrationFeeYen,
    card: payment && { brand: payment.brand, lastFour: payment.lastFour },
    agreed: application.documents.map(({ code, version }) => ({
      title: operator.applications.documents.find((each) => each.code === code)?.title ?? { ja: code, en: code },
      version,
    })),
    deliveredOn: dayOf(changedAt, zone),
    withdrawalDays: days,
    withdrawalLastDay: withdrawalLastDay(changedAt, { days, zone }),
  };
}
