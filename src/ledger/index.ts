export type { Book, Lot, Movement, Side, Sink, Source, Unit, WorkingBook } from './book.ts';
export { LedgerBusy, OutcomeUnknown } from './errors.ts';
export type { Family, Json, Ledger, LedgerCommand, Submitted } from './family.ts';
export { createLedger, type LedgerOptions } from './ledger.ts';
export { type Finding, verifyLedger } from './verify.ts';
export { createBook } from './working-book.ts';
