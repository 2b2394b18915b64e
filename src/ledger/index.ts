export type { Book } from './book.ts';
export { entriesSql } from './chain.ts';
export { LedgerBusy, OutcomeUnknown } from './errors.ts';
export type { Family, Submitted } from './family.ts';
export { createLedger, type LedgerOptions } from './ledger.ts';
export { hourlyReconciliation, isPaused, type LedgerCheck, lastCheck, pausedSql, reconcile } from './reconcile.ts';
export { forgetOldAnswers } from './retention.ts';
export { ledgerSettings } from './settings.ts';
export { type Check, verifyLedger } from './verify.ts';
