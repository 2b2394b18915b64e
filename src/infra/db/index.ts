export { type AuditEntry, audit } from './audit.ts';
export { byKeySettings } from './by-key-settings.ts';
export { type Database, type DatabaseOptions, openDatabase } from './connection.ts';
export { gathered } from './gathered.ts';
export { assertDurable, assertSchema, migrate, NewerSchema, OlderSchema } from './migrate.ts';
export { loadPage, type Page, type Span } from './page.ts';
export { preparedRunnerOf } from './prepared.ts';
export { type Db, runnerOf, type SqlRunner } from './runner.ts';
export { inTransaction, sqlState, takenBack } from './transaction.ts';
