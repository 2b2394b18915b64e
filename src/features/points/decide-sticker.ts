import type { OrderStickerCommand, PointAnswer, SettleStickerCommand } from './commands.ts';
import { type Deciding, note, refused } from './deciding.ts';
import { putBack, setAside } from './moves.ts';
import { balanceOf } from './rules/lots.ts';
import { stickerRefusal } from './rules/sticker-order.ts';

/** Sets the price of a sticker set aside; LINE is asked afterwards, outside the ledger. */
export function orderSticker(command: OrderStickerCommand, on: Deciding): PointAnswer {
  const { contractorId, lineUserId, stickerCode, orderId } = command;
  const { facts, book, now, operator } = on;
  const set = operator.stickers.find(({ code }) => code === stickerCode);
  const orders = [...facts.orders.values()];
  const links = facts.links.get(contractorId) ?? [];
  const code = stickerRefusal({
    isPaused: facts.isPaused,
    isLinked: links.some((link) => link.lineUserId === lineUserId && link.unlinkedAt === null),
    balance: balanceOf(book.lotsOf(contractorId), now),
    set,
    waiting: orders.filter((order) => order.contractorId === contractorId && order.state === 'waiting').length,
    mostWaiting: operator.points.stickersWaiting,
    isTheirs: orders.some(
      (order) => order.lineUserId === lineUserId && order.stickerCode === stickerCode && order.state !== 'returned',
    ),
  });
  if (code !== undefined) return refused(code);
  if (set === undefined) throw new Error('a set that is not there was for sale');
  const { pricePoints, productId } = set;
  setAside({ contractorId, ownerId: orderId, points: pricePoints }, on);
  const order = { orderId, contractorId, lineUserId, stickerCode, productId, pricePoints, orderedAt: now };
  facts.orders.set(orderId, { ...order, state: 'waiting', lastError: null });
  facts.changes.made.add(orderId);
  const event = { contractorId, kind: 'sticker', points: -pricePoints, about: orderId } as const;
  note({ ...event, detail: { stickerCode }, isTold: false }, on);
  return { result: 'ordered', orderId, balance: balanceOf(book.lotsOf(contractorId), now) };
}

/** Spends what was set aside, or gives it back. An order that is settled stays as it is. */
export function settleSticker({ orderId, outcome, why }: SettleStickerCommand, on: Deciding): PointAnswer {
  const { facts, book } = on;
  const order = facts.orders.get(orderId);
  if (order === undefined) throw new Error(`there is no sticker order ${orderId}`);
  if (order.state !== 'waiting') return { result: 'settled', state: order.state, isNews: false };
  const { contractorId, stickerCode, pricePoints } = order;
  if (outcome === 'delivered') {
    for (const lot of book.lotsOf(orderId)) if (lot.remaining > 0) book.take(lot, 'sticker', lot.remaining);
  } else {
    putBack({ contractorId, ownerId: orderId }, on);
    const event = { contractorId, kind: 'sticker-returned', points: pricePoints, about: orderId } as const;
    note({ ...event, detail: { stickerCode }, isTold: false }, on);
  }
  order.state = outcome;
  order.lastError = why;
  facts.changes.settled.add(orderId);
  return { result: 'settled', state: outcome, isNews: true };
}
