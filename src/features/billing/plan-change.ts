import type { Clock } from '../../base/clock.ts';
import { isId } from '../../base/ids.ts';
import type { Operator } from '../../base/operator.ts';
import { addMonths } from '../../base/operator-month.ts';
import { accept, type Decision, firstBroken, refuse } from '../../base/refusal.ts';
import { audit, type Db, inTransaction, runnerOf } from '../../infra/db/index.ts';
import { enqueueMessages } from '../../infra/line/outbox/outbox.ts';
import { type Contractors, type PlanChange, serviceState, type Terms } from '../contractors/index.ts';
import type { Calendar } from '../data/index.ts';
import { peopleOfContractors } from './people-store.ts';
import { type PlanNews, planMessage } from './plan-messages.ts';
import { isThereFrom, type PlanChangeRefusal, planChangeRefusals } from './rules/plan-change.ts';

export interface PlanChangeDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly calendar: Calendar;
  readonly contractors: Pick<Contractors, 'terms'>;
  readonly publicUrl: string;
}

export interface PlanChangeActions {
  /** Lets plan and options change on the 1st of next month, in the place of a change that waited. */
  askPlanChange(asked: {
    requestId: string;
    contractorId: string;
    subscriptionId: string;
    to: Terms;
  }): Promise<Decision<PlanChange, PlanChangeRefusal>>;
  /** Takes back what waits; the same again changes nothing. */
  takeBackPlanChange(asked: { contractorId: string; subscriptionId: string }): Promise<Decision<null, 'not-found'>>;
}

export function createPlanChangeActions(deps: PlanChangeDeps): PlanChangeActions {
  const { db, clock, operator, calendar } = deps;
  const { terms } = deps.contractors;

  async function tell(tx: Db, news: PlanNews): Promise<void> {
    const sql = runnerOf(tx);
    const { contractorId } = news.subscription;
    const people = (await peopleOfContractors(sql, [contractorId], 'plan')).get(contractorId) ?? [];
    await enqueueMessages(
      sql,
      clock.now(),
      people.map((person) => planMessage(news, person, deps)),
    );
  }

  return {
    askPlanChange: ({ requestId, contractorId, subscriptionId, to }) =>
      inTransaction(db, async (tx) => {
        if (!isId(subscriptionId)) return refuse('not-found');
        const subscription = await terms.lock(tx, { contractorId, subscriptionId });
        const now = clock.now();
        const takesEffectIn = addMonths(calendar.monthOf(now), 1);
        const made = subscription && (await terms.madeBy(tx, { subscriptionId, requestId }));
        if (made) return accept(made);
        const code = firstBroken(planChangeRefusals, {
          isOwn: subscription !== null,
          isInService: subscription !== null && serviceState(subscription, now) === 'in-service',
          goesOn: subscription !== null && isThereFrom(subscription, calendar.startOf(takesEffectIn)),
          present: subscription ?? to,
          wanted: to,
          plans: operator.plans,
          options: operator.billing.options,
        });
        if (code !== undefined || subscription === null) return refuse(code ?? 'not-found');
        const change = await terms.schedule(tx, now, { subscription, takesEffectIn, to, requestId });
        await audit(runnerOf(tx), now, {
          actor: { kind: 'contractor', id: contractorId },
          action: 'billing.plan-change-asked',
          contractorId,
          subscriptionId,
          detail: { plan: to.planCode, options: to.optionCodes.join(' '), takesEffectIn },
        });
        await tell(tx, { about: 'asked', subscription, change });
        return accept(change);
      }),

    takeBackPlanChange: ({ contractorId, subscriptionId }) =>
      inTransaction(db, async (tx) => {
        if (!isId(subscriptionId)) return refuse('not-found');
        const subscription = await terms.lock(tx, { contractorId, subscriptionId });
        if (!subscription) return refuse('not-found');
        const now = clock.now();
        const change = await terms.takeBack(tx, now, subscriptionId);
        if (!change) return accept(null);
        await audit(runnerOf(tx), now, {
          actor: { kind: 'contractor', id: contractorId },
          action: 'billing.plan-change-taken-back',
          contractorId,
          subscriptionId,
          detail: { takesEffectIn: change.takesEffectIn },
        });
        await tell(tx, { about: 'taken-back', subscription, change });
        return accept(null);
      }),
  };
}
