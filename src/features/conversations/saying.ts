import type { Temporal } from 'temporal-polyfill';
import { newId } from '../../base/ids.ts';
import { type Db, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import { enqueueMessages } from '../../infra/line/outbox/outbox.ts';
import type { SentMessages } from '../../infra/line/outbox/sender.ts';
import type { Message } from '../../infra/line/talk.ts';
import type { ConversationMessages } from './messages.ts';
import type { ClosedBecause } from './rules/state.ts';
import { type Change, type Conversation, insertMessage, saveChange } from './store.ts';
import { findLive } from './talk-store.ts';

/** Sends something around a conversation, and puts it into the transcript in the same transaction. */
export async function say(
  sql: SqlRunner,
  now: Temporal.Instant,
  to: Pick<Conversation, 'conversationId' | 'lineUserId'>,
  messages: readonly Message[],
): Promise<void> {
  const { conversationId, lineUserId } = to;
  const outboxId = newId();
  const content = { kind: 'messages', messages } as const;
  await insertMessage(sql, { conversationId, at: now, author: 'bot', content, outboxId });
  await enqueueMessages(sql, now, [{ outboxId, lineUserId, messages, dedupeKey: `conversation:${outboxId}` }]);
}

/**
 * What closing is, whoever does it: the person hears it, and is asked how it was where staff had answered. Who only gave up
 * a message, or is not there any more, hears nothing.
 */
export async function tellClosed(
  sql: SqlRunner,
  now: Temporal.Instant,
  conversation: Conversation,
  closed: { because: ClosedBecause; messages: ConversationMessages },
): Promise<void> {
  const { language, conversationId, answeredAt, state, canReceive } = conversation;
  if (state !== 'open' || !canReceive) return;
  const isSilent = closed.because === 'silence';
  await say(sql, now, conversation, [closed.messages.closed(language, conversationId, isSilent, answeredAt !== null)]);
}

/** Ends a conversation by something else than staff's hand. */
export async function closeBy(
  sql: SqlRunner,
  now: Temporal.Instant,
  conversation: Conversation,
  because: Exclude<ClosedBecause, 'staff'>,
): Promise<void> {
  const { conversationId } = conversation;
  const change: Change = { state: 'closed', closed: { at: now, because } };
  const content = { kind: 'happened', what: 'closed', detail: because } as const;
  await insertMessage(sql, { conversationId, at: now, author: 'system', content });
  await saveChange(sql, conversationId, change);
}

/**
 * What is about to leave for somebody in a conversation: answers to buttons, notices of other features. Written before it
 * leaves, so that nothing the person saw is missing; what is in the transcript already stays as it is.
 */
export async function noteSent(db: Db, { outboxId, lineUserId, createdAt, messages }: SentMessages): Promise<void> {
  const sql = runnerOf(db);
  const live = await findLive(sql, lineUserId);
  if (!live) return;
  const content = { kind: 'messages', messages } as const;
  await insertMessage(sql, { conversationId: live.conversationId, at: createdAt, author: 'bot', content, outboxId });
}
