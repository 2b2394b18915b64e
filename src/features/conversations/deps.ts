import type { Clock } from '../../base/clock.ts';
import type { Language } from '../../base/language.ts';
import type { LinkState } from '../../base/link-state.ts';
import type { Operator } from '../../base/operator.ts';
import type { Db, SqlRunner } from '../../infra/db/index.ts';
import type { Sessions } from '../../infra/http/session.ts';
import type { KeyRing } from '../../infra/secrets.ts';
import type { StaffMember } from '../staff/index.ts';

export interface ConversationDeps {
  readonly db: Db;
  /** On which what people say is heard. */
  readonly talkDb: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly publicUrl: string;
  /** The words of the menu's button with this data; null where it is none. */
  menuLabelOf(data: string, language: Language): string | null;
  linkStateOf(sql: SqlRunner, lineUserId: string): Promise<LinkState>;
  /** Everybody of the staff whose account is open. */
  colleagues(): Promise<readonly StaffMember[]>;
  /** What people are told staff are called, by id; who has chosen no name is missing. */
  publicNamesOf(staffIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  readonly sessions: Sessions;
  /** With which people's pictures are sealed. */
  readonly pictureKey: KeyRing;
  /** Told after each commit that may have put messages into the outbox. */
  onSent(): void;
}
