import type { Temporal } from 'temporal-polyfill';
import { isId } from '../../base/ids.ts';
import type { SqlRunner } from '../../infra/db/index.ts';
import type { ConversationState } from './rules/state.ts';

/** A person's own conversation, in their list. */
export interface OwnConversation {
  readonly conversationId: string;
  readonly askedAt: Temporal.Instant;
  readonly closedAt: Temporal.Instant | null;
  readonly state: ConversationState;
}

const OWN = `conversation_id as "conversationId", asked_at as "askedAt", closed_at as "closedAt", state`;

/** Those that staff had a part in, or will; the last one first. */
export function loadOwn(sql: SqlRunner, lineUserId: string): Promise<readonly OwnConversation[]> {
  return sql.query<OwnConversation>(
    `select ${OWN} from conversation
     where line_user_id = $1 and closed_because is distinct from 'nothing-said'
     order by asked_at desc limit 100`,
    [lineUserId],
  );
}

/** One of their own; anybody else's is not there. */
export async function findOwn(
  sql: SqlRunner,
  of: { lineUserId: string; conversationId: string },
): Promise<OwnConversation | null> {
  if (!isId(of.conversationId)) return null;
  const [found] = await sql.query<OwnConversation>(
    `select ${OWN} from conversation where conversation_id = $1 and line_user_id = $2`,
    [of.conversationId, of.lineUserId],
  );
  return found ?? null;
}
