/** Amounts of data are whole bytes. One MB is 10⁶ bytes; an operator may set 2²⁰. */
export type MegabyteSize = 1_000_000 | 1_048_576;

/** In bytes, unless the operator has set 2²⁰ for a MB. */
export const MB: MegabyteSize = 1_000_000;
export const GB = 1_000 * MB;

/** Whole bytes of an amount given in MB. Fails on anything that is not a whole number of bytes. */
export function megabytes(count: number, megabyte: MegabyteSize = MB): number {
  return safeBytes(count * megabyte);
}

/** Asserts that an amount is a whole, safe, non-negative number of bytes. */
export function safeBytes(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`not a whole number of bytes: ${value}`);
  return value;
}

/**
 * An amount as people read it: `1.5GB`, `500MB`, `0MB`; rounded down, so that nobody is promised what is not there.
 * From 1 GB upwards in GB with at most two decimals.
 */
export function formatBytes(bytes: number, megabyte: MegabyteSize = MB): string {
  const gigabyte = megabyte === MB ? GB : megabyte * 1024;
  if (bytes >= gigabyte) {
    const hundredths = Math.floor(bytes / (gigabyte / 100));
    return `${(hundredths / 100).toString()}GB`;
  }
  return `${Math.floor(bytes / megabyte)}MB`;
}
