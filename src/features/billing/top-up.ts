import type { Temporal } from 'temporal-polyfill';
import { formatBytes } from '../../base/bytes.ts';
import type { Operator, TopUpPack } from '../../base/operator.ts';
import type { Month } from '../../base/operator-month.ts';
import { firstBroken } from '../../base/refusal.ts';
import { auditAll } from '../../infra/db/audit.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';
import { enqueueMessages } from '../../infra/line/outbox/outbox.ts';
import type { Family } from '../../ledger/family.ts';
import { type Subscription, serviceState } from '../contractors/index.ts';
import { addTopUp, type Calendar, liftThrottles } from '../data/index.ts';
import { type Charge, countTopUps, type OwnSource, recordCharges } from './charge-store.ts';
import { type Person, peopleOfContractors, usersOfSubscriptions } from './people-store.ts';
import { type TopUpRefusal, topUpRefusals } from './rules/top-up.ts';
import { topUpMessages } from './top-up-messages.ts';

/** A contractor buys a pack for a subscription of theirs. */
export interface TopUpCommand {
  readonly kind: 'top-up';
  readonly requestId: string;
  readonly contractorId: string;
  readonly subscriptionId: string;
  readonly packCode: string;
  /** Of the new charge; a repeat comes with another and is answered with the first. */
  readonly chargeId: string;
}

export type TopUpAnswer =
  | { readonly result: 'topped-up'; readonly chargeId: string }
  | { readonly result: 'refused'; readonly code: TopUpRefusal };

/** What was bought in a batch, in facts; `top-up-messages.ts` finds the words. */
export interface Bought {
  readonly charge: Charge;
  readonly subscription: Subscription;
  readonly pack: TopUpPack;
  readonly month: Month;
  readonly expiresAt: Temporal.Instant;
  readonly totalBytes: number;
  readonly contractorPeople: readonly Person[];
  readonly users: readonly Person[];
}

interface TopUpBatch {
  readonly subscriptions: ReadonlyMap<string, Subscription>;
  readonly bought: Map<string, number>;
  readonly contractorPeople: ReadonlyMap<string, readonly Person[]>;
  readonly users: ReadonlyMap<string, readonly Person[]>;
  readonly done: Bought[];
}

export type TopUpFamily = Family<TopUpCommand, TopUpBatch, TopUpAnswer>;

interface FamilyDeps {
  readonly operator: Operator;
  readonly calendar: Calendar;
  readonly publicUrl: string;
  /** Reads subscriptions in the batch's transaction. */
  subscriptions(sql: SqlRunner, ids: readonly string[]): Promise<ReadonlyMap<string, Subscription>>;
}

/** Top-ups as a family of the ledger: the data, and what is owed for it, in one transaction. */
export function createTopUpFamily(deps: FamilyDeps): TopUpFamily {
  const { operator, calendar } = deps;
  const { packs, limitPerMonth } = operator.billing.topUps;
  return {
    scope: 'top-up',
    owners: (command) => [command.subscriptionId],
    body: ({ requestId: _, chargeId: __, ...asked }) => asked,

    async load(sql, commands, now) {
      const ids = [...new Set(commands.map((command) => command.subscriptionId))];
      const contractorIds = [...new Set(commands.map((command) => command.contractorId))];
      // Asked together: a batch's statements travel in one round trip.
      const [subscriptions, bought, contractorPeople, users] = await Promise.all([
        deps.subscriptions(sql, ids),
        countTopUps(sql, ids, calendar.monthOf(now)),
        peopleOfContractors(sql, contractorIds, 'top-up'),
        usersOfSubscriptions(sql, ids, 'top-up'),
      ]);
      return { subscriptions, bought: new Map(bought), contractorPeople, users, done: [] };
    },

    decide(command, batch, book, now) {
      const { subscriptionId, contractorId, chargeId } = command;
      const subscription = batch.subscriptions.get(subscriptionId);
      const pack = packs.find(({ code }) => code === command.packCode);
      const boughtThisMonth = batch.bought.get(subscriptionId) ?? 0;
      const code = firstBroken(topUpRefusals, {
        isOwn: subscription?.contractorId === contractorId,
        isInService: subscription !== undefined && serviceState(subscription, now) === 'in-service',
        isPackSold: pack !== undefined,
        boughtThisMonth,
        limitPerMonth,
      });
      if (code !== undefined) return { result: 'refused', code };
      if (subscription === undefined || pack === undefined) throw new Error('the rules let nothing be bought');
      batch.bought.set(subscriptionId, boughtThisMonth + 1);
      const added = addTopUp(book, { subscriptionId, amountBytes: pack.bytes, now, calendar });
      const month = calendar.monthOf(now);
      const users = batch.users.get(subscriptionId) ?? [];
      const contractorPeople = batch.contractorPeople.get(contractorId) ?? [];
      batch.done.push({
        charge: {
          ...chargeOf(pack, operator),
          chargeId,
          contractorId,
          subscriptionId,
          month,
          sourceId: chargeId,
          causedAt: now,
        },
        subscription,
        pack,
        month,
        ...added,
        contractorPeople,
        // Who is both reads the contractor's message, which says more.
        users: users.filter((user) => !contractorPeople.some((each) => each.lineUserId === user.lineUserId)),
      });
      return { result: 'topped-up', chargeId };
    },

    async save(sql, { done }, now) {
      const filled = new Set(done.map(({ subscription }) => subscription.subscriptionId));
      await Promise.all([
        recordCharges(
          sql,
          now,
          done.map(({ charge }) => charge),
        ),
        auditAll(sql, now, done.map(auditOf)),
        enqueueMessages(
          sql,
          now,
          done.flatMap((bought) => topUpMessages(bought, deps)),
        ),
        liftThrottles(sql, filled, now),
      ]);
    },
  };
}

function chargeOf(pack: TopUpPack, { megabyte }: Operator) {
  const amount = formatBytes(pack.bytes, megabyte);
  return {
    kind: 'top-up' as const,
    label: { ja: `データ追加購入 ${amount}`, en: `Top-up ${amount}` },
    amountYen: pack.priceYen,
    isTaxed: true,
    source: 'top-up' satisfies OwnSource,
  };
}

function auditOf({ charge, subscription, pack }: Bought) {
  return {
    actor: { kind: 'contractor' as const, id: charge.contractorId },
    action: 'billing.topped-up',
    contractorId: charge.contractorId,
    subscriptionId: subscription.subscriptionId,
    detail: { pack: pack.code, priceYen: pack.priceYen },
  };
}
