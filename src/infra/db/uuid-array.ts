/** Of the type `uuid`, as the database's catalogue numbers it. */
const UUID_TYPE = 2950;
const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;
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
  const array = Buffer.allocUnsafe(HEADER_BYTES + ids.length * (LENGTH_BYTES + UUID_BYTES));
  let at = HEADER_BYTES;
  let hasNull = 0;
  for (const id of ids) {
    if (id === null) {
      hasNull = 1;
      at = array.writeInt32BE(-1, at);
      continue;
    }
    // Byte by byte: to write the length as one number takes as long as the id.
    array[at] = 0;
    array[at + 1] = 0;
    array[at + 2] = 0;
    array[at + 3] = UUID_BYTES;
    at += LENGTH_BYTES;
    const end = at + UUID_BYTES;
    let letter = 0;
    while (at < end) {
      let code = id.charCodeAt(letter);
      if (code === HYPHEN) {
        letter += 1;
        code = id.charCodeAt(letter);
      }
      array[at] = ((DIGITS[code] ?? 0) << 4) | (DIGITS[id.charCodeAt(letter + 1)] ?? 0);
      at += 1;
      letter += 2;
    }
    if (letter !== id.length) throw new TypeError(`not an id: ${id}`);
  }
  // One dimension, whose first element is number 1; or none where there is no element.
  array.writeInt32BE(ids.length === 0 ? 0 : 1, 0);
  array.writeInt32BE(hasNull, 4);
  array.writeInt32BE(UUID_TYPE, 8);
  array.writeInt32BE(ids.length, 12);
  array.writeInt32BE(1, 16);
  return array.subarray(0, ids.length === 0 ? 12 : at);
}
