export { type AuditEntry, audit } from './audit.ts';
export { type Database, openDatabase } from './connection.ts';
export { assertDurable, migrate, NewerSchema } from './migrate.ts';
export { preparedRunnerOf } from './prepared.ts';
export { type Db, runnerOf, type SqlRunner } from './runner.ts';
export { inTransaction, sqlState } from './transaction.ts';
