import type { DirectCommand, GiftAnswer, OfferCommand } from './commands.ts';
import { receive } from './decide-claim.ts';
import { type Deciding, lotIn, make, namedOn, partyOf, refused, tallyOf, tell, usableSources } from './deciding.ts';
import type { GiftRow, PartyFacts } from './facts.ts';
import { giveableBytes } from './rules/giveable.ts';
import { type Draw, decideOffer, waitsUntil } from './rules/offer.ts';
import { isReached } from './rules/phone-number.ts';
import type { GiftFacts } from './rules/refusals.ts';

/** Sets the amount aside; where gifts arrive by themselves, hands it over at once. */
export function offer(command: OfferCommand, on: Deciding): GiftAnswer {
  const { batch, policy, moment } = on;
  const asked = give(command, command.senderLineUserId, on);
  if (!asked.ok) return asked.answer;
  const { sender, receiver, draws } = asked;
  const lots = on.book.lotsOf(sender.subscriptionId);
  const setAside = draws.flatMap((draw) => lots.filter((lot) => lot.lotId === draw.lotId));
  const gift: GiftRow = {
    giftId: command.giftId,
    senderSubscriptionId: sender.subscriptionId,
    senderLineUserId: command.senderLineUserId,
    receiverSubscriptionId: receiver?.subscriptionId ?? null,
    receiverLineUserId: null,
    amountBytes: command.amountBytes,
    way: command.way,
    month: moment.month,
    claimTokenHash: command.claimTokenHash,
    giftCodeHash: command.giftCodeHash,
    state: 'waiting',
    offeredAt: moment.now,
    expiresAt: waitsUntil({
      policy,
      way: command.way,
      zone: on.calendar.zone,
      offeredAt: moment.now,
      monthEnd: moment.monthEnd,
      setAside,
    }),
    endedAt: null,
    declinedAt: null,
  };
  make(gift, on);
  // By phone number it always waits: arriving at once would tell whose number it is.
  if (policy.acceptance === 'automatic' && receiver !== undefined && gift.way !== 'phone-number') {
    return arrive(gift, draws, { sender, receiver }, on);
  }
  for (const { lotId, bytes } of draws) {
    const from = lotIn(on.book, sender.subscriptionId, lotId);
    const aside = on.book.open({
      ownerId: gift.giftId,
      unit: 'byte',
      kind: 'set-aside',
      grantedAt: from.grantedAt,
      expiresAt: from.expiresAt,
      origin: { ownerId: from.ownerId, lotId },
    });
    on.book.move(from, aside, bytes, 'gift-set-aside');
  }
  tell(batch, receiver?.linkedTo ?? [], {
    about: 'offered-to-you',
    giftId: gift.giftId,
    amountBytes: gift.amountBytes,
    other: namedOn(sender, command.senderLineUserId),
    expiresAt: gift.expiresAt,
  });
  return {
    result: 'offered',
    giftId: gift.giftId,
    amountBytes: gift.amountBytes,
    expiresAt: gift.expiresAt.toString(),
  };
}

/** Given and received in one. */
export function direct(command: DirectCommand, on: Deciding): GiftAnswer {
  const { batch, moment } = on;
  const giver = batch.parties.get(command.senderSubscriptionId)?.linkedTo[0];
  const asked = give({ ...command, way: 'direct' }, giver ?? null, on);
  if (!asked.ok) return asked.answer;
  const { sender, receiver, draws } = asked;
  if (giver === undefined || receiver === undefined) throw new Error('the rules let a gift pass between nobodies');
  const gift: GiftRow = {
    giftId: command.giftId,
    senderSubscriptionId: sender.subscriptionId,
    senderLineUserId: giver,
    receiverSubscriptionId: receiver.subscriptionId,
    receiverLineUserId: null,
    amountBytes: command.amountBytes,
    way: 'direct',
    month: moment.month,
    claimTokenHash: null,
    giftCodeHash: null,
    state: 'waiting',
    offeredAt: moment.now,
    expiresAt: moment.now,
    endedAt: null,
    declinedAt: null,
  };
  make(gift, on);
  return arrive(gift, draws, { sender, receiver }, on);
}

type Giving =
  | { ok: true; sender: PartyFacts; receiver: PartyFacts | undefined; draws: readonly Draw[] }
  | { ok: false; answer: GiftAnswer };

/** What an offer and a direct gift have in common: whether it may be given, and from what. */
function give(
  asked: Pick<OfferCommand, 'senderSubscriptionId' | 'receiverSubscriptionId' | 'amountBytes'> & {
    way: OfferCommand['way'] | 'direct';
  },
  senderLineUserId: string | null,
  { batch, book, moment, policy, planBytesOf }: Deciding,
): Giving {
  const sender = batch.parties.get(asked.senderSubscriptionId);
  if (sender === undefined) return { ok: false, answer: refused('sender-not-linked') };
  const isByNumber = asked.way === 'phone-number';
  const receiver = asked.receiverSubscriptionId === null ? undefined : batch.parties.get(asked.receiverSubscriptionId);
  if (asked.receiverSubscriptionId !== null && receiver === undefined && !isByNumber) {
    return { ok: false, answer: refused('receiver-not-linked') };
  }
  const usable = usableSources(book.lotsOf(sender.subscriptionId), moment);
  const given = tallyOf(book, sender.subscriptionId, moment);
  const figures = {
    giveableBytes: giveableBytes(policy, usable),
    givenThisMonthBytes: given.bytes,
  };
  const receiving = receiver && {
    sender,
    receiver: partyOf(receiver, receiver.linkedTo[0] ?? null),
    way: asked.way,
  };
  const facts: GiftFacts = {
    now: moment.now,
    policy,
    isClosed: moment.isClosed,
    isPaused: batch.isPaused,
    giving: {
      ...figures,
      sender: partyOf(sender, senderLineUserId),
      way: asked.way,
      amountBytes: asked.amountBytes,
      planBytes: planBytesOf(sender.planCode),
      giftsToday: given.today,
      giftsThisMonth: given.gifts,
    },
    // Of a phone number nothing is told but that it is the sender's own.
    ...(receiving && (!isByNumber || receiver === sender) && { receiving }),
  };
  const decided = decideOffer(facts, usable);
  if (!decided.ok) return { ok: false, answer: { result: 'refused', code: decided.code, figures } };
  const isHeard = !isByNumber || (receiving && isReached({ now: moment.now, policy, receiving }));
  return { ok: true, sender, receiver: isHeard ? receiver : undefined, draws: decided.value };
}

/** Straight from the sender's lots to the receiver. */
function arrive(
  gift: GiftRow,
  draws: readonly Draw[],
  sides: { sender: PartyFacts; receiver: PartyFacts },
  on: Deciding,
): GiftAnswer {
  const parts = draws.map(({ lotId, bytes }) => ({
    ...lotIn(on.book, gift.senderSubscriptionId, lotId),
    remaining: bytes,
  }));
  gift.receiverLineUserId = sides.receiver.linkedTo[0] ?? null;
  return receive(gift, parts, sides, on);
}
