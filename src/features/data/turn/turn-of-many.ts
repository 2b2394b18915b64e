import type { Month } from '../../../base/operator-month.ts';
import { type Deciding, planIn } from '../batch/deciding.ts';
import type { SubscriptionFacts } from '../batch/facts.ts';
import { decideMonthTurn, type Grant, monthsToTurn } from '../rules/month-turn.ts';

/** What the turn into a month does with many subscriptions. */
export interface TurnOfMany {
  /** Those that are turned into this one month, by their plan and what they are granted. All of them lose what has ended. */
  readonly alike: readonly {
    readonly planCode: string;
    readonly grant: Grant | undefined;
    readonly subscriptionIds: readonly string[];
  }[];
  /** Those that have other months to be turned into: each is a command of its own. */
  readonly others: readonly string[];
}

/** Decides by the rules what a month's turn does with each, and puts those together with whom it does the same. */
export function decideTurnOfMany(
  subscriptions: readonly SubscriptionFacts[],
  month: Month,
  { calendar, baseBytesOf }: Pick<Deciding, 'calendar' | 'baseBytesOf'>,
): TurnOfMany {
  const alike = new Map<string, { planCode: string; grant: Grant | undefined; subscriptionIds: string[] }>();
  const others: string[] = [];
  for (const subscription of subscriptions) {
    const { subscriptionId } = subscription;
    const months = monthsToTurn(subscription, month, calendar);
    if (months.length === 0) continue;
    if (months.length > 1 || months[0] !== month) {
      others.push(subscriptionId);
      continue;
    }
    const planCode = planIn(month, subscription);
    const baseBytes = baseBytesOf(planCode);
    // What it ends does not depend on the subscription: whatever has ended when the month begins.
    const { grant } = decideMonthTurn({ lots: [], month, calendar, baseBytes, opensAt: subscription.opensAt });
    const what = grant === undefined ? planCode : `${planCode} from ${grant.grantedAt.epochMilliseconds}`;
    const together = alike.get(what) ?? { planCode, grant, subscriptionIds: [] };
    together.subscriptionIds.push(subscriptionId);
    alike.set(what, together);
  }
  return { alike: [...alike.values()], others };
}
