import { newId } from '../../src/base/ids.ts';
import { linkUser } from './partner-talk.ts';
import { type PartnerWorld, partnerWorld } from './partner-world.ts';

export const PREPAY = '/tmf-api/prepayBalanceManagement/v4';

export type Person = Awaited<ReturnType<PartnerWorld['subscription']>>;
type Linked = Person & { lineUserId: string };

/** The whole program, asked over TM Forum's prepay balance by a system that shows the operator's key. */
export async function prepayWorld() {
  const world = await partnerWorld();
  let people = 0;

  async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(world.url + (path.startsWith('/tmf-api') ? path : PREPAY + path), {
      method,
      headers: {
        authorization: `Bearer ${world.app.config.apiKey}`,
        'content-type': 'application/json',
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, json: text === '' ? null : JSON.parse(text) };
  }

  async function left({ subscriptionId }: Person) {
    const { json } = await ask('GET', `/accumulatedBalance/${subscriptionId}`);
    return json.totalBalance;
  }

  /** With a person on LINE who is linked to it as its user. */
  async function linked(): Promise<Linked> {
    people += 1;
    const [one, lineUserId] = [await world.subscription(), `U${String(people).padStart(32, '0')}`];
    await linkUser(world, one, lineUserId);
    return { ...one, lineUserId };
  }

  const claim = (giftId: string, from: Person, to: Linked) =>
    world.app.gifts.claimGift({
      requestId: newId(),
      gift: { giftId, senderSubscriptionId: from.subscriptionId },
      receiverSubscriptionId: to.subscriptionId,
      receiverLineUserId: to.lineUserId,
    });

  return { world, ask, left, linked, claim };
}

export const topUpOf = ({ subscriptionId, contractorId }: Person, amount = { amount: 1.5, units: 'GB' }) => ({
  amount,
  usageType: 'data',
  bucket: { id: `${subscriptionId}.top-up` },
  partyAccount: { id: contractorId },
  channel: { id: 'shop-7' },
});

export const transferOf = (from: Person, to: Pick<Person, 'phoneNumber'>, amount = { amount: 500, units: 'MB' }) => ({
  amount,
  usageType: 'data',
  bucket: { id: `${from.subscriptionId}.base` },
  logicalResource: [{ id: from.phoneNumber }],
  receiverBucket: { id: 'receiver' },
  receiverBucketUsageType: 'data',
  receiverLogicalResource: { id: to.phoneNumber },
  channel: { id: 'shop-7' },
  reason: 'Asked for at the counter',
});
