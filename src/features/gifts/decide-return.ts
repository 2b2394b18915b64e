import { usableBytes } from '../data/index.ts';
import type { GiftAnswer, ReturnCommand } from './commands.ts';
import { type Deciding, noteTally, tallyOf, tell } from './deciding.ts';
import { stateToReceiver } from './rules/phone-number.ts';
import { decideReturn, wayBack } from './rules/return.ts';
import { withoutGift } from './rules/tally.ts';

/** Nobody receives it: every part goes back to where it came from, unless that has ended. */
export function giveBack(command: ReturnCommand, { batch, book, moment }: Deciding): GiftAnswer {
  const gift = batch.gifts.get(command.giftId);
  const sender = batch.parties.get(command.senderSubscriptionId);
  if (gift === undefined || sender === undefined) return { result: 'not-returned', code: 'unknown-gift' };
  const { reason } = command;
  const state = reason === 'declined' ? stateToReceiver(gift) : gift.state;
  const decided = decideReturn({ reason, state, expiresAt: gift.expiresAt, now: moment.now });
  if (!decided.ok) return { result: 'not-returned', code: decided.code };
  if (command.byLineUserId !== null) batch.changes.returnedBy.set(gift.giftId, command.byLineUserId);
  batch.changes.moved.add(gift.giftId);
  if (reason === 'declined' && gift.way === 'phone-number') {
    // Coming back early would tell the sender that the number is somebody's who can receive.
    gift.declinedAt = moment.now;
    return { result: 'returned', giftId: gift.giftId, amountBytes: gift.amountBytes, backBytes: 0 };
  }

  let backBytes = 0;
  for (const part of book.lotsOf(gift.giftId)) {
    if (part.remaining === 0) continue;
    const origin = part.origin && book.lot(part.origin.ownerId, part.origin.lotId);
    if (origin !== undefined && wayBack(origin, moment.now) === 'back') {
      book.move(part, origin, part.remaining, 'gift-returned');
      backBytes += part.remaining;
    } else book.take(part, 'expiry', part.remaining);
  }
  gift.state = reason;
  gift.endedAt = moment.now;
  const counted = { ...gift, offeredMs: gift.offeredAt.epochMilliseconds };
  const { senderSubscriptionId } = gift;
  noteTally(book, senderSubscriptionId, withoutGift(tallyOf(book, senderSubscriptionId, moment), counted));
  if (reason !== 'taken-back') {
    const receiver = batch.parties.get(gift.receiverSubscriptionId ?? '');
    tell(batch, sender.linkedTo, {
      about: 'came-back',
      giftId: gift.giftId,
      amountBytes: gift.amountBytes,
      other: gift.way === 'phone-number' ? null : (receiver?.linkedTo[0] ?? null),
      reason,
      backBytes,
      balanceBytes: usableBytes(book.lotsOf(sender.subscriptionId), moment.now),
    });
  }
  return { result: 'returned', giftId: gift.giftId, amountBytes: gift.amountBytes, backBytes };
}
