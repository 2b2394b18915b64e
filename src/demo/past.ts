import type { Temporal } from 'temporal-polyfill';
import type { App } from '../app.ts';
import type { AdjustableClock } from '../base/clock.ts';
import { addMonths, type Month, startOfMonth } from '../base/operator-month.ts';
import { runnerOf } from '../infra/db/index.ts';
import type { DemoSubscription } from './people.ts';

/** Months lived in large steps before the two that are lived day by day: bills and use by month have something to show. */
export const PAST_MONTHS = 3;

/** The day of a month on which its calls come in from the operator's own systems. */
export const CALLS_ON = 16;

/** Somebody's subscription in the demo. */
export interface DemoUser {
  readonly contractorId: string;
  readonly subscriptionId: string;
  readonly demo: DemoSubscription;
}

interface Past {
  readonly app: App;
  readonly clock: AdjustableClock;
  readonly zone: string;
  readonly users: readonly DemoUser[];
}

/** Lives the months from `first` up to `end` in five steps each. Nothing is left over at their end, to keep it simple. */
export async function livePast(past: Past, first: Month, end: Month): Promise<void> {
  const { app, clock, zone } = past;
  for (let month = first; month < end; month = addMonths(month, 1)) {
    const on = (day: number) => startOfMonth(month, zone).add({ hours: (day - 1) * 24 + 20 });
    clock.freeze(startOfMonth(month, zone));
    await app.jobs.runDue();
    const users = past.users.filter(({ demo }) => demo.state !== 'next-month');
    for (const [day, share] of [
      [6, 0.2],
      [12, 0.25],
      [CALLS_ON, 0.3],
      [22, 0.4],
      [27, 1],
    ] as const) {
      clock.freeze(on(day));
      if (day === CALLS_ON) await callsOfMonth(app, users, on(day));
      if (day === 22) await dealings(app, users, { month, end });
      await Promise.all(users.map((user) => useShare(app, user, { at: on(day), share })));
    }
  }
}

/** What was bought and changed: in the last of these months, and for it. */
async function dealings(
  app: App,
  users: readonly DemoUser[],
  { month, end }: { month: Month; end: Month },
): Promise<void> {
  for (const { contractorId, subscriptionId, demo } of users) {
    const own = { contractorId, subscriptionId };
    if (demo.topUpPack && month === addMonths(end, -1)) {
      await app.billing.topUp({ requestId: `demo:top-up:${subscriptionId}`, ...own, packCode: demo.topUpPack });
    }
    if (demo.earlierPlanCode && month === addMonths(end, -2)) {
      const to = { planCode: demo.planCode, optionCodes: demo.optionCodes ?? [] };
      const asked = await app.billing.askPlanChange({ requestId: `demo:plan:${subscriptionId}`, ...own, to });
      if (!asked.ok) throw new Error(`the demo's change of plan was refused: ${asked.code}`);
    }
  }
}

/** Takes in the calls of a month. */
export async function callsOfMonth(app: App, users: readonly DemoUser[], at: Temporal.Instant): Promise<void> {
  const items = users.flatMap(({ subscriptionId, demo }) =>
    demo.callsYen === undefined
      ? []
      : [
          {
            id: `${subscriptionId}:${at.toString()}`,
            subscriptionId,
            kind: 'calls' as const,
            occurredAt: at.toString(),
            label: { ja: '国内通話料', en: 'Domestic calls' },
            amountYen: demo.callsYen,
            isTaxed: true,
          },
        ],
  );
  await app.billing.recordItems({ source: 'demo/calls', items });
}

/** Uses a share of what is left. */
async function useShare(
  app: App,
  { subscriptionId }: DemoUser,
  { at, share }: { at: Temporal.Instant; share: number },
): Promise<void> {
  const [balance] = await app.data.balances(runnerOf(app.database.db), [subscriptionId], at);
  const bytes = Math.floor((balance?.totalBytes ?? 0) * share);
  if (bytes === 0) return;
  await app.data.recordUse({
    requestId: `demo:${subscriptionId}:${at.toString()}`,
    subscriptionId,
    endedAt: at.toString(),
    isZeroRated: false,
    amount: { mode: 'delta', bytes },
  });
}
