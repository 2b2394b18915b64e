import type { Temporal } from 'temporal-polyfill';
import { readInstant } from '../../../base/instant-text.ts';
import { readMsisdn } from '../../../base/msisdn.ts';
import { holderAt } from '../../../base/number-holder.ts';
import type { RowOutcome } from '../../../infra/csv/import-rows.ts';
import { type Db, runnerOf } from '../../../infra/db/index.ts';
import type { ActionDeps } from '../deps.ts';
import { loadContractorsByLoginId } from '../store.ts';
import {
  changeSubscriptions,
  createSubscriptions,
  type SubscriptionChange,
  type SubscriptionInput,
} from '../subscription-actions.ts';
import { loadRowsOfNumbers, type SubscriptionRow as Present } from '../subscription-store.ts';
import { subscriptionChange } from './changes.ts';
import { loginIdOf } from './contractors.ts';
import { GONE, outcomeOf, refused, type Within } from './portion.ts';
import type { SubscriptionRow } from './subscription-row.ts';

const numberOf = ({ msisdn }: SubscriptionRow): string => readMsisdn(msisdn) ?? msisdn;

/** What a subscription is known by: its number and when it has it from. */
export function subscriptionKeyOf(row: SubscriptionRow): string | undefined {
  const msisdn = readMsisdn(row.msisdn);
  return msisdn && `${msisdn} ${readInstant(row.opensAt)}`;
}

type Outcomes = Map<SubscriptionRow, RowOutcome>;

/** Takes rows together in one transaction: those that are new are made, the others changed. */
export function takeSubscriptions(
  deps: ActionDeps,
  rows: readonly SubscriptionRow[],
  within: Within,
): Promise<readonly RowOutcome[]> {
  return within(async (tx) => {
    const contractors = await loadContractorsByLoginId(runnerOf(tx), rows.map(loginIdOf));
    const contractorIds = new Map(contractors.map(({ loginId, contractorId }) => [loginId, contractorId]));
    const outcomes: Outcomes = new Map();
    const known: KnownRow[] = [];
    for (const row of rows) {
      const contractorId = contractorIds.get(loginIdOf(row));
      if (contractorId) known.push({ row, contractorId, opensAt: readInstant(row.opensAt) });
      else outcomes.set(row, refused({ code: 'contractor-unknown', reason: 'nobody has this login ID' }));
    }
    for (const round of byRound(known)) await takeRound(deps, tx, round, outcomes);
    return rows.map((row) => outcomes.get(row) ?? GONE);
  });
}

interface KnownRow {
  readonly row: SubscriptionRow;
  readonly contractorId: string;
  readonly opensAt: Temporal.Instant;
}

/** Rows of one number come one after the other, as they stand in the file: one that ends lets the next begin. Others do not meet. */
function byRound(rows: readonly KnownRow[]): readonly KnownRow[][] {
  const rounds: KnownRow[][] = [];
  const times = new Map<string, number>();
  for (const known of rows) {
    const number = numberOf(known.row);
    const time = times.get(number) ?? 0;
    times.set(number, time + 1);
    rounds[time] ??= [];
    rounds[time].push(known);
  }
  return rounds;
}

async function takeRound(deps: ActionDeps, tx: Db, rows: readonly KnownRow[], outcomes: Outcomes): Promise<void> {
  const numbers = rows.flatMap(({ row }) => readMsisdn(row.msisdn) ?? []);
  const holders = Map.groupBy(await loadRowsOfNumbers(runnerOf(tx), numbers), ({ msisdn }) => msisdn);
  const toChange: { row: SubscriptionRow; subscriptionId: string; change: SubscriptionChange }[] = [];
  const toMake: { row: SubscriptionRow; input: SubscriptionInput }[] = [];
  for (const known of rows) {
    const { row } = known;
    const present = presentOf(known, holders.get(numberOf(row)) ?? []);
    if (!present) {
      toMake.push({ row, input: inputOf(known) });
      continue;
    }
    const change = subscriptionChange(present, row);
    if (Object.keys(change).length > 0) toChange.push({ row, subscriptionId: present.subscriptionId, change });
    else outcomes.set(row, { status: 'duplicate' });
  }
  // Changes first: they lock rows, which comes before numbers are locked.
  const changed = await changeSubscriptions(deps, toChange, tx);
  const made = await createSubscriptions(
    deps,
    toMake.map(({ input }) => input),
    tx,
  );
  const decisions = [...changed, ...made];
  for (const [at, { row }] of [...toChange, ...toMake].entries()) {
    const decision = decisions[at];
    if (decision) outcomes.set(row, outcomeOf(decision));
  }
}

/** The contractor's own subscription that has the number when the row's begins. */
function presentOf({ contractorId, opensAt }: KnownRow, holders: readonly Present[]): Present | undefined {
  const { epochMilliseconds } = opensAt;
  const at = holderAt(
    holders.map(({ subscriptionId, opensAt: from }) => ({ subscriptionId, opensMs: from.epochMilliseconds })),
    epochMilliseconds,
  );
  const holder = holders.find(({ subscriptionId }) => subscriptionId === at?.subscriptionId);
  if (holder?.contractorId !== contractorId) return undefined;
  return (holder.endedAt?.epochMilliseconds ?? Infinity) > epochMilliseconds ? holder : undefined;
}

function inputOf({ row, contractorId, opensAt }: KnownRow): SubscriptionInput {
  const { msisdn, planCode, optionCodes = [], userName = null, userBirthDate = null, filtering } = row;
  const endedAt = row.endedAt ? readInstant(row.endedAt) : null;
  return { contractorId, msisdn, planCode, optionCodes, opensAt, endedAt, userName, userBirthDate, filtering };
}
