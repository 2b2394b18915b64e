/** Ids and types as LINE writes them: printable and short. Anything else must not reach a query. */
const WORD = /^[\x21-\x7e]{1,64}$/;
const USER_ID = /^U[0-9a-f]{32}$/;
const YEAR_2100_MS = 4_102_444_800_000;
const MOST_EVENTS = 10_000;

/** An event as it is stored: as JSON, and beside it what its order and its person are told by. */
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
 * The events of a webhook body; undefined if it is no webhook body. Unknown types and properties are accepted, since LINE may add
 * some at any time. Events without an id or a time are left out: they could not be handled once and in order. So are events in
 * groups except the invitation, because what people say to each other there is not ours to keep.
 */
export function readWebhookBody(text: string): IncomingEvent[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(parsed) || !Array.isArray(parsed.events) || parsed.events.length > MOST_EVENTS) return undefined;
  const mustClean = UNSTORABLE.test(text);
  return parsed.events.flatMap((candidate: unknown) => readEvent(candidate, mustClean) ?? []);
}

/** Written by hand: it is called for everything LINE sends, and a schema would take as long as parsing the JSON. */
function readEvent(candidate: unknown, mustClean: boolean): IncomingEvent | undefined {
  if (!isObject(candidate)) return undefined;
  const { webhookEventId, type, timestamp, source } = candidate;
  if (!isWord(webhookEventId) || !isWord(type) || !isTime(timestamp)) return undefined;
  const from = isObject(source) ? source : {};
  if (isGroup(from) && type !== 'join') return undefined;
  const { userId } = from;
  return {
    webhookEventId,
    type,
    timestamp,
    lineUserId: typeof userId === 'string' && USER_ID.test(userId) ? userId : null,
    payload: JSON.stringify(mustClean ? storable(candidate) : candidate),
  };
}

function isGroup({ type }: Readonly<Record<string, unknown>>): boolean {
  return type === 'group' || type === 'room';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && WORD.test(value);
}

function isTime(value: unknown): value is number {
  return Number.isInteger(value) && typeof value === 'number' && value >= 0 && value <= YEAR_2100_MS;
}

/** Escapes that may be a NUL or half a surrogate pair, which jsonb refuses. Whole pairs match, too, but are rare. */
const UNSTORABLE = /\\u(0000|[dD][89a-fA-F])/;

function storable(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '');
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [storable(name), storable(part)]));
  }
  return value;
}
