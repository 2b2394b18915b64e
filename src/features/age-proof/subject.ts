import type { Clock } from '../../base/clock.ts';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import type { SqlRunner } from '../../infra/db/index.ts';
import { type Contractors, type Subscription, serviceState } from '../contractors/index.ts';
import { hasObjected } from './objection-store.ts';
import type { Access } from './openid/bearer.ts';
import { type SubjectFault, subjectFault } from './rules/access.ts';

/** About whom a question is: named by the token, or in the question by a partner under contract. */
export async function findSubject(
  deps: { clock: Clock; contractors: Pick<Contractors, 'subscriptions' | 'subscriptionOfMsisdn'> },
  sql: SqlRunner,
  question: { access: Access; phoneNumber: string | undefined; hasOtherIdentifier?: boolean },
): Promise<Decision<Subscription, SubjectFault>> {
  const { access, phoneNumber } = question;
  const named = access.subscriptionId;
  const subscription =
    named !== null
      ? ((await deps.contractors.subscriptions(sql, [named])).get(named) ?? null)
      : phoneNumber !== undefined
        ? await deps.contractors.subscriptionOfMsisdn(sql, deps.clock.now(), phoneNumber.replace(/^\+/, ''))
        : null;
  const { partnerId } = access.partner;
  const fault = subjectFault({
    isThreeLegged: named !== null,
    hasIdentifier: phoneNumber !== undefined || question.hasOtherIdentifier === true,
    isIdentifierKnown: phoneNumber !== undefined,
    serviceState: subscription && serviceState(subscription, deps.clock.now()),
    hasObjected: subscription
      ? await hasObjected(sql, { subscriptionId: subscription.subscriptionId, partnerId })
      : false,
  });
  if (fault) return refuse(fault);
  if (!subscription) throw new Error('a subject without a fault is there');
  return accept(subscription);
}
