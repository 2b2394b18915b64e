import type { Temporal } from 'temporal-polyfill';
import type { Operator } from '../../base/operator.ts';
import type { Month } from '../../base/operator-month.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';
import type { Family, Json } from '../../ledger/family.ts';
import { createCalendar, liftThrottles } from '../data/index.ts';
import type { GiftAnswer, GiftCommand } from './commands.ts';
import { decideGift } from './decide.ts';
import type { GiftBatch } from './facts.ts';
import { createMoments } from './moment.ts';
import { loadGiftBatch, saveGiftBatch } from './store.ts';

export type GiftFamily = Family<GiftCommand, GiftBatch, GiftAnswer>;

/** Gifts as a family of the ledger. What is set aside belongs to the gift itself, so nobody can spend it twice. */
export function createGiftFamily(operator: Operator, recordFees?: RecordFees): GiftFamily {
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
    async save(sql, batch, now) {
      await Promise.all([
        saveGiftBatch(sql, batch, now),
        liftThrottles(sql, filledBy(batch), now),
        recordFees?.(sql, now, { ...feesOf(batch), feeYen: operator.giftPolicy.feeYen, month: calendar.monthOf(now) }),
      ]);
    },
  };
}

/** What a batch of gifts costs: those offered, and those that came back without having been received. */
export interface OwedFees {
  readonly feeYen: number;
  readonly month: Month;
  readonly made: readonly { readonly giftId: string; readonly subscriptionId: string }[];
  readonly returnedIds: readonly string[];
}

/** Charges fees in the transaction of the gifts; who keeps bills is not known here. */
export type RecordFees = (sql: SqlRunner, now: Temporal.Instant, fees: OwedFees) => Promise<void>;

function feesOf({ gifts, changes }: GiftBatch): Pick<OwedFees, 'made' | 'returnedIds'> {
  const made = [...changes.made].flatMap((giftId) => {
    const gift = gifts.get(giftId);
    return gift ? [{ giftId, subscriptionId: gift.senderSubscriptionId }] : [];
  });
  const hasReturned = (giftId: string) => {
    const state = gifts.get(giftId)?.state;
    return state === 'declined' || state === 'taken-back' || state === 'expired';
  };
  return { made, returnedIds: [...changes.moved].filter(hasReturned) };
}

/** The slowed subscriptions to which data came: received, or back from a gift nobody took. */
function filledBy({ gifts, changes, parties }: GiftBatch): ReadonlySet<string> {
  const filled = [...changes.moved].flatMap((giftId) => {
    const gift = gifts.get(giftId);
    const subscriptionId = gift?.state === 'claimed' ? gift.receiverSubscriptionId : gift?.senderSubscriptionId;
    return subscriptionId == null ? [] : [subscriptionId];
  });
  return new Set(filled.filter((subscriptionId) => parties.get(subscriptionId)?.isSlowed));
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

/** What was asked: the id, the token and the code of a new gift are ours, and a repeat comes with others. */
function body(command: GiftCommand): Json {
  switch (command.kind) {
    case 'offer': {
      const { kind, senderSubscriptionId, senderLineUserId, amountBytes, way } = command;
      // Who has a number may change between a request and its repeat; the number that was asked for does not.
      const receiver =
        command.receiverNumberHash === null
          ? { receiverSubscriptionId: command.receiverSubscriptionId }
          : { receiverNumberHash: command.receiverNumberHash };
      return { kind, senderSubscriptionId, senderLineUserId, amountBytes, way, ...receiver };
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
