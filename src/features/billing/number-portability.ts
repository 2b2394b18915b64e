import { createHash } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';

/** A reservation number, and until when the next operator may ask for the number with it (exclusive). */
export interface Reservation {
  readonly number: string;
  readonly endsAt: Temporal.Instant;
}

/**
 * The way to the clearing house of number portability (番号ポータビリティ). An operator's adapter asks it for a reservation
 * number; the same `requestId` gets the same one. That the number has gone to another operator comes back by
 * `POST /api/v1/number-portability/completions`.
 */
export interface NumberPortability {
  reserve(asked: { requestId: string; msisdn: string; now: Temporal.Instant }): Promise<Reservation>;
}

/** The day it is given counts as the first. */
export const RESERVATION_DAYS = 15;

/** Ten digits, 10 and the clearing house's eight, made from the request: nobody is asked. */
export function simulatedNumberPortability(timeZone: string): NumberPortability {
  return {
    async reserve({ requestId, now }) {
      const digits = createHash('sha256').update(requestId).digest().readUInt32BE(0) % 100_000_000;
      const day = now.toZonedDateTimeISO(timeZone).toPlainDate().add({ days: RESERVATION_DAYS });
      return { number: `10${String(digits).padStart(8, '0')}`, endsAt: day.toZonedDateTime(timeZone).toInstant() };
    },
  };
}
