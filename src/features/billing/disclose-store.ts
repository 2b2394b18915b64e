import { plainArray } from '../../infra/db/array-text.ts';
import type { Discloser } from '../../infra/db/disclosure.ts';

/** Bills and what they are made of, the card by its last four digits, wishes to leave. */
export const billingDiscloser: Discloser = {
  tables: ['bill', 'bill_line', 'bill_charge', 'payment_card', 'card_visit', 'leave_request'],
  keptBack: {
    bill_closing: 'nothing of anybody',
    card_to_forget: 'the gateway’s word for a card that was replaced, until the gateway has forgotten it too',
  },
  async disclose(sql, { contractorId, subscriptionIds }) {
    const bills = await sql.query(
      `select b.month, b.total_yen as "totalYen", b.taxed_yen as "taxedYen", b.tax_percent as "taxPercent", b.tax_yen as "taxYen",
         b.closed_at as "closedAt",
         (select jsonb_agg(jsonb_build_object('kind', l.kind, 'label', l.label, 'amountYen', l.amount_yen, 'isTaxed', l.is_taxed,
            'subscriptionId', l.subscription_id) order by l.position) from bill_line l where l.bill_id = b.bill_id) as lines
       from bill b where b.contractor_id = $1 order by b.month`,
      [contractorId],
    );
    const charges = await sql.query(
      `select month, kind, label, amount_yen as "amountYen", is_taxed as "isTaxed", subscription_id as "subscriptionId",
         caused_at as "causedAt", recorded_at as "recordedAt", bill_id is not null as "isBilled"
       from bill_charge where contractor_id = $1 order by caused_at, charge_id`,
      [contractorId],
    );
    const [card = null] = await sql.query(
      `select brand, last_four as "lastFourDigits", expires_in as "expiresInMonth", registered_at as "registeredAt"
       from payment_card where contractor_id = $1`,
      [contractorId],
    );
    const cardVisits = await sql.query(
      `select opened_at as "openedAt", outcome, ended_at as "endedAt" from card_visit
       where contractor_id = $1 order by opened_at, card_visit_id`,
      [contractorId],
    );
    const leaveRequests = await sql.query(
      `select subscription_id as "subscriptionId", kind, asked_at as "askedAt", ends_at as "endsAt",
         reservation_number as "portingReservationNumber", state, settled_at as "settledAt"
       from leave_request where subscription_id = any($1::uuid[]) order by asked_at, leave_id`,
      [plainArray(subscriptionIds)],
    );
    return { bills, charges, payment: { card, cardVisits }, leaveRequests };
  },
};
