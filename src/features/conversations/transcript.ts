import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../infra/db/index.ts';
import { loadExchanges } from '../../infra/line/hearing/said.ts';
import { readHeard } from './heard.ts';
import { insertMessage } from './store.ts';
import { lastClosedAt, loadButtonMessages } from './talk-store.ts';

/** What was asked within this time before belongs to the conversation that begins. */
const BEFORE_MINUTES = 60;
const EXCHANGES = 10;

interface Begun {
  readonly conversationId: string;
  readonly lineUserId: string;
  readonly menuLabelOf: (data: string) => string | null;
}

/** The last exchanges with the bot become the beginning of the transcript: nothing has to be told twice. */
export async function bringAlong(sql: SqlRunner, now: Temporal.Instant, begun: Begun): Promise<void> {
  const closedAt = await lastClosedAt(sql, begun.lineUserId);
  const hourAgo = now.subtract({ minutes: BEFORE_MINUTES });
  const since = closedAt !== null && closedAt.epochMilliseconds > hourAgo.epochMilliseconds ? closedAt : hourAgo;
  await bringSince(sql, since, begun);
}

/** What the bot was asked while a message waited; what is there already stays as it is. */
export async function bringSince(
  sql: SqlRunner,
  since: Temporal.Instant,
  { conversationId, lineUserId, menuLabelOf }: Begun,
): Promise<void> {
  const shown: unknown[] = [];
  for (const { eventId, occurredAt, payload, answer } of await loadExchanges(sql, {
    lineUserId,
    since,
    limit: EXCHANGES,
  })) {
    const heard = readHeard(payload);
    if (!heard) continue;
    const { content, lineMessageId } = heard;
    await insertMessage(sql, {
      conversationId,
      at: occurredAt,
      author: 'person',
      content:
        content.kind === 'button'
          ? { ...content, label: menuLabelOf(content.data) ?? labelIn(shown, content.data) }
          : content,
      webhookEventId: eventId,
      ...(lineMessageId === null ? {} : { lineMessageId }),
    });
    if (!answer) continue;
    shown.push(answer.messages);
    await insertMessage(sql, {
      conversationId,
      at: answer.createdAt,
      author: 'bot',
      content: { kind: 'messages', messages: answer.messages },
      outboxId: answer.outboxId,
    });
  }
}

/** The words on a button of this conversation. */
export async function labelOf(sql: SqlRunner, conversationId: string, data: string): Promise<string | null> {
  return labelIn(await loadButtonMessages(sql, conversationId), data);
}

/** The words of the action that carries this data, wherever it stands in a message. */
function labelIn(shown: unknown, data: string): string | null {
  if (typeof shown !== 'object' || shown === null) return null;
  if ('data' in shown && shown.data === data && 'label' in shown && typeof shown.label === 'string') return shown.label;
  for (const part of Object.values(shown)) {
    const found = labelIn(part, data);
    if (found !== null) return found;
  }
  return null;
}
