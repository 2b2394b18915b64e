import type { Operator } from '../../base/operator.ts';
import type { Family, Json } from '../../ledger/family.ts';
import { createCalendar } from '../data/index.ts';
import type { GiftAnswer, GiftCommand } from './commands.ts';
import { decideGift } from './decide.ts';
import type { GiftBatch } from './facts.ts';
import { outgoing } from './messages.ts';
import { createMoments } from './moment.ts';
import { loadGiftBatch, saveGiftBatch } from './store.ts';

export type GiftFamily = Family<GiftCommand, GiftBatch, GiftAnswer>;

/** Gifts as a family of the ledger. What is set aside belongs to the gift itself, so nobody can spend it twice. */
export function createGiftFamily(operator: Operator): GiftFamily {
  const calendar = createCalendar(operator.timeZone);
  const momentOf = createMoments(operator, calendar);
  const planBytes = new Map(operator.plans.map((plan) => [plan.code, plan.monthlyBytes]));
  const planBytesOf = (planCode: string) => planBytes.get(planCode) ?? 0;
  return {
    scope: 'gift',
    owners,
    body,
    load: (sql, commands, now) => loadGiftBatch(sql, commands, momentOf(now)),
    decide: (command, batch, book, now) =>
      decideGift(command, {
        batch,
        book,
        moment: momentOf(now),
        policy: operator.giftPolicy,
        calendar,
        planBytesOf,
      }),
    save: (sql, batch, now) => saveGiftBatch(sql, batch, now, (notice) => outgoing(notice, { operator, calendar })),
  };
}

function owners(command: GiftCommand): readonly string[] {
  const { giftId, senderSubscriptionId } = command;
  switch (command.kind) {
    case 'offer':
      return command.receiverSubscriptionId === null
        ? [giftId, senderSubscriptionId]
        : [giftId, senderSubscriptionId, command.receiverSubscriptionId];
    case 'direct':
      return [senderSubscriptionId, command.receiverSubscriptionId];
    case 'claim':
      return [giftId, senderSubscriptionId, command.receiverSubscriptionId];
    case 'return':
      return [giftId, senderSubscriptionId];
  }
}

/** What was asked: the id and the token of a new gift are ours, and a repeat comes with others. */
function body(command: GiftCommand): Json {
  switch (command.kind) {
    case 'offer': {
      const { kind, senderSubscriptionId, senderLineUserId, amountBytes, way, receiverSubscriptionId } = command;
      return { kind, senderSubscriptionId, senderLineUserId, amountBytes, way, receiverSubscriptionId };
    }
    case 'direct': {
      const { kind, senderSubscriptionId, receiverSubscriptionId, amountBytes } = command;
      return { kind, senderSubscriptionId, receiverSubscriptionId, amountBytes };
    }
    case 'claim': {
      const { kind, giftId, receiverSubscriptionId, receiverLineUserId } = command;
      return { kind, giftId, receiverSubscriptionId, receiverLineUserId };
    }
    case 'return': {
      const { kind, giftId, reason } = command;
      return { kind, giftId, reason };
    }
  }
}
