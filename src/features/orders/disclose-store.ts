import type { Discloser } from '../../infra/db/disclosure.ts';
import { type OrderChangeRow, type OrderRow, openChange, openOrder, openText } from './order.ts';
import type { Application } from './rules/application.ts';
import { CHANGE, ORDER } from './store.ts';

/** Applications of the contractor's and the contract documents. */
export const ordersDiscloser: Discloser = {
  tables: [
    'product_order',
    'product_order_change',
    'product_order_activation',
    'order_cancellation',
    'contract_document',
  ],
  keptBack: {
    product_order_trait: 'hashes by which the same application is known again',
    product_order_link: 'a secret, as a hash',
    product_order_welcome: 'the first password, sealed until it is shown',
  },
  async disclose(sql, { contractorId, key }) {
    const ofOrder = `o join product_order p using (order_id) where p.contractor_id = $1`;
    const rows = await sql.query<OrderRow>(
      `select ${ORDER} from product_order o where o.contractor_id = $1 order by o.placed_at, o.order_id`,
      [contractorId],
    );
    const changes = await sql.query<OrderChangeRow>(
      `select ${CHANGE} from product_order_change where order_id in (select order_id from product_order where contractor_id = $1)
       order by order_id, version`,
      [contractorId],
    );
    const activations = await sql.query<{ orderId: string }>(
      `select o.order_id as "orderId", o.round, o.state, '+' || o.msisdn as "phoneNumber", o.iccid as "simNumber",
         o.ended_at as "endedAt"
       from product_order_activation ${ofOrder} order by o.order_id, o.round`,
      [contractorId],
    );
    const cancellations = await sql.query<{ orderId: string; reasonCipher: Buffer | null }>(
      `select o.order_id as "orderId", o.state, o.requested_at as "requestedAt", o.effective_at as "effectiveAt",
         o.reason_cipher as "reasonCipher"
       from order_cancellation ${ofOrder} order by o.requested_at, o.cancellation_id`,
      [contractorId],
    );
    const documents = await sql.query<{ orderId: string; deliveredAt: unknown; cipher: Buffer }>(
      `select o.order_id as "orderId", o.delivered_at as "deliveredAt", o.cipher from contract_document ${ofOrder}`,
      [contractorId],
    );
    const orders = rows.map((row) => {
      const { orderId, orderNumber, state, subscriptionId, placedAt, changedAt, application } = openOrder(key, row);
      const isOf = (each: { orderId: string }) => each.orderId === orderId;
      return {
        orderNumber,
        state,
        subscriptionId,
        placedAt,
        changedAt,
        application: givenIn(application),
        history: changes.filter(isOf).map((change) => {
          const { at, event, actorKind, toState, note, about, before } = openChange(key, change);
          // What staff write to the applicant was shown to them; what they write to one another was not.
          const isShown = actorKind === 'applicant' || event === 'ask' || event === 'reject';
          return {
            at,
            event,
            by: actorKind,
            toState,
            about,
            note: isShown ? note : null,
            before: before && givenIn(before),
          };
        }),
        activations: activations.filter(isOf).map(({ orderId: _, ...activation }) => activation),
        cancellations: cancellations.filter(isOf).map(({ orderId: _, reasonCipher, ...cancellation }) => ({
          ...cancellation,
          reason: reasonCipher && openText(key, orderId, reasonCipher),
        })),
        contractDocuments: documents.filter(isOf).map(({ deliveredAt, cipher }) => ({
          deliveredAt,
          document: JSON.parse(openText(key, orderId, cipher)),
        })),
      };
    });
    return { orders };
  },
};

/** What the applicant gave, without ids of ours, whose invitation it was, and what opens something at another company. */
function givenIn({ requestId: _, contractor, payment, invitation, lineUserId, entryCode, ...given }: Application) {
  return {
    ...given,
    contractor: contractor.kind === 'new' ? contractor : { kind: contractor.kind },
    card: payment && { brand: payment.brand, lastFourDigits: payment.lastFour, expiresInMonth: payment.expiresIn },
    isInvited: invitation !== null,
    isByLine: lineUserId !== null,
    hasEntryCode: entryCode !== null,
  };
}
