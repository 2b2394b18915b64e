import type { TalkEntry } from '../contract.ts';
import type { Platform } from '../platform.ts';
import type { Group } from '../world/groups.ts';
import type { PersonRecord } from '../world/people.ts';
import type { World } from '../world/world.ts';

/** A message object already checked. */
export type CheckedMessage = { type: string } & Record<string, unknown>;

export interface SentMessage {
  id: string;
  quoteToken?: string;
}

/** Who is written to: a person, or all who talk in a group. */
export type Recipient = PersonRecord | Group;

/** The id under which their talk is kept. */
export function chatOf(recipient: Recipient): string {
  return isGroup(recipient) ? recipient.groupId : recipient.userId;
}

export function isGroup(recipient: Recipient): recipient is Group {
  return 'groupId' in recipient;
}

const quotable = new Set(['text', 'textV2', 'sticker', 'image', 'video', 'template']);

/**
 * Puts the account's messages into the talks of those who can be reached. Everybody else is passed over in silence:
 * LINE answers 200 for people who blocked the account.
 * @param canReach who is reached, when it is not who may be pushed to
 */
export function deliver(
  { world }: Platform,
  recipients: Recipient[],
  messages: CheckedMessage[],
  canReach: (nowMs: number, recipient: Recipient) => boolean = isReached,
): SentMessage[] {
  const sent = messages.map((message) => ({
    message,
    id: world.ids.messageId(),
    quoteToken: quotable.has(message.type) ? world.ids.quoteToken() : null,
  }));
  for (const recipient of recipients) {
    if (!canReach(world.clock.now(), recipient)) continue;
    const chatId = chatOf(recipient);
    for (const { id, message, quoteToken } of sent) {
      const entry = { id, from: 'account' as const, at: world.clock.instant(), message };
      world.talks.add(chatId, isPlain(message) ? entry : { ...entry, ...besides(world, chatId, message) });
      if (quoteToken && recipients.length === 1) world.quotes.remember(quoteToken, { chatId, messageId: id });
    }
    world.changes.tell({ type: 'screen', userId: chatId });
  }
  return sent.map(({ id, quoteToken }) => (quoteToken ? { id, quoteToken } : { id }));
}

/** Most messages quote nothing and are no coupon; their entries need not be copied. */
function isPlain(message: CheckedMessage): boolean {
  return message.type !== 'coupon' && message.quoteToken === undefined;
}

/** What the message only points at: the coupon, the message quoted. */
function besides(world: World, chatId: string, message: CheckedMessage): Pick<TalkEntry, 'coupon' | 'quotedMessageId'> {
  const quotedMessageId = world.quotes.messageIn(chatId, String(message.quoteToken));
  return { ...couponIn(world, message), ...(quotedMessageId ? { quotedMessageId } : {}) };
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

/** A friend who has not blocked, or somebody who wrote within the last seven days; a group that the account is in. */
export function isReached(nowMs: number, person: Recipient): boolean {
  if (isGroup(person)) return person.hasAccount;
  if (person.isBlocked || person.hasLeft) return false;
  return person.isFriend || (person.lastWroteAtMs !== null && nowMs - person.lastWroteAtMs <= strangerWindowMs);
}
