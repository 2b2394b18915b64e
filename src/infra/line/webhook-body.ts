import { z } from 'zod';

/** Ids and types as LINE writes them: printable, short. What is not must not reach a query. */
const word = z.string().regex(/^[\x21-\x7e]{1,64}$/);
const year2100Ms = 4_102_444_800_000;

const eventShape = z.looseObject({
  webhookEventId: word,
  type: word,
  timestamp: z.number().int().min(0).max(year2100Ms),
  source: z.looseObject({ userId: z.string().optional() }).nullish().catch(null),
});

const bodyShape = z.looseObject({ events: z.array(z.unknown()).max(10_000) });

/** An event as it is stored: what orders and separates it as columns, all of it as JSON. */
export interface IncomingEvent {
  readonly webhookEventId: string;
  readonly type: string;
  readonly lineUserId: string | null;
  /** Milliseconds since 1970, LINE's clock. */
  readonly timestamp: number;
  /** JSON text that PostgreSQL takes. */
  readonly payload: string;
}

/**
 * The events of a webhook body, or undefined when it is not a webhook body at all. Unknown types and properties are
 * welcome, since LINE adds some at any time; an event without an id or a time cannot be handled once and in order, and
 * is left out.
 */
export function readWebhookBody(text: string): IncomingEvent[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  const body = bodyShape.safeParse(parsed);
  if (!body.success) return undefined;
  const mustClean = UNSTORABLE.test(text);
  const events: IncomingEvent[] = [];
  for (const candidate of body.data.events) {
    const event = eventShape.safeParse(candidate);
    if (!event.success) continue;
    const { webhookEventId, type, timestamp, source } = event.data;
    const userId = source?.userId;
    events.push({
      webhookEventId,
      type,
      timestamp,
      lineUserId: userId !== undefined && /^U[0-9a-f]{32}$/.test(userId) ? userId : null,
      payload: JSON.stringify(mustClean ? storable(candidate) : candidate),
    });
  }
  return events;
}

/** Escapes that may stand for a NUL or half of a surrogate pair, which jsonb refuses. Whole pairs match too: seldom enough. */
const UNSTORABLE = /\\u(0000|[dD][89a-fA-F])/;

function storable(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '');
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [storable(name), storable(part)]));
  }
  return value;
}
