import { Temporal } from 'temporal-polyfill';
import type { LineAnswer } from '../answer.ts';

/** A row of the outbox when it is about to be sent. */
export interface Attempted {
  readonly kind: 'message' | 'rich-menu';
  /** False if the person has blocked the account; true if they are a friend, or nothing is known. */
  readonly canReceive: boolean;
  readonly hasReplyToken: boolean;
  readonly replyUntil: Temporal.Instant | null;
  /** An earlier try with the reply token may have succeeded without an answer reaching us. */
  readonly isReplyUncertain: boolean;
  readonly firstTriedAt: Temporal.Instant;
  /** This one included. */
  readonly attempts: number;
}

export type Way = 'drop' | 'reply' | 'push' | 'link-menu' | 'give-up';

/** LINE remembers a retry key for 24 hours; a later repeat would be a second message. */
const RETRY_KEY_HOURS = 24;

/** We use the token for 50 s, LINE accepts it for 60: so the outcome of an uncertain try can be asked for a little longer. */
const LINE_REPLY_GRACE_SECONDS = 10;

/** How this try goes out. */
export function decideWay(row: Attempted, now: Temporal.Instant): Way {
  if (!row.canReceive) return 'drop';
  if (isBefore(row.firstTriedAt.add({ hours: RETRY_KEY_HOURS }), now)) return 'give-up';
  if (row.kind === 'rich-menu') return 'link-menu';
  if (!row.hasReplyToken) return 'push';
  // Only another try with the token tells whether the earlier one succeeded; a push might be a second message.
  if (row.isReplyUncertain) return 'reply';
  return row.replyUntil !== null && isBefore(now, row.replyUntil) ? 'reply' : 'push';
}

export type Verdict =
  | { readonly next: 'settle'; readonly state: 'sent' | 'dropped' | 'failed' | 'unknown'; readonly why?: string }
  | { readonly next: 'retry'; readonly at: Temporal.Instant; readonly isReplyUncertain: boolean; readonly why: string }
  | { readonly next: 'push' };

/** What to do after LINE's answer. `chance` (0…1) spreads the next tries of many rows. */
export function decideVerdict(
  row: Attempted,
  way: 'reply' | 'push' | 'link-menu',
  answer: LineAnswer<unknown>,
  now: Temporal.Instant,
  chance: number,
): Verdict {
  if (answer.kind === 'ok') return { next: 'settle', state: 'sent' };

  const retry = (why: string, mayHaveArrived: boolean): Verdict => {
    const isReplyUncertain = row.isReplyUncertain || (way === 'reply' && mayHaveArrived);
    const capMs = isReplyUncertain ? UNCERTAIN_CAP_MS : way === 'link-menu' ? MENU_CAP_MS : CAP_MS;
    const at = now.add({ milliseconds: backOffMs(row.attempts, chance, capMs) });
    return { next: 'retry', at, isReplyUncertain, why };
  };

  if (answer.kind === 'no-answer') return retry(answer.message, !answer.isCertainlyUnsent);

  const why = `${answer.status} ${answer.message}`;
  if (answer.status === 409) return { next: 'settle', state: 'sent' };
  if (answer.status >= 500) return retry(why, true);
  if (answer.status === 429) {
    if (/monthly limit/i.test(answer.message)) return { next: 'settle', state: 'failed', why };
    return retry(why, false);
  }
  // Our credentials are wrong, not the message: it is sent when they are right again.
  if (answer.status === 401 || answer.status === 403) return retry(why, false);

  if (way === 'reply' && answer.status === 400 && /invalid reply token/i.test(answer.message)) {
    if (!row.isReplyUncertain) return { next: 'push' };
    const isTelling =
      row.replyUntil !== null && isBefore(now, row.replyUntil.add({ seconds: LINE_REPLY_GRACE_SECONDS }));
    // The token cannot have expired yet, so "invalid" means that the earlier try has used it.
    return isTelling
      ? { next: 'settle', state: 'sent', why: 'an earlier try had been accepted' }
      : { next: 'settle', state: 'unknown', why };
  }
  return { next: 'settle', state: 'failed', why };
}

const CAP_MS = 300_000;
/** The menu may not have been created yet. */
const MENU_CAP_MS = 10_000;
/** An uncertain reply can be cleared up only while its token is good. */
const UNCERTAIN_CAP_MS = 2_000;

/** 1 s, 2 s, 4 s … up to a cap, each up to half as long again, so that many rows do not come back at once. */
function backOffMs(attempts: number, chance: number, capMs: number): number {
  return Math.round(Math.min(1_000 * 2 ** Math.min(attempts - 1, 20), capMs) * (1 + chance / 2));
}

function isBefore(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) < 0;
}
