import { Temporal } from 'temporal-polyfill';

/** A link token of LINE lives 10 minutes; so do the page that carries it and the nonce that proves it. */
export const ATTEMPT_MINUTES = 10;

export type AttemptState = 'issued' | 'opened' | 'proven' | 'linked' | 'failed' | 'refused';

export interface AttemptFacts {
  readonly state: AttemptState;
  readonly createdAt: Temporal.Instant;
}

/** Whether the page can still be filled in: LINE's token is alive and nothing has been decided. */
export function isPageOpen(attempt: AttemptFacts, now: Temporal.Instant): boolean {
  const isUndecided = attempt.state === 'issued' || attempt.state === 'opened' || attempt.state === 'proven';
  return isUndecided && Temporal.Instant.compare(now, attempt.createdAt.add({ minutes: ATTEMPT_MINUTES })) < 0;
}

export interface ReportFacts {
  readonly attempt: {
    readonly state: AttemptState;
    readonly lineUserId: string;
    readonly nonceUntil: Temporal.Instant;
  };
  readonly report: { readonly result: 'ok'; readonly lineUserId: string } | { readonly result: 'failed' };
  readonly now: Temporal.Instant;
}

export type Verdict = 'bind' | 'other-account' | 'nonce-expired' | 'spent';

/** What LINE's report means for the attempt whose nonce it carries. */
export function decideReport({ attempt, report, now }: ReportFacts): Verdict {
  if (attempt.state !== 'proven') return 'spent';
  if (report.result === 'failed' || report.lineUserId !== attempt.lineUserId) return 'other-account';
  return Temporal.Instant.compare(now, attempt.nonceUntil) > 0 ? 'nonce-expired' : 'bind';
}

/** Whether a code can be re-issued once more today. */
export function canReissue(reissuesToday: number, limitPerDay: number): boolean {
  return reissuesToday < limitPerDay;
}
