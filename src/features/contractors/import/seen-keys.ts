import { hash } from 'node:crypto';

const FIRST_SLOTS = 1 << 12;

/**
 * Which keys a file has brought already. Of each 64 bits of a hash are kept, so a million take 32 MB at most, and two that differ
 * are taken for one in one of some 30 million such files.
 *
 * @returns whether the key is new
 */
export function createSeenKeys(): (key: string) => boolean {
  let slots = new BigUint64Array(FIRST_SLOTS);
  let count = 0;

  function grow(): void {
    const old = slots;
    slots = new BigUint64Array(old.length * 2);
    for (const mark of old) if (mark !== 0n) put(slots, mark);
  }

  return (key) => {
    const mark = hash('sha256', key, 'buffer').readBigUInt64LE() || 1n;
    if (!put(slots, mark)) return false;
    count += 1;
    if (count * 2 > slots.length) grow();
    return true;
  };
}

/** False when it is there already. The length is a power of two, and never all of it is taken. */
function put(slots: BigUint64Array, mark: bigint): boolean {
  const last = slots.length - 1;
  for (let at = Number(mark & BigInt(last)); ; at = (at + 1) & last) {
    if (slots[at] === mark) return false;
    if (slots[at] === 0n) {
      slots[at] = mark;
      return true;
    }
  }
}
