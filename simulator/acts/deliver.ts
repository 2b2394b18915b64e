import type { TalkEntry } from '../contract.ts';
import type { Platform } from '../platform.ts';
import type { PersonRecord } from '../world/people.ts';
import type { World } from '../world/world.ts';

/** A message object already checked. */
export type CheckedMessage = { type: string } & Record<string, unknown>;

export interface SentMessage {
  id: string;
  quoteToken?: string;
}

const quotable = new Set(['text', 'textV2', 'sticker', 'image', 'video', 'template']);

/**
 * Puts the account's messages into the talks of those who can be reached. Everybody else is passed over in silence:
 * LINE answers 200 for people who blocked the account.
 * @param canReach who is reached, when it is not who may be pushed to
 */
export function deliver(
  { world }: Platform,
  people: PersonRecord[],
  messages: CheckedMessage[],
  canReach: (nowMs: number, person: PersonRecord) => boolean = isReached,
): SentMessage[] {
  const sent = messages.map((message) => ({
    message,
    id: world.ids.messageId(),
    quoteToken: quotable.has(message.type) ? world.ids.quoteToken() : null,
  }));
  for (const person of people) {
    if (!canReach(world.clock.now(), person)) continue;
    for (const { id, message } of sent) {
      const entry = { id, from: 'account' as const, at: world.clock.instant(), message };
      world.talks.add(person.userId, message.type === 'coupon' ? { ...entry, ...couponIn(world, message) } : entry);
    }
    world.changes.tell({ type: 'screen', userId: person.userId });
  }
  return sent.map(({ id, quoteToken }) => (quoteToken ? { id, quoteToken } : { id }));
}

/** Nothing when the account has no such coupon; LINE sends it all the same. */
function couponIn({ coupons }: World, message: CheckedMessage): Pick<TalkEntry, 'coupon'> {
  const coupon = coupons.find(String(message.couponId));
  if (!coupon) return {};
  const { title, imageUrl, endTimestamp } = coupon.body;
  const endsAt = new Date(endTimestamp * 1_000).toISOString();
  return { coupon: { title, ...(imageUrl ? { imageUrl } : {}), endsAt } };
}

const strangerWindowMs = 7 * 24 * 60 * 60_000;

/** A friend who has not blocked, or somebody who wrote within the last seven days. */
export function isReached(nowMs: number, person: PersonRecord): boolean {
  if (person.isBlocked || person.hasLeft) return false;
  return person.isFriend || (person.lastWroteAtMs !== null && nowMs - person.lastWroteAtMs <= strangerWindowMs);
}
