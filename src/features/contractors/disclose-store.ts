import { plainArray } from '../../infra/db/array-text.ts';
import type { Discloser } from '../../infra/db/disclosure.ts';
import { homesOf } from './home.ts';

/** What is kept of who somebody is, and of their subscriptions. */
export const contractorsDiscloser: Discloser = {
  tables: ['contractor', 'subscription', 'plan_change', 'email_change'],
  keptBack: {
    contractor_change: 'that something changed, without values, for minutes',
    untold_subject: 'that it could not be told yet, without values',
  },
  async disclose(sql, { contractorId, subscriptionIds, key }) {
    const ids = plainArray(subscriptionIds);
    const [contract] = await sql.query<{ email: string }>(
      `select login_id as "loginId", name, kana, birth_date as "birthDate", email,
         is_identity_verified as "isIdentityVerified", language, created_at as "createdAt"
       from contractor where contractor_id = $1`,
      [contractorId],
    );
    const home = (await homesOf(sql, key, [contractorId])).get(contractorId) ?? null;
    const waitingMailAddresses = await sql.query(
      `select email, asked_at as "askedAt" from email_change where contractor_id = $1 and confirmed_at is null`,
      [contractorId],
    );
    const subscriptions = await sql.query(
      `select subscription_id as "subscriptionId", '+' || msisdn as "phoneNumber", plan_code as "planCode",
         option_codes as "optionCodes", opens_at as "opensAt", ended_at as "endedAt", user_name as "registeredUserName",
         user_birth_date as "registeredUserBirthDate", filtering, created_at as "createdAt"
       from subscription where subscription_id = any($1::uuid[]) order by opens_at, subscription_id`,
      [ids],
    );
    const planChanges = await sql.query(
      `select subscription_id as "subscriptionId", from_plan_code as "fromPlanCode", from_option_codes as "fromOptionCodes",
         to_plan_code as "toPlanCode", to_option_codes as "toOptionCodes", takes_effect_in as "takesEffectInMonth",
         asked_at as "askedAt", asked_by as "askedBy", state, settled_at as "settledAt"
       from plan_change where subscription_id = any($1::uuid[]) order by asked_at, plan_change_id`,
      [ids],
    );
    return { contract: { ...contract, home, waitingMailAddresses }, subscriptions, planChanges };
  },
};
