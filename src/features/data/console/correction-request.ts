import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { accept, type Decision, refuse } from '../../../base/refusal.ts';
import type { Db, SqlRunner } from '../../../infra/db/index.ts';
import type { Subscription } from '../../contractors/index.ts';
import type { AskRequest, Staff } from '../../staff/index.ts';
import type { Data } from '../index.ts';
import { usableBytes } from '../rules/balance.ts';
import { type Correction, type CorrectionRefusal, decideCorrection } from '../rules/correction.ts';
import { BUCKET_KINDS } from '../rules/kinds.ts';

/** A correction of somebody's data, as it waits for a second person. */
export const CORRECTION = 'data.correction';

/** What was asked for and is applied: nothing of it is sent again by whoever approves. */
export const correctionPayload = z.object({
  amountBytes: z.int(),
  into: z.object({ bucket: z.enum(BUCKET_KINDS), expiresAt: z.string() }).nullable(),
  lastFour: z.string(),
});

export interface AskedCorrection extends Pick<Correction, 'amountBytes' | 'into' | 'reason'> {
  readonly requestId: string;
  readonly subscription: Pick<Subscription, 'subscriptionId' | 'contractorId' | 'msisdn' | 'endedAt'>;
  readonly by: AskRequest['by'];
  readonly now: Temporal.Instant;
}

/**
 * Puts a correction before a second person. What the ledger will ask again when that person has approved is asked here
 * first: it spares them a request that cannot be met.
 */
export async function askForCorrection(
  { staff, data }: { staff: Pick<Staff, 'ask'>; data: Pick<Data, 'lotsOf'> },
  sql: SqlRunner,
  { requestId, subscription, amountBytes, into, reason, by, now }: AskedCorrection,
  tx?: Db,
): Promise<Decision<null, CorrectionRefusal | 'reason-missing'>> {
  const { subscriptionId, contractorId, msisdn, endedAt } = subscription;
  const refusal = decideCorrection({
    amountBytes,
    into,
    reason,
    askedBy: typeof by === 'string' ? by : by.staffId,
    approvedBy: 'somebody else',
    now,
    usableBytes: usableBytes(await data.lotsOf(sql, subscriptionId, now), now),
    endedAt,
  });
  if (refusal !== undefined) return refuse(refusal);
  const payload: z.infer<typeof correctionPayload> = { amountBytes, into, lastFour: msisdn.slice(-4) };
  const asked = await staff.ask({ requestId, kind: CORRECTION, payload, reason, by, contractorId, subscriptionId }, tx);
  return asked.ok ? accept(null) : asked;
}
