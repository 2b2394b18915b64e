import type { Clock } from '../../base/clock.ts';
import type { FaqFact } from '../../base/faq.ts';
import type { LinkState } from '../../base/link-state.ts';
import type { Operator } from '../../base/operator.ts';
import type { Db, SqlRunner } from '../../infra/db/runner.ts';
import type { TryLimits } from '../../infra/db/try-limits.ts';
import type { Message, TalkContext } from '../../infra/line/talk.ts';
import type { LiveFaq } from './live-faq.ts';

/** Adds facts about one person, a line each; none where there is nothing to say. */
export type TellFacts = (context: TalkContext) => Promise<readonly string[]>;

export interface HelpDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly limits: TryLimits;
  readonly publicUrl: string;
  readonly faq: LiveFaq;
  linkStateOf(sql: SqlRunner, lineUserId: string): Promise<LinkState>;
  /** Conversations take over from here. */
  askForStaff(context: TalkContext): Promise<Message[]>;
  readonly facts: Readonly<Record<FaqFact, TellFacts>>;
}
