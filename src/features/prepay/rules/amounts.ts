import type { MegabyteSize } from '../../../base/bytes.ts';

export const units = ['B', 'MB', 'GB'] as const;
export type Unit = (typeof units)[number];

/** An amount as TM Forum's interfaces write it. */
export interface Quantity {
  readonly amount: number;
  readonly units: Unit;
}

/** One GB is a thousand MB of 10⁶ bytes, or 1024 of 2²⁰, as the operator counts. */
function sizeOf(unit: Unit, megabyte: MegabyteSize): number {
  if (unit === 'B') return 1;
  return unit === 'MB' ? megabyte : megabyte * (megabyte === 1_000_000 ? 1_000 : 1_024);
}

/** More than a thousand GB at once is a slip. */
const MOST_GB = 1_000;

/** Whole bytes, also none; undefined for parts of a byte, and for too much. Below zero where something is taken away. */
export function wholeBytesOf({ amount, units: unit }: Quantity, megabyte: MegabyteSize): number | undefined {
  const exact = amount * sizeOf(unit, megabyte);
  const bytes = Math.round(exact);
  const isWhole = Math.abs(exact - bytes) < 1e-3;
  return isWhole && Math.abs(bytes) <= MOST_GB * sizeOf('GB', megabyte) ? bytes : undefined;
}

/** The same for what must be something. */
export function bytesOf(quantity: Quantity, megabyte: MegabyteSize): number | undefined {
  const bytes = wholeBytesOf(quantity, megabyte);
  return bytes !== undefined && bytes > 0 ? bytes : undefined;
}

/** In MB, to the byte. */
export const quantityOf = (bytes: number, megabyte: MegabyteSize): Quantity => ({
  amount: bytes / megabyte,
  units: 'MB',
});
