import type { Operator } from '../../base/operator.ts';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import type { Db } from '../../infra/db/index.ts';
import type { TryLimits } from '../../infra/db/try-limits.ts';
import type { Contractors, Subscription } from '../contractors/index.ts';
import { type AnswerDeps, answerAbout } from './answer-about.ts';
import type { Access } from './openid/bearer.ts';
import type { SubjectFault } from './rules/access.ts';
import { decideAgeCheck, type YesNo } from './rules/age-check.ts';
import { contentLock, parentalControl } from './rules/filtering.ts';
import { type ClaimedIdentity, identityMatchScore } from './rules/identity-match.ts';

export interface AgeQuestion extends ClaimedIdentity {
  readonly ageThreshold: number;
  readonly phoneNumber?: string | undefined;
  readonly includeContentLock?: boolean | undefined;
  readonly includeParentalControl?: boolean | undefined;
}

export interface AgeAnswer {
  ageCheck: YesNo;
  verifiedStatus: boolean;
  identityMatchScore?: number;
  contentLock?: YesNo;
  parentalControl?: YesNo;
}

export interface VerifyDeps extends AnswerDeps {
  readonly db: Db;
  readonly operator: Operator;
  readonly limits: TryLimits;
  readonly contractors: Pick<Contractors, 'contractor' | 'subscriptions' | 'subscriptionOfMsisdn'>;
}

/** Says whether somebody has the age asked for, once it is recorded that it was said. */
export async function verifyAge(
  deps: VerifyDeps,
  access: Access,
  question: AgeQuestion,
): Promise<Decision<AgeAnswer, SubjectFault | 'age-not-agreed'>> {
  const { ageThreshold } = question;
  const { partner } = access;
  if (partner.ageThresholds !== null && !partner.ageThresholds.includes(ageThreshold)) return refuse('age-not-agreed');
  return answerAbout(deps, { access, phoneNumber: question.phoneNumber }, async (subscription, now) => {
    const ageCheck = decideAgeCheck({
      birthDate: subscription.userBirthDate,
      ageThreshold,
      now,
      zone: deps.operator.timeZone,
    });
    const { filtering } = subscription;
    const score = partner.canMatchIdentity ? await matchIdentity(deps, access, subscription, question) : null;
    const value = {
      ageCheck,
      verifiedStatus: await isVerified(deps, subscription, ageCheck),
      ...(score === null ? {} : { identityMatchScore: score }),
      ...(question.includeContentLock ? { contentLock: contentLock(filtering) } : {}),
      ...(question.includeParentalControl ? { parentalControl: parentalControl(filtering) } : {}),
    };
    return accept({ value, recorded: { kind: 'age', ageThreshold, answer: ageCheck } });
  });
}

/** A contractor's birth date was checked against a document when the contract was made; that of another user was not. */
async function isVerified(deps: VerifyDeps, subscription: Subscription, ageCheck: YesNo): Promise<boolean> {
  if (ageCheck === 'not_available' || subscription.hasRegisteredUser) return false;
  return (await deps.contractors.contractor(deps.sql, subscription.contractorId))?.isIdentityVerified ?? false;
}

/** Enough for a form that was filled in wrong, too few to find a birth date by trying. */
const MATCHES_PER_DAY = 10;

async function matchIdentity(
  deps: VerifyDeps,
  access: Access,
  subscription: Subscription,
  claimed: ClaimedIdentity,
): Promise<number | null> {
  const contractor = await deps.contractors.contractor(deps.sql, subscription.contractorId);
  const isContractor = !subscription.hasRegisteredUser;
  const names = [subscription.userName, ...(isContractor && contractor?.kana ? [contractor.kana] : [])];
  const score = identityMatchScore(claimed, {
    names,
    birthDate: subscription.userBirthDate,
    email: isContractor ? (contractor?.email ?? null) : null,
  });
  if (score === null) return null;
  const limit = {
    name: 'partner:identity-match',
    tries: MATCHES_PER_DAY,
    windowSeconds: 86_400,
    whenReached: { kind: 'block', seconds: 86_400 },
  } as const;
  const subject = `${access.partner.partnerId} ${subscription.subscriptionId}`;
  const said = JSON.stringify([claimed.name, claimed.familyName, claimed.givenName, claimed.birthdate, claimed.email]);
  const taken = await deps.limits.take(deps.db, [{ limit, subject, of: said }]);
  return taken.ok ? score : null;
}
