import { Temporal } from 'temporal-polyfill';
import { type Filtering, filteringAtOpening } from '../../base/filtering.ts';
import { isId, newId } from '../../base/ids.ts';
import { readMsisdn } from '../../base/msisdn.ts';
import type { Operator } from '../../base/operator.ts';
import { dayOf, lastMonthBefore } from '../../base/operator-month.ts';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import { auditAll } from '../../infra/db/audit.ts';
import { type Db, runnerOf } from '../../infra/db/index.ts';
import { type ActionDeps, only, provisioning, within } from './deps.ts';
import { type Contractor, loadContractors } from './store.ts';
import {
  insertSubscriptions,
  loadSubscriptions,
  lockSubscriptionRows,
  type Subscription,
  type SubscriptionRow,
  updateSubscriptions,
} from './subscription-store.ts';
import { dropUnreached, noteChangesAtOnce } from './terms-store.ts';

export interface SubscriptionInput {
  readonly contractorId: string;
  /** As people write it (`090-1234-5678`) or E.164. */
  readonly msisdn: string;
  readonly planCode: string;
  readonly optionCodes?: readonly string[];
  readonly opensAt: Temporal.Instant;
  readonly endedAt?: Temporal.Instant | null;
  /** The registered user; missing when the contractor carries the phone. */
  readonly userName?: string | null;
  readonly userBirthDate?: string | null;
  /** Missing: on for minors, off for adults, not known where the age is not. */
  readonly filtering?: Filtering | null | undefined;
}

export type SubscriptionFault =
  | 'contractor-unknown'
  | 'plan-unknown'
  | 'option-unknown'
  | 'msisdn-malformed'
  | 'msisdn-taken'
  | 'ends-before-it-opens';

/** A new subscription; what belongs to its opening (link code, first data) happens in the same transaction. */
export async function createSubscription(
  deps: ActionDeps,
  input: SubscriptionInput,
  tx?: Db,
): Promise<Decision<Subscription, SubscriptionFault>> {
  return only(await createSubscriptions(deps, [input], tx));
}

interface Asked {
  readonly row: SubscriptionRow;
  /** Undefined: the usual for the age. */
  readonly filtering: Filtering | null | undefined;
}

/** Many as one, each with another number: the same few statements, however many they are. Answers in their order. */
export async function createSubscriptions(
  deps: ActionDeps,
  inputs: readonly SubscriptionInput[],
  tx?: Db,
): Promise<readonly Decision<Subscription, SubscriptionFault>[]> {
  const asked = inputs.map((input) => rowOf(deps.operator, input));
  const good = asked.flatMap((each) => (each.ok ? each.value : []));
  if (good.length === 0) return asked.flatMap((each) => (each.ok ? [] : each));

  return within(deps.db, tx, async (own) => {
    const sql = runnerOf(own);
    const now = deps.clock.now();
    const contractorIds = [...new Set(good.map(({ row }) => row.contractorId))];
    const contractors = new Map((await loadContractors(sql, contractorIds)).map((each) => [each.contractorId, each]));
    const rows = good.flatMap(({ row, filtering }) => {
      const contractor = contractors.get(row.contractorId);
      if (!contractor) return [];
      return { ...row, filtering: filtering === undefined ? usualFiltering(deps, row, contractor) : filtering };
    });
    const inserted = await insertSubscriptions(sql, now, rows);
    const ids = rows.map(({ subscriptionId }) => subscriptionId).filter((id) => inserted.has(id));
    const loaded = new Map((await loadSubscriptions(sql, ids)).map((each) => [each.subscriptionId, each]));
    const created = ids.flatMap((id) => loaded.get(id) ?? []);
    if (created.length < ids.length) throw new Error('a subscription just written is not there');
    const action = 'contractors.subscription-created';
    await auditAll(
      sql,
      now,
      created.map(({ contractorId, subscriptionId }) => ({
        actor: provisioning,
        action,
        contractorId,
        subscriptionId,
      })),
    );
    await deps.changes.note(
      sql,
      now,
      created.map(({ contractorId, subscriptionId }) => ({
        type: 'subscription.created',
        contractorId,
        subscriptionId,
        fields: [],
      })),
    );
    if (created.length > 0) for (const hook of deps.onSubscriptionsOpened) await hook(own, created);
    return asked.map((each): Decision<Subscription, SubscriptionFault> => {
      if (!each.ok) return each;
      const { subscriptionId, contractorId } = each.value.row;
      const subscription = loaded.get(subscriptionId);
      if (subscription) return accept(subscription);
      return refuse(contractors.has(contractorId) ? 'msisdn-taken' : 'contractor-unknown');
    });
  });
}

function rowOf(operator: Operator, input: SubscriptionInput): Decision<Asked, SubscriptionFault> {
  const msisdn = readMsisdn(input.msisdn);
  const { contractorId, planCode, opensAt, endedAt = null, userName = null, userBirthDate = null } = input;
  if (!isId(contractorId)) return refuse('contractor-unknown');
  if (!msisdn) return refuse('msisdn-malformed');
  const row = {
    subscriptionId: newId(),
    contractorId,
    msisdn,
    planCode,
    optionCodes: [...new Set(input.optionCodes ?? [])],
    opensAt,
    endedAt,
    userName,
    userBirthDate,
    filtering: null,
  };
  const fault = faultOf(operator, row);
  return fault ? refuse(fault) : accept({ row, filtering: input.filtering });
}

/** By the age of who carries the phone on the day it opens. */
function usualFiltering(deps: ActionDeps, row: SubscriptionRow, contractor: Contractor): Filtering | null {
  const birthDate = row.userName === null ? (row.userBirthDate ?? contractor.birthDate) : row.userBirthDate;
  return filteringAtOpening(birthDate, dayOf(row.opensAt, deps.operator.timeZone));
}

export type SubscriptionChange = Partial<
  Pick<
    SubscriptionRow,
    'msisdn' | 'planCode' | 'optionCodes' | 'opensAt' | 'endedAt' | 'userName' | 'userBirthDate' | 'filtering'
  >
>;

/** What is to be different of a subscription. */
interface ChangeOfSubscription {
  readonly subscriptionId: string;
  readonly change: SubscriptionChange;
}

type Changed = Decision<Subscription, SubscriptionFault | 'not-found'>;

/** Changes what is given; the number arrives as people write it. In the caller's transaction when one is given. */
export async function changeSubscription(
  deps: ActionDeps,
  subscriptionId: string,
  change: SubscriptionChange,
  tx?: Db,
): Promise<Changed> {
  return only(await changeSubscriptions(deps, [{ subscriptionId, change }], tx));
}

/** Many as one, each subscription once and each with another number. Answers in their order. */
export function changeSubscriptions(
  deps: ActionDeps,
  asked: readonly ChangeOfSubscription[],
  tx?: Db,
): Promise<readonly Changed[]> {
  if (asked.length === 0) return Promise.resolve([]);
  return within(deps.db, tx, async (own) => {
    const sql = runnerOf(own);
    const locked = await lockSubscriptionRows(
      sql,
      asked.map(({ subscriptionId }) => subscriptionId),
    );
    const present = new Map(locked.map((row) => [row.subscriptionId, row]));
    const decided = asked.map(({ subscriptionId, change }) =>
      changeOf(deps.operator, present.get(subscriptionId), change),
    );
    const wanted = decided.flatMap((each) => (each.ok ? each.value : []));
    const updated = await updateSubscriptions(
      sql,
      wanted.map(({ to }) => to),
    );
    const made = wanted.filter(({ to }) => updated.has(to.subscriptionId));
    const now = deps.clock.now();
    await noteChangesAtOnce(sql, made, { now, zone: deps.operator.timeZone });
    await dropUnreached(
      sql,
      now,
      made.flatMap(({ to: { subscriptionId, endedAt } }) =>
        endedAt === null ? [] : [{ subscriptionId, lastMonth: lastMonthBefore(endedAt, deps.operator.timeZone) }],
      ),
    );
    await auditAll(
      sql,
      now,
      made.map(({ to: { contractorId, subscriptionId }, fields }) => ({
        actor: provisioning,
        action: 'contractors.subscription-changed',
        contractorId,
        subscriptionId,
        detail: { fields: fields.join(' ') },
      })),
    );
    await deps.changes.note(
      sql,
      now,
      made.map(({ to: { contractorId, subscriptionId }, fields }) => ({
        type: 'subscription.changed',
        contractorId,
        subscriptionId,
        fields,
      })),
    );
    const changed = await loadSubscriptions(
      sql,
      made.map(({ to }) => to.subscriptionId),
    );
    const after = new Map(changed.map((each) => [each.subscriptionId, each]));
    for (const { from, to } of made) {
      const subscription = after.get(to.subscriptionId);
      if (subscription && !isSameUser(from, to)) await deps.onUserChanged(own, subscription);
    }
    return decided.map((each): Changed => {
      if (!each.ok) return each;
      const subscription = after.get(each.value.to.subscriptionId);
      return subscription ? accept(subscription) : refuse('msisdn-taken');
    });
  });
}

interface Change {
  readonly from: SubscriptionRow;
  readonly to: SubscriptionRow;
  readonly fields: readonly string[];
}

function changeOf(
  operator: Operator,
  from: SubscriptionRow | undefined,
  change: SubscriptionChange,
): Decision<Change, SubscriptionFault | 'not-found'> {
  if (!from) return refuse('not-found');
  const msisdn = readMsisdn(change.msisdn ?? from.msisdn);
  if (!msisdn) return refuse('msisdn-malformed');
  const to = { ...from, ...change, msisdn };
  const fault = faultOf(operator, to);
  return fault ? refuse(fault) : accept({ from, to, fields: Object.keys(change).sort() });
}

/** Whether the same person is registered, as far as name and birth date tell. */
export function isSameUser(one: RegisteredUser, other: RegisteredUser): boolean {
  return one.userName === other.userName && one.userBirthDate === other.userBirthDate;
}

type RegisteredUser = Pick<SubscriptionRow, 'userName' | 'userBirthDate'>;

function faultOf(operator: Operator, row: SubscriptionRow): SubscriptionFault | undefined {
  if (!operator.plans.some((plan) => plan.code === row.planCode)) return 'plan-unknown';
  const fits = (code: string) =>
    operator.billing.options.some((option) => option.code === code && option.planCodes.includes(row.planCode));
  if (!row.optionCodes.every(fits)) return 'option-unknown';
  if (row.endedAt && Temporal.Instant.compare(row.endedAt, row.opensAt) <= 0) return 'ends-before-it-opens';
  return undefined;
}
