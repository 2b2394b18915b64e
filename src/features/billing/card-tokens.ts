import { createHash } from 'node:crypto';
import type { Month } from '../../base/operator-month.ts';

/** How a contractor pays, as far as it may be shown. A whole card number is nowhere in Renkei. */
export interface PaymentMethod {
  readonly brand: string;
  readonly lastFour: string;
  /** The last month in which the card is good. */
  readonly expiresIn: Month;
}

/**
 * The payment provider's side: it keeps the cards and knows them by tokens of its own. An operator's adapter asks it for
 * what may be shown, by the contractor's id as the provider knows it, and answers null where nothing is registered.
 */
export interface CardTokens {
  methodOf(contractorId: string): Promise<PaymentMethod | null>;
}

/** Everybody has a card that exists nowhere; always the same one for the same contractor. */
export const simulatedCardTokens: CardTokens = {
  async methodOf(contractorId) {
    const digits = createHash('sha256').update(contractorId).digest().readUInt32BE(0);
    return {
      brand: ['VISA', 'Mastercard', 'JCB'][digits % 3] ?? 'VISA',
      lastFour: String(digits % 10_000).padStart(4, '0'),
      expiresIn: `20${28 + (digits % 4)}-${String((digits % 12) + 1).padStart(2, '0')}`,
    };
  },
};
