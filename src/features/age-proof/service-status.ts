import type { Operator } from '../../base/operator.ts';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import type { Data } from '../data/index.ts';
import { type AnswerDeps, answerAbout } from './answer-about.ts';
import type { Access } from './openid/bearer.ts';
import type { SubjectFault } from './rules/access.ts';
import { type ServiceStatus, serviceStatus } from './rules/service-status.ts';

export interface StatusDeps extends AnswerDeps {
  readonly operator: Operator;
  readonly data: Pick<Data, 'slowedUntil'>;
}

/** Says whether calls and data of somebody's subscription work, once it is recorded that it was said. */
export function retrieveStatus(
  deps: StatusDeps,
  access: Access,
  phoneNumber: string | undefined,
): Promise<Decision<ServiceStatus, SubjectFault | 'without-calls'>> {
  return answerAbout(deps, { access, phoneNumber }, async ({ subscriptionId, planCode }, now) => {
    const plan = deps.operator.plans.find(({ code }) => code === planCode);
    const slowed = await deps.data.slowedUntil(deps.sql, [subscriptionId], now);
    const status = serviceStatus({ hasVoice: plan?.hasVoice ?? false, isSlowed: slowed.has(subscriptionId) });
    if (status === null) return refuse('without-calls');
    return accept({ value: status, recorded: { kind: 'service-status', answer: status.dataService } });
  });
}
