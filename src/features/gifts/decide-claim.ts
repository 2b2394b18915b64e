import { Temporal } from 'temporal-polyfill';
import { instantText } from '../../base/instant-text.ts';
import type { Lot } from '../../ledger/book.ts';
import { usableBytes } from '../data/index.ts';
import type { ClaimCommand, GiftAnswer } from './commands.ts';
import { type Deciding, earlier, namedOn, partyOf, refused, tell } from './deciding.ts';
import type { GiftRow, PartyFacts } from './facts.ts';
import { decideClaim, usableUntil } from './rules/claim.ts';
import { stateToReceiver } from './rules/phone-number.ts';

/** Received by one subscription. */
export function claim(command: ClaimCommand, on: Deciding): GiftAnswer {
  const { batch, book, moment, policy } = on;
  const gift = batch.gifts.get(command.giftId);
  const sender = batch.parties.get(command.senderSubscriptionId);
  const receiver = batch.parties.get(command.receiverSubscriptionId);
  if (gift === undefined || sender === undefined || receiver === undefined) return refused('receiver-not-linked');
  const decided = decideClaim({
    now: moment.now,
    policy,
    isClosed: moment.isClosed,
    isPaused: batch.isPaused,
    receiving: { sender, receiver: partyOf(receiver, command.receiverLineUserId), way: gift.way },
    waiting: { ...gift, state: stateToReceiver(gift) },
  });
  if (!decided.ok) return refused(decided.code);
  gift.receiverLineUserId = command.receiverLineUserId;
  const setAside = book.lotsOf(gift.giftId).filter((lot) => lot.remaining > 0);
  return receive(gift, setAside, { sender, receiver }, on);
}

/**
 * Moves the parts (each with the amount to move) to the receiver: one lot for what ends at the same time, also of earlier
 * gifts. Whoever receives much has a few lots then, and not one a gift.
 */
export function receive(
  gift: GiftRow,
  parts: readonly Lot[],
  { sender, receiver }: { sender: PartyFacts; receiver: PartyFacts },
  { batch, book, moment, policy, calendar }: Deciding,
): GiftAnswer {
  const arrived: Lot[] = [];
  for (const part of parts) {
    const expiresAt = usableUntil({
      policy,
      givenIn: gift.month,
      claimedAt: moment.now,
      originalEnd: part.expiresAt,
      zone: calendar.zone,
      endOf: calendar.endOf,
    });
    const ownerId = receiver.subscriptionId;
    const into =
      book
        .lotsOf(ownerId)
        .find((lot) => lot.kind === 'gift' && Temporal.Instant.compare(lot.expiresAt, expiresAt) === 0) ??
      book.open({ ownerId, unit: 'byte', kind: 'gift', grantedAt: moment.now, expiresAt });
    arrived.push(into);
    book.move(part, into, part.remaining, 'gift-claimed');
  }
  gift.state = 'claimed';
  gift.receiverSubscriptionId = receiver.subscriptionId;
  gift.endedAt = moment.now;
  batch.changes.moved.add(gift.giftId);

  const until = arrived.map((lot) => lot.expiresAt).reduce(earlier);
  const about = { giftId: gift.giftId, amountBytes: gift.amountBytes, usableUntil: until };
  tell(batch, receiver.linkedTo, {
    ...about,
    about: 'you-received',
    other: namedOn(sender, gift.senderLineUserId),
    balanceBytes: usableBytes(book.lotsOf(receiver.subscriptionId), moment.now),
  });
  tell(batch, sender.linkedTo, {
    ...about,
    about: 'was-received',
    other: namedOn(receiver, gift.receiverLineUserId),
    balanceBytes: usableBytes(book.lotsOf(sender.subscriptionId), moment.now),
  });
  return {
    result: 'claimed',
    giftId: gift.giftId,
    amountBytes: gift.amountBytes,
    usableUntil: instantText(until),
  };
}
