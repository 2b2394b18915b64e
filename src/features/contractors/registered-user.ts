import { Temporal } from 'temporal-polyfill';
import { ageOn } from '../../base/age.ts';
import { ADULT_YEARS } from '../../base/filtering.ts';
import { isId } from '../../base/ids.ts';
import { dayOf } from '../../base/operator-month.ts';
import { accept, type Decision, firstBroken, refuse } from '../../base/refusal.ts';
import { audit, type Db, runnerOf } from '../../infra/db/index.ts';
import type { ActionDeps } from './deps.ts';
import { type UserFault, userRules } from './rules/registered-user.ts';
import { serviceState } from './rules/service-state.ts';
import { isSameUser } from './subscription-actions.ts';
import { loadSubscriptions, lockSubscriptionRow, type Subscription, updateSubscription } from './subscription-store.ts';

/** A contractor registers who carries a phone of theirs; null for themselves. */
export interface UserRegistration {
  readonly contractorId: string;
  readonly subscriptionId: string;
  readonly user: { readonly name: string; readonly birthDate: string } | null;
}

/**
 * Registers a user in the caller's transaction. From then on their birth date counts for every question about age; where
 * it makes them a minor, the filtering that the law wants is on.
 */
export async function registerUser(
  deps: Pick<ActionDeps, 'clock' | 'operator' | 'onUserChanged' | 'changes'>,
  tx: Db,
  { contractorId, subscriptionId, user }: UserRegistration,
): Promise<Decision<Subscription, UserFault | 'not-found' | 'ended'>> {
  const { clock, operator, onUserChanged, changes } = deps;
  const sql = runnerOf(tx);
  const now = clock.now();
  const today = dayOf(now, operator.timeZone);
  const row = isId(subscriptionId) ? await lockSubscriptionRow(sql, subscriptionId) : null;
  if (row?.contractorId !== contractorId) return refuse('not-found');
  if (serviceState(row, now) === 'ended') return refuse('ended');
  const fault = user && firstBroken(userRules, { ...user, isDay: isDay(user.birthDate), today });
  if (fault) return refuse(fault);
  const isMinor = user !== null && ageOn(user.birthDate, today) < ADULT_YEARS;
  const filtering = isMinor && row.filtering === 'off' ? 'content' : row.filtering;
  const registered = { userName: user?.name ?? null, userBirthDate: user?.birthDate ?? null, filtering };
  const [present] = await loadSubscriptions(sql, [subscriptionId]);
  // The form sent twice: nothing is different the second time, and nothing is on record.
  if (present && isSameUser(row, registered) && row.filtering === filtering) return accept(present);
  if (!(await updateSubscription(sql, { ...row, ...registered }))) throw new Error('a number changed under its lock');
  await audit(sql, now, {
    actor: { kind: 'contractor', id: contractorId },
    action: 'contractors.user-registered',
    contractorId,
    subscriptionId,
    detail: { isSomebodyElse: user !== null, hasFiltering: filtering !== row.filtering },
  });
  const fields = ['userName', 'userBirthDate', ...(filtering === row.filtering ? [] : ['filtering'])];
  await changes.note(sql, now, [{ type: 'subscription.changed', contractorId, subscriptionId, fields }]);
  const [changed] = await loadSubscriptions(sql, [subscriptionId]);
  if (changed && !isSameUser(row, registered)) await onUserChanged(tx, changed);
  return changed ? accept(changed) : refuse('not-found');
}

function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}
