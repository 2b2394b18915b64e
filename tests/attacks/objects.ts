import { randomBytes } from 'node:crypto';
import type { App } from '../../src/app.ts';
import { newId } from '../../src/base/ids.ts';
import { demoPartners, seedPartners } from '../../src/demo/partners.ts';
import { createClaimTokens } from '../../src/features/gifts/claim-token.ts';
import { parseKeys } from '../../src/infra/secrets.ts';
import { application } from '../support/orders.ts';
import type { Family, Run } from './people.ts';

/** What the family owns besides its subscriptions, one of each kind, by id. */
export async function giveThings(
  app: App,
  run: Run,
  { family, lines, keys, now }: { family: Family; lines: { owner: string; child: string }; keys: string; now: string },
) {
  const { contractorId } = family;
  const [own = '', child = '', leaving = ''] = family.subscriptionIds;
  const megabytes = 500_000_000;

  const bought = await app.billing.topUp({ requestId: newId(), contractorId, subscriptionId: own, packCode: 'gb1' });
  if (!bought.ok || bought.answer.result !== 'topped-up') throw new Error('no top-up');
  const planned = await app.billing.askPlanChange({
    requestId: newId(),
    contractorId,
    subscriptionId: child,
    to: { planCode: 'p3', optionCodes: [] },
  });
  if (!planned.ok) throw new Error(planned.code);
  const left = await app.billing.askLeave({
    requestId: newId(),
    contractorId,
    subscriptionId: leaving,
    kind: 'mnp-out',
  });
  if (!left.ok) throw new Error(left.code);

  const offer = async (
    senderSubscriptionId: string,
    senderLineUserId: string,
    receiverSubscriptionId: string | null,
  ) => {
    const way = receiverSubscriptionId === null ? ('share-link' as const) : ('same-contract' as const);
    const asked = { senderSubscriptionId, senderLineUserId, receiverSubscriptionId, amountBytes: megabytes, way };
    const given = await app.gifts.offerGift({ requestId: newId(), ...asked });
    if (!given.ok || given.answer.result !== 'offered') throw new Error(`no gift: ${JSON.stringify(given)}`);
    return given.answer.giftId;
  };
  const sentGift = await offer(own, lines.owner, null);
  const namedGift = await offer(child, lines.child, own);
  const declinedGift = await offer(child, lines.child, own);

  await app.points.giveGoodwill({
    requestId: newId(),
    contractorId,
    points: 300,
    reason: 'カナリアお詫び',
    staff: 'test',
  });
  const order = { requestId: newId(), contractorId, lineUserId: lines.owner, stickerCode: 'sakura-cat' };
  const ordered = await app.points.orderSticker(order);
  if (!ordered.ok || ordered.answer.result !== 'ordered') throw new Error('no sticker order');

  const name = { family: 'カナリア', given: '申込' };
  const applied = await app.orders.place(
    application({
      requestId: newId(),
      contractor: { kind: 'existing', contractorId },
      user: { kind: 'other', name, kana: name, birthDate: '1990-01-01', filtering: false, guardian: null },
      lineUserId: lines.owner,
    }),
  );
  if (!applied.ok) throw new Error(applied.code);

  const [draft, spareDraft] = [newId(), newId()];
  for (const draftId of [draft, spareDraft]) {
    await app.applications.begin({ contractorId, lineUserId: lines.owner, browserHash: null }, draftId);
  }

  await seedPartners(app);
  const consent = newId();
  await run(
    `insert into partner_consent
       (partner_consent_id, partner_id, subscription_id, scopes, purpose, proven_by, grant_hash, given_at, expires_at)
     values ($1, $2, $3, '{kyc-age-verification:verify}', 'dpv:LegalCompliance', 'contractor', $4, $5, '2027-01-01Z')`,
    [consent, demoPartners.shop.partnerId, own, randomBytes(32), now],
  );
  await run(
    `insert into partner_answer (partner_answer_id, subscription_id, partner_id, answered_at, kind, age_threshold, answer)
     values ($1, $2, $3, $4, 'age', 18, 'true')`,
    [newId(), own, demoPartners.shop.partnerId, now],
  );
  const cardVisit = newId();
  await run(
    `insert into card_visit (card_visit_id, contractor_id, opened_at, entry_id, entry_url, outcome, ended_at)
     values ($1, $2, $3, 'entry', 'http://127.0.0.1:9/enter', 'declined', $3)`,
    [cardVisit, contractorId, now],
  );
  const conversation = newId();
  await run(
    `insert into conversation (conversation_id, line_user_id, state, origin, language, begun_by_event, asked_at, queued_at)
     values ($1, $2, 'waiting', 'talk', 'ja', 'canary', $3, $3)`,
    [conversation, lines.owner, now],
  );
  await run(
    `insert into conversation_message (message_id, conversation_id, at, author, content)
     values ($1, $2, $3, 'person', '{"kind": "text", "text": "カナリア相談"}')`,
    [newId(), conversation, now],
  );
  const passkey = randomBytes(32).toString('base64url');
  await run(
    `insert into passkey (credential_id, owner_kind, owner_id, public_key, counter, transports, created_at)
     values ($1, 'contractor', $2, '', 0, '{}', $3)`,
    [passkey, contractorId, now],
  );
  return {
    topUp: bought.answer.chargeId,
    sentGift,
    namedGift,
    declinedGift,
    order: ordered.answer.orderId,
    application: applied.value.orderId,
    draft,
    spareDraft,
    consent,
    conversation,
    passkey,
    cardVisit,
    token: createClaimTokens(parseKeys(keys).tokens).tokenOf(sentGift),
    reservationNumber: left.value.reservationNumber ?? '',
  };
}
