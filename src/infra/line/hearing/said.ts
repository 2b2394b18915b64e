import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../db/index.ts';
import type { Message } from '../talk.ts';

/** What a person did in the talk, and what the bot answered. */
export interface Exchange {
  readonly eventId: string;
  readonly occurredAt: Temporal.Instant;
  /** LINE's event as it came. */
  readonly payload: unknown;
  readonly answer: {
    readonly outboxId: string;
    readonly createdAt: Temporal.Instant;
    readonly messages: readonly Message[];
  } | null;
}

const SAID = `event_type in ('message', 'postback') and payload <> '{}'`;

/**
 * A person's events, read in two parts by two indexes: events that wait (the talk worker needs that index anyway) and handled ones.
 * So storing an event maintains no index that only this question needs.
 */
const PARTS = ['done_at is null and parked_at is null', '(done_at is not null or parked_at is not null)'];
const ofBothParts = (select: (part: string) => string) => PARTS.map((part) => `(${select(part)})`).join(' union all ');

/** A person's last exchanges with the bot since a moment, oldest first. The content of events is kept for a day. */
export async function loadExchanges(
  sql: SqlRunner,
  of: { lineUserId: string; since: Temporal.Instant; limit: number },
): Promise<Exchange[]> {
  const rows = await sql.query<{
    eventId: string;
    occurredAt: Temporal.Instant;
    payload: unknown;
    outboxId: string | null;
    createdAt: Temporal.Instant | null;
    messages: Message[] | null;
  }>(
    `select e.*, o.outbox_id as "outboxId", o.created_at as "createdAt", o.body -> 'messages' as messages from (
       ${ofBothParts(
         (part) => `select webhook_event_id as "eventId", occurred_at as "occurredAt", payload from line_event
           where line_user_id = $1 and occurred_at > $2 and ${SAID} and ${part}
           order by occurred_at desc, webhook_event_id desc limit $3`,
       )}
       order by "occurredAt" desc, "eventId" desc limit $3
     ) e left join outbox o on o.dedupe_key = 'event:' || e."eventId"
     order by e."occurredAt", e."eventId"`,
    [of.lineUserId, of.since.toString(), of.limit],
  );
  return rows.map(({ eventId, occurredAt, payload, outboxId, createdAt, messages }) => ({
    eventId,
    occurredAt,
    payload,
    answer: outboxId && createdAt && messages ? { outboxId, createdAt, messages } : null,
  }));
}

/** A person has taken a message back: its content is removed from the stored event, as LINE demands; only the event itself stays. */
export async function forgetUnsent(
  sql: SqlRunner,
  unsent: { lineUserId: string; lineMessageId: string },
): Promise<void> {
  await sql.query(
    `update line_event set payload = jsonb_build_object('type', 'message', 'mode', payload -> 'mode', 'message',
       jsonb_build_object('type', payload #>> '{message,type}', 'id', $2::text, 'isUnsent', true))
     where webhook_event_id in (${ofBothParts(
       (part) => `select webhook_event_id from line_event
         where line_user_id = $1 and ${SAID} and payload #>> '{message,id}' = $2 and ${part}`,
     )})`,
    [unsent.lineUserId, unsent.lineMessageId],
  );
}

/** Whether a message was taken back before it was handled: LINE's events may arrive in another order. */
export async function isUnsent(
  sql: SqlRunner,
  message: { lineUserId: string; lineMessageId: string },
): Promise<boolean> {
  const rows = await sql.query(
    `${ofBothParts(
      (part) => `select 1 from line_event
        where line_user_id = $1 and event_type = 'unsend' and event_type in ('message', 'postback', 'unsend')
          and payload <> '{}' and payload #>> '{unsend,messageId}' = $2 and ${part}`,
    )} limit 1`,
    [message.lineUserId, message.lineMessageId],
  );
  return rows.length > 0;
}
