import type { Child } from 'hono/jsx';
import type { Clock } from '../../../base/clock.ts';
import type { Operator } from '../../../base/operator.ts';
import type { Db } from '../../../infra/db/index.ts';
import type { WebContext } from '../../../infra/http/web-env.ts';
import type { LineClient } from '../../../infra/line/client.ts';
import type { TalkContext } from '../../../infra/line/talk.ts';
import type { Live } from '../../../infra/live/live.ts';
import type { KeyRing } from '../../../infra/secrets.ts';
import type { Staff } from '../../staff/index.ts';
import type { StaffActions } from '../staff-actions.ts';

/** What the console knows of a person beside the talk. */
export interface PersonBeside {
  /** Puts on record that somebody looks, with the conversation as the reason; then what there is to show. */
  facts(c: WebContext, of: { lineUserId: string; conversationId: string }): Promise<Child>;
  /** For a talk that is over: the way to the page that asks for a reason, or null when there is one. */
  lookFirst(c: WebContext, lineUserId: string): Promise<Response | null>;
}

export interface InboxDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly publicUrl: string;
  readonly staff: Staff;
  readonly live: Live;
  readonly acts: StaffActions;
  readonly line: Pick<LineClient, 'markAsRead'>;
  readonly beside: PersonBeside;
  /** What is left, a line for each subscription the person may see: for canned answers. */
  tellLeft(context: TalkContext): Promise<readonly string[]>;
  /** With which people's pictures are sealed. */
  readonly pictureKey: KeyRing;
}
