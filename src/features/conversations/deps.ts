import type { Clock } from '../../base/clock.ts';
import type { Operator } from '../../base/operator.ts';
import type { Db } from '../../infra/db/index.ts';
import type { StaffMember } from '../staff/index.ts';

export interface ConversationDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  /** Everybody of the staff whose account is open. */
  colleagues(): Promise<readonly StaffMember[]>;
  /** Told after each commit that may have put messages into the outbox. */
  onSent(): void;
}
