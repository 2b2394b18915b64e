import { Temporal } from 'temporal-polyfill';
import { type Db, inTransaction, runnerOf } from '../../infra/db/index.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import { inPortions } from '../../infra/jobs/portions.ts';
import { enqueueMessages } from '../../infra/line/outbox/outbox.ts';
import type { Contractors } from '../contractors/index.ts';
import type { Calendar } from '../data/index.ts';
import { billMessage } from './bill-messages.ts';
import { markBillsTold, takeUntoldBills } from './bill-store.ts';
import { peopleOfContractors } from './people-store.ts';
import type { PlanChangeDeps } from './plan-change.ts';
import { markChangesTold, takeUntoldChanges } from './plan-change-store.ts';
import { planMessage } from './plan-messages.ts';

const PORTION = 500;

/** What comes about at midnight is told from this hour of the 1st on: nobody is woken by it. */
const TELL_FROM_HOUR = 10;

/** Whether it is still the night in which the month turned. */
export function isNightOfTheTurn(now: Temporal.Instant, calendar: Calendar): boolean {
  const morning = calendar
    .startOf(calendar.monthOf(now))
    .toZonedDateTimeISO(calendar.zone)
    .with({ hour: TELL_FROM_HOUR });
  return Temporal.Instant.compare(now, morning.toInstant()) < 0;
}

interface JobDeps extends PlanChangeDeps {
  readonly contractors: Pick<Contractors, 'terms' | 'subscriptions'>;
}

/** Tells contractors in the morning that their bill is closed. */
export function tellBills(deps: { db: Db; calendar: Calendar; publicUrl: string }): Job {
  return {
    name: 'billing.tell-bills',
    everySeconds: 60,
    async run(now, stopping) {
      if (isNightOfTheTurn(now, deps.calendar)) return 0;
      return inPortions(PORTION, stopping, () =>
        inTransaction(deps.db, (tx) => tellBillPortion(tx, deps.publicUrl, now)),
      );
    },
  };
}

async function tellBillPortion(tx: Db, publicUrl: string, now: Temporal.Instant): Promise<number> {
  const sql = runnerOf(tx);
  const bills = await takeUntoldBills(sql, PORTION);
  if (bills.length === 0) return 0;
  const contractorIds = [...new Set(bills.map(({ contractorId }) => contractorId))];
  const people = await peopleOfContractors(sql, contractorIds, 'bill');
  await enqueueMessages(
    sql,
    now,
    bills.flatMap((bill) =>
      (people.get(bill.contractorId) ?? []).map((person) => billMessage(bill, person, publicUrl)),
    ),
  );
  await markBillsTold(
    sql,
    bills.map(({ billId }) => billId),
    now,
  );
  return bills.length;
}

/** Tells contractors in the morning of the 1st that a change of theirs counts from now on. */
export function tellPlanChanges(deps: JobDeps): Job {
  const { db, calendar } = deps;
  return {
    name: 'billing.tell-plan-changes',
    everySeconds: 60,
    async run(now, stopping) {
      if (isNightOfTheTurn(now, calendar)) return 0;
      return inPortions(PORTION, stopping, () => inTransaction(db, (tx) => tellPortion(tx, deps, now)));
    },
  };
}

async function tellPortion(tx: Db, deps: JobDeps, now: Temporal.Instant): Promise<number> {
  const sql = runnerOf(tx);
  const taken = await takeUntoldChanges(sql, PORTION);
  if (taken.length === 0) return 0;
  const ids = taken.map(({ subscriptionId }) => subscriptionId);
  const [subscriptions, changes] = [
    await deps.contractors.subscriptions(sql, ids),
    await deps.contractors.terms.changesOf(sql, ids),
  ];
  const contractorIds = [...new Set([...subscriptions.values()].map(({ contractorId }) => contractorId))];
  const people = await peopleOfContractors(sql, contractorIds, 'plan');
  const messages = taken.flatMap(({ planChangeId, subscriptionId }) => {
    const subscription = subscriptions.get(subscriptionId);
    const change = changes.find((each) => each.planChangeId === planChangeId);
    if (!subscription || !change) return [];
    return (people.get(subscription.contractorId) ?? []).map((person) =>
      planMessage({ about: 'applied', subscription, change }, person, deps),
    );
  });
  await enqueueMessages(sql, now, messages);
  await markChangesTold(
    sql,
    taken.map(({ planChangeId }) => planChangeId),
    now,
  );
  return taken.length;
}
