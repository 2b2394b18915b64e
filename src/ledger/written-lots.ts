import { instantAtMs } from '../base/instant-text.ts';
import type { Lot, Unit } from './book.ts';

/** An owner's lots as its row stores them: their descriptions as JSON, and their amounts as `bigint[]` in the same order. */
export interface WrittenLots {
  readonly lots: string;
  readonly remaining: string;
}

/** The description of a lot. Moments are milliseconds since 1970. */
interface Terms {
  readonly lot: string;
  readonly unit: Unit;
  readonly kind: string;
  readonly granted: number;
  readonly ends: number;
  readonly origin_owner?: string;
  readonly origin_lot?: string;
}

/** The lots of an owner, in the order of its row. Throws if there are not as many amounts as descriptions. */
export function readLots(ownerId: string, { lots, remaining }: WrittenLots): Lot[] {
  const terms: readonly Terms[] = JSON.parse(lots);
  const held = remaining === '{}' ? [] : remaining.slice(1, -1).split(',');
  if (held.length !== terms.length)
    throw new Error(`owner ${ownerId} has ${terms.length} lots, ${held.length} amounts`);
  return terms.map((each, i) => lotOf(ownerId, each, Number(held[i])));
}

function lotOf(ownerId: string, terms: Terms, remaining: number): Lot {
  if (!Number.isSafeInteger(remaining)) throw new RangeError(`an amount beyond 2^53 in lot ${terms.lot}`);
  const { unit, kind, granted, ends, origin_owner, origin_lot } = terms;
  const [grantedAt, expiresAt] = [instantAtMs(granted), instantAtMs(ends)];
  const lot = { ownerId, lotId: terms.lot, unit, kind, remaining, grantedAt, expiresAt };
  if (origin_owner === undefined || origin_lot === undefined) return lot;
  return { ...lot, origin: { ownerId: origin_owner, lotId: origin_lot } };
}

/** Lots in the form in which an owner's row stores them. */
export function writeLots(lots: readonly Lot[]): WrittenLots {
  return { lots: JSON.stringify(lots.map(termsOf)), remaining: writeRemaining(lots) };
}

/** Their amounts alone. */
export function writeRemaining(lots: readonly Lot[]): string {
  return `{${lots.map(({ remaining }) => remaining).join(',')}}`;
}

function termsOf({ lotId, unit, kind, grantedAt, expiresAt, origin }: Lot): Terms {
  const terms = {
    lot: lotId,
    unit,
    kind,
    granted: grantedAt.epochMilliseconds,
    ends: expiresAt.epochMilliseconds,
  };
  return origin === undefined ? terms : { ...terms, origin_owner: origin.ownerId, origin_lot: origin.lotId };
}
