import { type GiftRefusal, refusals } from './rules/refusals.ts';

/** What may change by itself is a conflict; what is wrong with the request itself is not. */
const CONFLICTS: ReadonlySet<GiftRefusal> = new Set<GiftRefusal>([
  'paused',
  'sender-not-linked',
  'gifts-closed',
  'sender-not-in-service',
  'over-monthly-limit',
  'too-many-today',
  'too-many-this-month',
  'not-enough-base',
  'receiver-not-linked',
  'receiver-not-in-service',
  'already-claimed',
  'no-longer-offered',
  'expired',
]);

/** Whether a program does well to ask again later. */
export const isGiftConflict = (code: GiftRefusal) => CONFLICTS.has(code);

/** The rule that is broken, in its own words. */
export const sayOfGift = (code: GiftRefusal) => refusals.find((rule) => rule.code === code)?.says ?? code;
