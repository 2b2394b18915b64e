import { randomBytes } from 'node:crypto';

let lastMs = 0;
let sequence = 0;
/** `lastMs` as an id begins with it. */
let prefix = '';

// Chance is drawn for 512 ids at a time: asking the system for each costs five times as much.
const RANDOM_BYTES = 4_096;
let pool = '';
let used = 0;

/**
 * A UUID version 7 (RFC 9562): time first, so that rows written together lie together in an index.
 * Within one millisecond a 12-bit counter keeps ids of one process in the order they were made.
 *
 * @param nowMs milliseconds since 1970; defaults to the machine's clock, since only the order matters here.
 */
export function newId(nowMs: number = Date.now()): string {
  if (nowMs > lastMs) startAt(nowMs);
  else {
    sequence += 1;
    if (sequence > 0xfff) startAt(lastMs + 1);
  }
  if (used === pool.length) {
    pool = randomBytes(RANDOM_BYTES).toString('hex');
    used = 0;
  }
  const variant = VARIANTS[pool.charCodeAt(used) % 4];
  const random = pool.slice(used + 1, used + 16);
  used += 16;
  const count = sequence.toString(16).padStart(3, '0');
  return `${prefix}-7${count}-${variant}${random.slice(0, 3)}-${random.slice(3)}`;
}

/**
 * From now on this process's ids come after this one too, which another process may have made by a clock ahead of ours. Ids of
 * other versions carry no time and are ignored.
 */
export function followId(id: string): void {
  if (id[14] !== '7') return;
  const ms = msOfId(id);
  if (ms > lastMs) startAt(ms);
  if (ms === lastMs) sequence = Math.max(sequence, Number.parseInt(id.slice(15, 18), 16));
}

/** Before all ids, for whoever goes through them in order. */
export const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** The id right behind this one in their order. */
export function idAfter(id: string): string {
  const next = (BigInt(`0x${id.replaceAll('-', '')}`) + 1n).toString(16).padStart(32, '0');
  return next.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** When an id of version 7 was made, in milliseconds since 1970. */
export function msOfId(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** The smallest id of version 7 that can be made in this millisecond: all of before come before it. */
export function firstIdAt(ms: number): string {
  return `${prefixOf(ms)}-7000-8000-000000000000`;
}

/** The two bits that say which kind of UUID it is, with two of chance. */
const VARIANTS = ['8', '9', 'a', 'b'];

function startAt(ms: number): void {
  lastMs = ms;
  sequence = 0;
  prefix = prefixOf(ms);
}

function prefixOf(ms: number): string {
  const time = ms.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}`;
}

/**
 * Ids in a row, for rows that the database numbers by itself: `prefix`, then `first` + n in twelve hexadecimal digits, for
 * any n below 2⁴⁷. They come after all ids before and before all ids after them.
 */
export function newIdRow(): { readonly prefix: string; readonly first: number } {
  const id = newId();
  return { prefix: id.slice(0, 24), first: Number.parseInt(id.slice(24), 16) % 2 ** 47 };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a text from outside is an id at all; anything else answers "not found" without a look-up. */
export function isId(text: string): boolean {
  return UUID.test(text);
}
