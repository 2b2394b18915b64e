/** Of the type `uuid`, as the database's catalogue numbers it. */
const UUID_TYPE = 2950;
const HEADER_BYTES = 20;
const UUID_BYTES = 16;

/** The value of each hexadecimal digit, by its letter. */
const DIGITS = new Uint8Array(128);
for (let value = 0; value < 16; value += 1) DIGITS[value.toString(16).charCodeAt(0)] = value;

const HYPHEN = 45;

/**
 * Ids, or half hashes as they are kept, as PostgreSQL takes a `uuid[]` in its binary form: half as many bytes as text, and
 * neither side reads letters. A batch names thousands of them. Hexadecimal digits with or without hyphens, in lower case.
 */
export function uuidArray(ids: readonly (string | null)[]): Buffer {
  const array = Buffer.allocUnsafe(HEADER_BYTES + ids.length * (4 + UUID_BYTES));
  let at = HEADER_BYTES;
  let hasNull = 0;
  for (const id of ids) {
    if (id === null) {
      hasNull = 1;
      at = array.writeInt32BE(-1, at);
      continue;
    }
    at = writeUuid(array, id, array.writeInt32BE(UUID_BYTES, at));
  }
  // One dimension, whose first element is number 1; or none where there is no element.
  array.writeInt32BE(ids.length === 0 ? 0 : 1, 0);
  array.writeInt32BE(hasNull, 4);
  array.writeInt32BE(UUID_TYPE, 8);
  array.writeInt32BE(ids.length, 12);
  array.writeInt32BE(1, 16);
  return array.subarray(0, ids.length === 0 ? 12 : at);
}

/** Answers where the next one begins. */
function writeUuid(array: Buffer, id: string, start: number): number {
  const end = start + UUID_BYTES;
  let at = start;
  for (let letter = 0; letter < id.length && at < end; ) {
    const code = id.charCodeAt(letter);
    if (code === HYPHEN) {
      letter += 1;
      continue;
    }
    array[at] = ((DIGITS[code] ?? 0) << 4) | (DIGITS[id.charCodeAt(letter + 1)] ?? 0);
    at += 1;
    letter += 2;
  }
  if (at !== end) throw new TypeError(`not an id: ${id}`);
  return end;
}
