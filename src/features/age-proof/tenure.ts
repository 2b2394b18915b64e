import type { Operator } from '../../base/operator.ts';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import type { Db } from '../../infra/db/index.ts';
import type { TryLimits } from '../../infra/db/try-limits.ts';
import type { Contractors } from '../contractors/index.ts';
import { type AnswerDeps, answerAbout } from './answer-about.ts';
import type { Access } from './openid/bearer.ts';
import type { SubjectFault } from './rules/access.ts';
import { type ContractType, DAYS_ASKED, isOpenSince, type TenureFault, tenureFault } from './rules/tenure.ts';

export interface TenureDeps extends AnswerDeps {
  readonly db: Db;
  readonly operator: Operator;
  readonly limits: TryLimits;
  readonly contractors: Pick<Contractors, 'contractor' | 'subscriptions' | 'subscriptionOfMsisdn'>;
}

export interface TenureAnswer {
  readonly tenureDateCheck: boolean;
  readonly contractType: ContractType;
}

const DIFFERENT_DAYS = {
  name: 'partner:tenure',
  tries: DAYS_ASKED.most,
  windowSeconds: DAYS_ASKED.withinSeconds,
  whenReached: { kind: 'block', seconds: DAYS_ASKED.withinSeconds },
} as const;

/** Says whether somebody's subscription has been open since a day, once it is recorded that it was said. */
export function checkTenure(
  deps: TenureDeps,
  access: Access,
  { tenureDate, phoneNumber }: { tenureDate: string; phoneNumber?: string | undefined },
): Promise<Decision<TenureAnswer, SubjectFault | TenureFault>> {
  const { timeZone } = deps.operator;
  return answerAbout(deps, { access, phoneNumber }, async ({ subscriptionId, contractorId, opensAt }, now) => {
    const facts = { tenureDate, now, zone: timeZone };
    // A day that is refused anyway counts on nothing.
    const early = tenureFault({ ...facts, isOverLimit: false });
    if (early) return refuse(early);
    const subject = `${access.partner.partnerId} ${subscriptionId}`;
    const taken = await deps.limits.take(deps.db, [{ limit: DIFFERENT_DAYS, subject, of: tenureDate }]);
    const fault = tenureFault({ ...facts, isOverLimit: !taken.ok });
    if (fault) return refuse(fault);
    const isSince = isOpenSince(tenureDate, opensAt, timeZone);
    const contractor = await deps.contractors.contractor(deps.sql, contractorId);
    // A company has no birth date.
    const contractType = contractor?.birthDate === null ? 'Business' : 'PAYM';
    return accept({
      value: { tenureDateCheck: isSince, contractType },
      recorded: { kind: 'tenure', tenureDate, answer: isSince ? 'true' : 'false' },
    });
  });
}
