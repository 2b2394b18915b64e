import { isPlainInstant } from '../../../base/instant-text.ts';
import { canonicalJson } from '../../../ledger/body-hash.ts';
import { MOST_BYTES } from '../rules/usage-record.ts';
import { LONGEST_SUBJECT, type UsageEvent, usageEvent } from './events.ts';

/** A record as the feed counts it. */
export interface UsageRecord {
  readonly source: string;
  readonly id: string;
  readonly subject: string;
  /** ISO 8601. */
  readonly endedAt: string;
  readonly mode: UsageEvent['data']['mode'];
  /** What the counter is of; null: the day. */
  readonly session: string | null;
  readonly ratingGroup: string | null;
  /** Of a delta what was used, else what the counter reads. */
  readonly bytes: number;
  readonly isZeroRated: boolean;
  /**
   * Everything the record tells of the use, but not how it was sent: JSON with sorted keys. Two records with one key are
   * the same when this is.
   */
  readonly telling: string;
}

export type ReadRecord =
  | { readonly ok: true; readonly record: UsageRecord }
  | { readonly ok: false; readonly detail: string };

/**
 * Reads a record that somebody sent. `usageEvent` describes what is taken; a record with nothing beyond the plain
 * fields, which is nearly every one, is looked at by hand: 2 µs instead of 25, and a feed sends thousands at once.
 */
export function readRecord(sent: unknown): ReadRecord {
  const plain = readPlain(sent);
  return plain === undefined ? readDescribed(sent) : { ok: true, record: plain };
}

/** Whom a record that somebody sent is about, before it is read whole; undefined where it does not say. */
export function subjectOf(sent: unknown): string | undefined {
  return isObject(sent) && isText(sent.subject, LONGEST_SUBJECT) ? sent.subject : undefined;
}

/** Any record, by the description. */
export function readDescribed(sent: unknown): ReadRecord {
  if (isTooDeep(sent)) return { ok: false, detail: 'is nested too deep' };
  const read = usageEvent.safeParse(sent);
  if (read.success) return { ok: true, record: recordOf(read.data) };
  const fault = read.error.issues[0];
  return { ok: false, detail: fault ? `${fault.path.join('.')}: ${fault.message}` : 'not a record' };
}

function recordOf(event: UsageEvent): UsageRecord {
  const { source, id, type, subject, time, data } = event;
  return {
    source,
    id,
    subject,
    endedAt: data.end ?? time ?? '',
    mode: data.mode,
    session: data.session ?? null,
    ratingGroup: data.ratingGroup === undefined ? null : String(data.ratingGroup),
    bytes: data.uplinkBytes + data.downlinkBytes,
    isZeroRated: data.zeroRated,
    telling: canonicalJson(JSON.parse(JSON.stringify({ type, subject, time: time ?? null, data }))),
  };
}

/** Beyond, whoever puts it into text runs out of room, the database among them. */
const DEEPEST = 50;

/** Whether a value holds values within values further than anything that makes sense. */
export function isTooDeep(value: unknown, levels = DEEPEST): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => isTooDeep(each, levels - 1));
}

type Fields = Readonly<Record<string, unknown>>;

/** The record, when it is plain and right; undefined when the description is to be asked. */
export function readPlain(sent: unknown): UsageRecord | undefined {
  if (!isObject(sent) || sent.specversion !== '1.0') return undefined;
  const { id, source, type, subject, time, data } = sent;
  if (!isText(id, 500) || !isText(source, 500) || !isText(subject, LONGEST_SUBJECT)) return undefined;
  if (typeof type !== 'string' || !/usage/i.test(type)) return undefined;
  if (typeof time !== 'string' || !isPlainInstant(time) || !isObject(data)) return undefined;
  const { mode = 'delta', session, uplinkBytes, downlinkBytes, zeroRated = false } = data;
  if (mode !== 'delta' && mode !== 'cumulative') return undefined;
  if (session !== undefined && !(isText(session, 500) && session.isWellFormed())) return undefined;
  if (mode !== 'delta' && !source.isWellFormed()) return undefined;
  if (!isBytes(uplinkBytes) || !isBytes(downlinkBytes) || typeof zeroRated !== 'boolean') return undefined;
  if (uplinkBytes + downlinkBytes > MOST_BYTES) return undefined;
  for (const name in data) if (!PLAIN_FIELDS.has(name)) return undefined;
  const sessionPart = session === undefined ? '' : `"session":${JSON.stringify(session)},`;
  return {
    source,
    id,
    subject,
    endedAt: time,
    mode,
    session: session ?? null,
    ratingGroup: null,
    bytes: uplinkBytes + downlinkBytes,
    isZeroRated: zeroRated,
    telling:
      `{"data":{"downlinkBytes":${downlinkBytes},"mode":"${mode}",${sessionPart}"uplinkBytes":${uplinkBytes},` +
      `"zeroRated":${zeroRated}},"subject":${JSON.stringify(subject)},"time":"${time}","type":${JSON.stringify(type)}}`,
  };
}

const PLAIN_FIELDS: ReadonlySet<string> = new Set(['mode', 'session', 'uplinkBytes', 'downlinkBytes', 'zeroRated']);

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown, most: number): value is string {
  return typeof value === 'string' && value !== '' && value.length <= most && !value.includes('\0');
}

function isBytes(value: unknown): value is number {
  return Number.isSafeInteger(value) && typeof value === 'number' && value >= 0 && !Object.is(value, -0);
}
