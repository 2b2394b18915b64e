import type { Temporal } from 'temporal-polyfill';
import { newId } from '../../base/ids.ts';
import type { Month } from '../../base/operator-month.ts';
import { audit } from '../../infra/db/audit.ts';
import { type Db, inTransaction, runnerOf } from '../../infra/db/index.ts';
import type { Ledger, Submitted } from '../../ledger/family.ts';
import { submitWithin } from '../../ledger/within.ts';
import type { InvitationPart, PointAnswer } from './commands.ts';
import type { PointFamily } from './family.ts';
import type { BillSetting } from './rules/bill-use.ts';
import { saveSetting } from './setting-store.ts';

/** What of a month's bill may be paid with points: base fee and universal service fee. */
export interface BillToPay {
  readonly contractorId: string;
  readonly spendableYen: number;
}

/** The use cases of points. A `requestId` names the tap or the call: a repeat has one effect and the same answer. */
export interface PointActions {
  /** Points that staff give, with a reason the person reads. Prolongs what is there, like everything that is earned. */
  giveGoodwill(asked: {
    requestId: string;
    contractorId: string;
    points: number;
    reason: string;
    staff: string;
  }): Promise<Submitted<PointAnswer>>;
  /** Points for an invitation that came to something, for one of its two sides. They prolong like everything earned. */
  rewardInvitation(asked: {
    requestId: string;
    contractorId: string;
    points: number;
    part: InvitationPart;
  }): Promise<Submitted<PointAnswer>>;
  /**
   * Uses points on the bills of a month, as each contractor set it, in the caller's transaction: bill and points stand
   * or fall together. Answers how many yen each bill is lower by. A month's bill of a contractor takes points once: a
   * repeat answers what it took. Hand in whole portions, in id order, and end the transaction soon: it holds the points
   * of everybody in it.
   */
  useOnBills(tx: Db, month: Month, bills: readonly BillToPay[]): Promise<ReadonlyMap<string, number>>;
  /** Gives back what a month's bill took too much, in a transaction of its own. */
  returnFromBill(asked: {
    requestId: string;
    contractorId: string;
    month: Month;
    points: number;
  }): Promise<Submitted<PointAnswer>>;
  /** Sets the price of a set aside. LINE is asked by the job that delivers. */
  orderSticker(asked: {
    requestId: string;
    contractorId: string;
    lineUserId: string;
    stickerCode: string;
  }): Promise<Submitted<PointAnswer>>;
  /** How the contractor wants points used on bills, from the next one on. */
  changeBillSetting(contractorId: string, setting: BillSetting): Promise<void>;
}

export function createPointActions(deps: {
  db: Db;
  ledger: Ledger;
  family: PointFamily;
  now: () => Temporal.Instant;
}): PointActions {
  const { db, ledger, family, now } = deps;
  return {
    giveGoodwill: (asked) => ledger.submit(family, { kind: 'goodwill', ...asked }),
    rewardInvitation: (asked) => ledger.submit(family, { kind: 'invitation', ...asked }),
    async useOnBills(tx, month, bills) {
      const commands = bills.map(({ contractorId, spendableYen }) => ({
        kind: 'bill' as const,
        requestId: `bill:${month}:${contractorId}`,
        contractorId,
        month,
        spendableYen,
      }));
      const submitted = await submitWithin(runnerOf(tx), now(), family, commands);
      return new Map(bills.map(({ contractorId }, index) => [contractorId, usedIn(submitted[index])]));
    },
    returnFromBill: (asked) => ledger.submit(family, { kind: 'bill-return', ...asked }),
    orderSticker: (asked) => ledger.submit(family, { kind: 'order-sticker', orderId: newId(), ...asked }),
    changeBillSetting: (contractorId, setting) =>
      inTransaction(db, async (tx) => {
        const sql = runnerOf(tx);
        await saveSetting(sql, { contractorId, setting, now: now() });
        await audit(sql, now(), {
          actor: { kind: 'contractor', id: contractorId },
          action: 'points.bill-setting-changed',
          contractorId,
          detail: { use: setting.use, points: setting.use === 'fixed' ? setting.points : null },
        });
      }),
  };
}

/** A bill that asks a second time with another amount was reckoned anew: that is a bug in who makes bills. */
function usedIn(submitted: Submitted<PointAnswer> | undefined): number {
  if (submitted?.ok && submitted.answer.result === 'done') return submitted.answer.points;
  throw new Error(`points on a bill were answered with ${JSON.stringify(submitted)}`);
}
