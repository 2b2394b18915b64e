export type { Book } from './book.ts';
export { LedgerBusy, OutcomeUnknown } from './errors.ts';
export type { Family, Submitted } from './family.ts';
export { createLedger, type LedgerOptions } from './ledger.ts';
export { hourlyReconciliation, isPaused, type LedgerCheck, lastCheck } from './reconcile.ts';
export { verifyLedger } from './verify.ts';
