import { Temporal } from 'temporal-polyfill';

/** A tap in the talk and a mailed code are waited for so long. */
const ANSWER_MINUTES = 5;
/** A link to a new password works so long. */
const RESET_MINUTES = 30;

/** What a contractor has to prove themselves by, beyond the password. */
export interface ProofFacts {
  readonly hasLinkedLine: boolean;
  /** Of the linked accounts one is a friend, so that it can be asked in the talk. */
  readonly canBeAsked: boolean;
  readonly hasOneTimeCode: boolean;
  readonly hasPasskey: boolean;
  readonly canBeMailed: boolean;
  /** Money rests after half an hour: to go on, the password typed once more is enough. */
  readonly isPasswordEnough: boolean;
  /** What is asked for is undoing the one link there is: its LINE account may be lost. */
  readonly isLinkInQuestion: boolean;
}

export type ProofWay = 'password' | 'line' | 'tap' | 'passkey' | 'code' | 'mail';

/**
 * The ways offered, the easiest first. A mailed code is offered only to whoever has nothing better yet: a mailbox is
 * often open on the very machine the password was stolen from.
 */
export function proofWays(facts: ProofFacts): ProofWay[] {
  const ways: ProofWay[] = [];
  if (facts.hasLinkedLine) ways.push('line');
  if (facts.canBeAsked) ways.push('tap');
  if (facts.hasPasskey) ways.push('passkey');
  if (facts.hasOneTimeCode) ways.push('code');
  if (facts.isPasswordEnough) return ['password', ...ways];
  const hasNothingElse = ways.length === 0 || (facts.isLinkInQuestion && !facts.hasPasskey && !facts.hasOneTimeCode);
  if (hasNothingElse && facts.canBeMailed) ways.push('mail');
  return ways;
}

/** Whether an answer to something asked at a moment still counts. Exactly five minutes does. */
export function isAnswerInTime(askedAt: Temporal.Instant, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now, askedAt.add({ minutes: ANSWER_MINUTES })) <= 0;
}

/** The first moment at which something asked now could still be answered in time. */
export function answerLimit(now: Temporal.Instant): Temporal.Instant {
  return now.subtract({ minutes: ANSWER_MINUTES });
}

/** Until when the link for a new password works (exclusive). */
export function resetExpiry(requestedAt: Temporal.Instant): Temporal.Instant {
  return requestedAt.add({ minutes: RESET_MINUTES });
}
