import { Temporal } from 'temporal-polyfill';
import { newId } from '../../base/ids.ts';
import { readMoment } from '../../base/instant-text.ts';
import { type Db, runnerOf } from '../../infra/db/runner.ts';
import type { Ledger, Submitted } from '../../ledger/family.ts';
import { submitWithin } from '../../ledger/within.ts';
import {
  type CorrectCommand,
  type DataAnswer,
  type Refused,
  type ReserveCommand,
  type ReturnSliceCommand,
  type SettleCommand,
  turnRequestId,
  type Use,
  type Used,
} from './batch/commands.ts';
import { refused } from './batch/deciding.ts';
import type { DataFamily } from './batch/family.ts';
import type { Calendar } from './rules/calendar.ts';
import { untimely } from './rules/usage-record.ts';
import { countUses, type UseCounter } from './usage/count-uses.ts';
import { keyed } from './usage/request-key.ts';

export interface DataActions extends UseCounter {
  /** Counts one record of use, as `recordUses` counts many. */
  recordUse(use: Use): Promise<Submitted<({ readonly result: 'used' } & Used) | Refused>>;
  /** Adds data that was bought; effective when it resolves. Whole bytes. */
  topUp(asked: { requestId: string; subscriptionId: string; amountBytes: number }): Promise<Submitted<DataAnswer>>;
  /** A correction by staff, with a reason and a second person; once for each request id. */
  correct(asked: Omit<CorrectCommand, 'kind'>): Promise<Submitted<DataAnswer>>;
  /** Lends the network a slice ahead of use. */
  reserve(asked: Omit<ReserveCommand, 'kind' | 'reservationId'>): Promise<Submitted<DataAnswer>>;
  /** Tells what was used of a slice, which ends it. A slice is settled once: its id is the request's. */
  settleSlice(asked: Omit<SettleCommand, 'kind' | 'requestId'>): Promise<Submitted<DataAnswer>>;
  /** Gives a slice back unused; the same again gets the same answer. */
  returnSlice(asked: Omit<ReturnSliceCommand, 'kind' | 'requestId'>): Promise<Submitted<DataAnswer>>;
  /**
   * Grants the first month in the transaction that opens the subscriptions; one that opens later is granted by the
   * turn of the month when it opens.
   */
  grantFirstMonths(
    tx: Db,
    subscriptions: readonly { readonly subscriptionId: string; readonly opensAt: Temporal.Instant }[],
  ): Promise<void>;
}

export function createDataActions(deps: {
  ledger: Ledger;
  family: DataFamily;
  calendar: Calendar;
  now: () => Temporal.Instant;
  /** For how many days single uses are known. */
  keptDays: number;
}): DataActions {
  const { ledger, family, calendar, now, keptDays } = deps;
  return {
    recordUses: (asked) => countUses({ ledger, family }, asked),
    async recordUse(use) {
      const [outcome] = await countUses<never>({ ledger, family }, [keyed(use)]);
      switch (outcome?.status) {
        case 'accepted':
        case 'duplicate':
          return { ok: true, answer: { result: 'used', ...outcome.used }, isReplay: outcome.status === 'duplicate' };
        case 'refused':
          return { ok: true, answer: refused(outcome.code), isReplay: false };
        case 'conflict':
          return { ok: false, code: 'request-id-reused' };
        case undefined:
          throw new Error('a use was not answered');
      }
    },
    topUp: (asked) => ledger.submit(family, { kind: 'top-up', ...asked }),
    correct: (asked) => ledger.submit(family, { kind: 'correct', ...asked }),
    reserve: (asked) => ledger.submit(family, { kind: 'reserve', reservationId: newId(), ...asked }),
    async settleSlice(asked) {
      // Asked before the ledger, which would know the slice by this answer for ever: with its right end it is settled.
      const fault = asked.endedAt === null ? undefined : untimely(readMoment(asked.endedAt), { now: now(), keptDays });
      if (fault !== undefined) return { ok: true, answer: refused(fault), isReplay: false };
      return ledger.submit(family, { kind: 'settle', requestId: `settle:${asked.reservationId}`, ...asked });
    },
    returnSlice: (asked) =>
      ledger.submit(family, { kind: 'return-slice', requestId: `${asked.reason}:${asked.reservationId}`, ...asked }),
    async grantFirstMonths(tx, subscriptions) {
      const at = now();
      const month = calendar.monthOf(at);
      const open = subscriptions.filter(({ opensAt }) => Temporal.Instant.compare(opensAt, at) <= 0);
      const turns = open.map(({ subscriptionId }) => ({
        kind: 'turn' as const,
        requestId: turnRequestId(month, subscriptionId),
        subscriptionId,
        month,
      }));
      if (turns.length > 0) await submitWithin(runnerOf(tx), at, family, turns);
    },
  };
}
