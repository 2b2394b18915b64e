import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../../base/clock.ts';
import type { Operator } from '../../../base/operator.ts';
import type { Db, SqlRunner } from '../../../infra/db/index.ts';
import type { Contractors, Subscription } from '../../contractors/index.ts';
import type { Linking } from '../../linking/index.ts';
import type { lineAccountsOf } from '../../official-account/index.ts';
import type { Staff } from '../../staff/index.ts';
import type { Data } from '../index.ts';
import type { Calendar } from '../rules/calendar.ts';

/** A gift of a subscription that nobody has received yet, as a higher feature tells of it. */
export interface GiftUnderWay {
  readonly giftId: string;
  readonly amountBytes: number;
  /** Null while nobody is named. */
  readonly receiverName: string | null;
  readonly expiresAt: Temporal.Instant;
}

/** What data's pages in the console are given. */
export interface DataConsoleDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly staff: Staff;
  readonly data: Pick<Data, 'journal' | 'lotsOf' | 'family'>;
  readonly contractors: Pick<Contractors, 'subscriptions' | 'changes'>;
  readonly linking: Pick<Linking, 'lineAccountsLinkedTo'>;
  readonly lineAccountsOf: typeof lineAccountsOf;
  /** Reads the journal against the lots now, with every feature's checks. */
  readonly lookAgain: () => Promise<readonly unknown[]>;
  readonly giftsUnderWay: (sql: SqlRunner, subscriptionId: string) => Promise<readonly GiftUnderWay[]>;
}

/** With what the pages share. */
export interface DataConsole extends DataConsoleDeps {
  readonly calendar: Calendar;
}

/** Of whom a page is. */
export type Shown = Pick<Subscription, 'subscriptionId' | 'contractorId' | 'userName' | 'msisdn' | 'endedAt'>;
