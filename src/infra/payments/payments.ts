import { z } from 'zod';
import type { Language } from '../../base/language.ts';
import type { Month } from '../../base/operator-month.ts';
import type { Decision } from '../../base/refusal.ts';
import type { CompanyTrouble } from '../outside/company.ts';

/** A card as we know it: the gateway's word for it, and what may be shown. The number is the gateway's alone. */
export interface Card {
  readonly reference: string;
  readonly brand: string;
  readonly lastFour: string;
  /** The last month in which it is good. */
  readonly expiresIn: Month;
}

/** More than four digits in a row are never taken from a gateway, whatever field they come in. */
const noNumber = (text: string) => !/\d{12,}/.test(text.replace(/[ -]/g, ''));

export const card = z.strictObject({
  reference: z.string().min(1).max(200).refine(noNumber),
  brand: z.string().min(1).max(30).refine(noNumber),
  lastFour: z.string().regex(/^\d{4}$/),
  expiresIn: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
});

/** Why no card was registered: the issuer said no, 3-D Secure failed, the person left, or the time ran out. */
export const CARD_FAILURES = ['declined', 'authentication-failed', 'gave-up', 'time-out'] as const;
export type CardFailure = (typeof CARD_FAILURES)[number];

/** What came of a visit to the gateway's page. */
export type CardEntryResult =
  | { readonly outcome: 'registered'; readonly card: Card }
  | { readonly outcome: CardFailure };

/** A way to the gateway's page, good for a while. */
export interface CardEntry {
  readonly entryId: string;
  readonly url: string;
}

/** A card gateway: the number is typed on its own page, and never comes here. */
export interface CardGateway {
  /** Origin of its pages, where a form of ours may lead. */
  readonly pagesOrigin: string;
  /** Opens its page under a key of ours; the same key gets the same one. */
  open(asked: {
    entryKey: string;
    returnUrl: string;
    language: Language;
  }): Promise<Decision<CardEntry, CompanyTrouble>>;
  /** What came of it; null while the person is still there. */
  result(entryId: string): Promise<Decision<CardEntryResult | null, CompanyTrouble>>;
  /** The gateway may forget a card that nobody pays with any more. Forgetting it again changes nothing. */
  forget(reference: string): Promise<Decision<null, CompanyTrouble>>;
}
