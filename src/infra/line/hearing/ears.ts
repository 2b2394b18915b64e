import type { Temporal } from 'temporal-polyfill';
import type { Language } from '../../../base/language.ts';
import type { Db, SqlRunner } from '../../db/runner.ts';
import type { Message } from '../talk.ts';

/** Something a person did in the talk, for staff who may be in it. */
export interface SaidInTalk {
  readonly db: Db;
  readonly eventId: string;
  readonly lineUserId: string;
  readonly language: Language;
  readonly occurredAt: Temporal.Instant;
  /** LINE's event as it came. */
  readonly payload: unknown;
  /** Null in standby, when another system speaks for the account. */
  readonly reply: { readonly token: string; readonly until: Temporal.Instant } | null;
  readonly isStandby: boolean;
}

/** Whoever listens before the bot does: staff in a conversation. */
export interface StaffEars {
  /**
   * Hears what a person says while they are in a conversation with staff, and returns what is said back (mostly nothing). Null
   * leaves the answer to the bot: no staff are in the talk, or a button was tapped, which is noted and works as usual. Repeatable.
   */
  hear(said: SaidInTalk): Promise<readonly Message[] | null>;
  /** A message was unsent: it is removed wherever it was kept. */
  unsent(sql: SqlRunner, unsent: { lineUserId: string; lineMessageId: string }): Promise<void>;
  /** The person blocked the account: whoever was waiting no longer is. */
  blocked(sql: SqlRunner, lineUserId: string): Promise<void>;
}
