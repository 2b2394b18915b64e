import { Temporal } from 'temporal-polyfill';
import { readMsisdn } from '../../../base/msisdn.ts';
import type { Decision } from '../../../base/refusal.ts';
import type { ImportSummary } from '../../../infra/csv/csv-file.ts';
import {
  importRows,
  type RowOutcome,
  type RowRefusal,
  type RowsAsked,
  type RowsOf,
} from '../../../infra/csv/import-rows.ts';
import { type Db, inTransaction, runnerOf, takenBack } from '../../../infra/db/index.ts';
import { sideBySide } from '../../../infra/jobs/portions.ts';
import {
  type ActionDeps,
  type ContractorFault,
  changeContractor,
  changeSubscription,
  createContractor,
  createSubscription,
  type SubscriptionFault,
} from '../actions.ts';
import { provisioningFaults } from '../faults.ts';
import { homeOf } from '../home.ts';
import { foldLoginId } from '../rules/login-id.ts';
import { loadContractorByLoginId, lockContractor } from '../store.ts';
import { loadSubscriptionOfMsisdn, lockSubscriptionRow } from '../subscription-store.ts';
import { contractorChange, subscriptionChange } from './changes.ts';
import { type ContractorRow, contractorRows } from './contractor-row.ts';
import { type SubscriptionRow, subscriptionRows } from './subscription-row.ts';

export interface ProvisioningFile extends RowsAsked {
  /** Does each row and takes it back. */
  readonly isDryRun: boolean;
}

const PORTION = 200;
/** As many as have connections; each row is a transaction of its own. */
const AT_ONCE = 6;

/**
 * Takes a file of contractors: those whose login ID is new are made, of the others what is different is changed. What a row
 * asks for is held to the rules of the interface, and the same file again changes nothing.
 */
export function importContractors(deps: ActionDeps, file: ProvisioningFile): Promise<ImportSummary> {
  return importEach(deps.db, file, contractorRows, {
    keyOf: ({ loginId }) => foldLoginId(loginId),
    take: (tx, row) => takeContractor(deps, tx, row),
  });
}

/** The same for subscriptions, which are known by their contractor, their number and the time in which they have it. */
export function importSubscriptions(deps: ActionDeps, file: ProvisioningFile): Promise<ImportSummary> {
  return importEach(deps.db, file, subscriptionRows, {
    keyOf: ({ msisdn, opensAt }) => `${readMsisdn(msisdn) ?? msisdn} ${Temporal.Instant.from(opensAt)}`,
    take: (tx, row) => takeSubscription(deps, tx, row),
  });
}

async function takeContractor(deps: ActionDeps, tx: Db, row: ContractorRow): Promise<RowOutcome> {
  const sql = runnerOf(tx);
  const { password, passwordHash } = row;
  const found = await loadContractorByLoginId(sql, foldLoginId(row.loginId));
  const contractor = found && (await lockContractor(sql, found.contractorId));
  if (contractor) {
    const { contractorId } = contractor;
    const home = await homeOf(sql, deps.secrets.show, contractorId);
    const change = contractorChange({ contractor, home }, row);
    if (Object.keys(change).length === 0) return { status: 'duplicate' };
    await changeContractor(deps, contractorId, change, tx);
    return { status: 'accepted' };
  }
  const {
    identityVerified: isIdentityVerified = false,
    kana = null,
    birthDate = null,
    loginId,
    name,
    email,
    home,
  } = row;
  const input = { loginId, name, email, kana, birthDate, home, isIdentityVerified };
  if (passwordHash !== undefined) {
    return outcomeOf(await createContractor(deps, { ...input, password: { hash: passwordHash } }, tx));
  }
  if (password === undefined) {
    return refused({
      code: 'no-password',
      reason: 'a new contractor needs a password, or the passwordHash they have elsewhere',
    });
  }
  // Whoever wrote the file knows it, so it opens nothing but the page that changes it.
  return outcomeOf(await createContractor(deps, { ...input, password, mustChangePassword: true }, tx));
}

async function takeSubscription(deps: ActionDeps, tx: Db, row: SubscriptionRow): Promise<RowOutcome> {
  const sql = runnerOf(tx);
  const contractor = await loadContractorByLoginId(sql, foldLoginId(row.loginId));
  if (!contractor) return refused({ code: 'contractor-unknown', reason: 'nobody has this login ID' });
  const { contractorId } = contractor;
  const opensAt = Temporal.Instant.from(row.opensAt);
  const msisdn = readMsisdn(row.msisdn);
  const holder = msisdn === undefined ? null : await loadSubscriptionOfMsisdn(sql, opensAt, msisdn);
  const isSame =
    holder?.contractorId === contractorId &&
    (holder.endedAt?.epochMilliseconds ?? Infinity) > opensAt.epochMilliseconds;
  const present = holder && isSame ? await lockSubscriptionRow(sql, holder.subscriptionId) : null;
  if (present) {
    const change = subscriptionChange(present, row);
    if (Object.keys(change).length === 0) return { status: 'duplicate' };
    return outcomeOf(await changeSubscription(deps, present.subscriptionId, change, tx));
  }
  const { planCode, optionCodes = [], userName = null, userBirthDate = null, filtering } = row;
  const endedAt = row.endedAt ? Temporal.Instant.from(row.endedAt) : null;
  const input = {
    contractorId,
    msisdn: row.msisdn,
    planCode,
    optionCodes,
    opensAt,
    endedAt,
    userName,
    userBirthDate,
    filtering,
  };
  return outcomeOf(await createSubscription(deps, input, tx));
}

interface Kind<Row> {
  /** What a file may hold only once. */
  keyOf(row: Row): string;
  /** In a transaction of the row's own. */
  take(tx: Db, row: Row): Promise<RowOutcome>;
}

function importEach<Row>(
  db: Db,
  { isDryRun, ...asked }: ProvisioningFile,
  rows: Pick<RowsOf<Row>, 'columns' | 'read'>,
  { keyOf, take }: Kind<Row>,
): Promise<ImportSummary> {
  const seen = new Set<string>();
  const within = isDryRun ? takenBack<RowOutcome> : inTransaction<RowOutcome>;

  function takeOnce(row: Row): Promise<RowOutcome> {
    const key = keyOf(row);
    if (seen.has(key))
      return Promise.resolve(refused({ code: 'repeated', reason: 'an earlier row of this file is of the same' }));
    seen.add(key);
    return within(db, (tx) => take(tx, row));
  }

  return importRows(asked, {
    ...rows,
    portion: PORTION,
    async take(items) {
      const waiting = items.entries();
      const outcomes: RowOutcome[] = [];
      await sideBySide(
        AT_ONCE,
        async () => waiting.next().value,
        async ([at, row]) => {
          outcomes[at] = await takeOnce(row);
        },
      );
      return outcomes;
    },
  });
}

const refused = (refusal: RowRefusal): RowOutcome => ({ status: 'rejected', ...refusal });

function outcomeOf(decision: Decision<unknown, ContractorFault | SubscriptionFault | 'not-found'>): RowOutcome {
  if (decision.ok) return { status: 'accepted' };
  if (decision.code === 'not-found') return refused({ code: decision.code, reason: 'it has gone meanwhile' });
  return refused({ code: decision.code, reason: provisioningFaults[decision.code] });
}
