import { availableParallelism } from 'node:os';
import { createPasswordHasher } from '../../../infra/auth/password-hasher.ts';
import type { ImportSummary } from '../../../infra/csv/csv-file.ts';
import { importRows, type RowOutcome, type RowsAsked, type RowsOf } from '../../../infra/csv/import-rows.ts';
import { type Db, inTransaction, takenBack } from '../../../infra/db/index.ts';
import type { ActionDeps } from '../deps.ts';
import { type ContractorRow, contractorRows } from './contractor-row.ts';
import { contractorTaker, loginIdOf } from './contractors.ts';
import { takingOnce, type Within } from './portion.ts';
import { type SubscriptionRow, subscriptionRows } from './subscription-row.ts';
import { subscriptionKeyOf, takeSubscriptions } from './subscriptions.ts';

export interface ProvisioningFile extends RowsAsked {
  /** Does each portion and takes it back. */
  readonly isDryRun: boolean;
}

/** Each is one short transaction. */
const PORTION = 1_000;

/**
 * Takes a file of contractors: those whose login ID is new are made, of the others what is different is changed. What a row
 * asks for is held to the rules of the interface, and the same file again changes nothing.
 */
export function importContractors(deps: ActionDeps, file: ProvisioningFile): Promise<ImportSummary> {
  const hasher = file.isDryRun
    ? { hash: async () => 'of a dry run' }
    : createPasswordHasher({ atOnce: availableParallelism(), waiting: PORTION });
  return importPortions<ContractorRow>(deps.db, file, contractorRows, {
    keyOf: loginIdOf,
    take: contractorTaker({ ...deps, hasher }),
  });
}

/** The same for subscriptions, which are known by their contractor, their number and the time in which they have it. */
export function importSubscriptions(deps: ActionDeps, file: ProvisioningFile): Promise<ImportSummary> {
  return importPortions<SubscriptionRow>(deps.db, file, subscriptionRows, {
    keyOf: subscriptionKeyOf,
    take: (rows, within) => takeSubscriptions(deps, rows, within),
  });
}

interface Kind<Row> {
  /** What a file may hold only once; undefined for a row that will be refused for it. */
  keyOf(row: Row): string | undefined;
  take(rows: readonly Row[], within: Within): Promise<readonly RowOutcome[]>;
}

function importPortions<Row>(
  db: Db,
  { isDryRun, ...asked }: ProvisioningFile,
  rows: Pick<RowsOf<Row>, 'columns' | 'read'>,
  { keyOf, take }: Kind<Row>,
): Promise<ImportSummary> {
  const within: Within = (work) => (isDryRun ? takenBack(db, work) : inTransaction(db, work));
  return importRows(asked, { ...rows, portion: PORTION, take: takingOnce(keyOf, (portion) => take(portion, within)) });
}
