import { randomFillSync } from 'node:crypto';

let lastMs = 0;
let sequence = 0;

// Random bytes are drawn for 512 ids at a time: asking the system for each costs five times as much.
const pool = Buffer.alloc(4_096);
let used = pool.length;

/**
 * A UUID version 7 (RFC 9562): time first, so that rows written together lie together in an index.
 * Within one millisecond a 12-bit counter keeps ids of one process in the order they were made.
 *
 * @param nowMs milliseconds since 1970; defaults to the machine's clock, since only the order matters here.
 */
export function newId(nowMs: number = Date.now()): string {
  if (nowMs > lastMs) {
    lastMs = nowMs;
    sequence = 0;
  } else {
    sequence += 1;
    if (sequence > 0xfff) {
      lastMs += 1;
      sequence = 0;
    }
  }
  const time = lastMs.toString(16).padStart(12, '0');
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.subarray(used, used + 8);
  used += 8;
  random[0] = ((random[0] ?? 0) & 0x3f) | 0x80;
  const tail = random.toString('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence.toString(16).padStart(3, '0')}-${tail.slice(0, 4)}-${tail.slice(4)}`;
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
