import type { Temporal } from 'temporal-polyfill';
import type { Operator } from '../../base/operator.ts';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import { audit, type Db, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import type { TryLimits } from '../../infra/db/try-limits.ts';
import { type KeyRing, keyedHash } from '../../infra/secrets.ts';
import { submitWithin } from '../../ledger/within.ts';
import { subscriptionOfNumber } from '../data/index.ts';
import type { GiftCommand, OfferCommand, ReturnCommand } from './commands.ts';
import type { PartyFacts } from './facts.ts';
import type { GiftFamily } from './family.ts';
import type { Moment } from './moment.ts';
import { loadParties } from './party-store.ts';
import { giftLimits } from './rules/gift-limits.ts';
import type { GiftRefusal } from './rules/refusals.ts';
import type { ReturnRefusal } from './rules/return.ts';
import { giftsById } from './view-store.ts';

/** Gifts that the operator's own system gives for a subscription's user, in the caller's transaction. */
export interface Transfers {
  /**
   * Sets an amount aside for whoever has a phone number: within a contract as for a person of it, else as for a number, of
   * which nothing is told. What the rules say of people they say here of the one linked longest.
   */
  offer(
    tx: Db,
    now: Temporal.Instant,
    asked: { giftId: string; senderSubscriptionId: string; number: string; amountBytes: number },
  ): Promise<Decision<null, GiftRefusal | 'too-many-tries'>>;
  /** Takes back what nobody has received yet. */
  takeBack(tx: Db, now: Temporal.Instant, giftId: string): Promise<Decision<null, ReturnRefusal | 'unknown-gift'>>;
}

export interface TransferDeps {
  readonly operator: Operator;
  readonly family: GiftFamily;
  readonly momentOf: (now: Temporal.Instant) => Moment;
  readonly limits: TryLimits;
  readonly lookup: KeyRing;
}

export function createTransfers(deps: TransferDeps): Transfers {
  const { family, operator } = deps;

  return {
    async offer(tx, now, asked) {
      const sql = runnerOf(tx);
      const { giftId, senderSubscriptionId, amountBytes, number } = asked;
      const holder = await subscriptionOfNumber(sql, now, number);
      const named = { senderSubscriptionId, receiverSubscriptionId: holder };
      const { parties } = await loadParties(sql, [named], deps.momentOf(now));
      const of = (id: string | null) => parties.find(({ subscriptionId }) => subscriptionId === id);
      const [sender, receiver] = [of(senderSubscriptionId), of(holder)];
      const giver = sender?.linkedTo[0];
      if (sender === undefined || giver === undefined) return refuse('sender-not-linked');
      const isWithin = receiver !== undefined && isSameContract(sender, receiver);
      const way = isWithin && operator.giftPolicy.ways.includes('same-contract') ? 'same-contract' : 'phone-number';
      if (way === 'phone-number') {
        // Counted with what is done: a gift that is refused for its giver's sake rings at nobody's door.
        const taken = await deps.limits.take(tx, [{ limit: giftLimits.number.limit, subject: giver }]);
        if (!taken.ok) return refuse('too-many-tries');
      }
      const command: OfferCommand = {
        kind: 'offer',
        requestId: `tmf654:${giftId}`,
        giftId,
        senderSubscriptionId,
        senderLineUserId: giver,
        amountBytes,
        way,
        receiverSubscriptionId: holder,
        claimTokenHash: null,
        giftCodeHash: null,
        receiverNumberHash: way === 'phone-number' ? numberHash(deps.lookup, number) : null,
      };
      const { answer } = await answerTo(sql, now, command);
      if (answer.result === 'refused') return refuse(answer.code);
      await audit(sql, now, {
        actor: { kind: 'provisioning' },
        action: 'gifts.transferred',
        contractorId: sender.contractorId,
        subscriptionId: senderSubscriptionId,
        detail: { giftId, bytes: amountBytes, way },
      });
      return accept(null);
    },

    async takeBack(tx, now, giftId) {
      const sql = runnerOf(tx);
      const [gift] = await giftsById(sql, [giftId]);
      if (gift === undefined) return refuse('unknown-gift');
      const { senderSubscriptionId, receiverSubscriptionId } = gift;
      const command: ReturnCommand = {
        kind: 'return',
        requestId: `tmf654-back:${giftId}`,
        giftId,
        senderSubscriptionId,
        receiverSubscriptionId,
        reason: 'taken-back',
        byLineUserId: null,
      };
      const { answer, isReplay } = await answerTo(sql, now, command);
      if (answer.result === 'not-returned') return refuse(answer.code);
      if (isReplay) return accept(null);
      await audit(sql, now, {
        actor: { kind: 'provisioning' },
        action: 'gifts.transfer-taken-back',
        subscriptionId: senderSubscriptionId,
        detail: { giftId },
      });
      return accept(null);
    },
  };

  async function answerTo(sql: SqlRunner, now: Temporal.Instant, command: GiftCommand) {
    const [submitted] = await submitWithin(sql, now, family, [command]);
    if (!submitted?.ok) throw new Error('a transfer was not answered by the ledger');
    return submitted;
  }
}

const isSameContract = (one: PartyFacts, other: PartyFacts) => one.contractorId === other.contractorId;

/** A number under which a gift by phone number is known; the number itself is not kept. */
export const numberHash = (lookup: KeyRing, msisdn: string) =>
  keyedHash(lookup, `gift-number:${msisdn}`).toString('hex');
