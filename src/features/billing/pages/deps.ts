import type { Clock } from '../../../base/clock.ts';
import type { Operator } from '../../../base/operator.ts';
import { type Db, runnerOf } from '../../../infra/db/runner.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import { type Contractors, type Subscription, serviceState } from '../../contractors/index.ts';
import type { Calendar, Data } from '../../data/index.ts';
import type { BillingActions } from '../actions.ts';

/** What the pages of billing need. */
export interface BillingPageDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly calendar: Calendar;
  readonly contractors: Pick<Contractors, 'contractor' | 'subscriptionsOf' | 'subscriptionsOfAll' | 'terms'>;
  readonly data: Pick<Data, 'balance'>;
  readonly actions: BillingActions;
  /** Where the card gateway's pages are; null: none is connected. */
  readonly gatewayOrigin: string | null;
}

/** Behind `requireContractor` there always is one. */
export function contractorOf(c: WebContext): string {
  const contractorId = c.var.session?.contractorId;
  if (!contractorId) throw new Error('a contractor page without a contractor');
  return contractorId;
}

/** The contractor's subscriptions that are in service now, oldest first. */
export async function inServiceOf(deps: BillingPageDeps, c: WebContext): Promise<readonly Subscription[]> {
  const owned = await deps.contractors.subscriptionsOf(runnerOf(deps.db), contractorOf(c));
  return owned.filter((each) => serviceState(each, deps.clock.now()) === 'in-service');
}
