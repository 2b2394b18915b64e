import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../base/clock.ts';
import { type Filtering, filteringAtOpening } from '../../base/filtering.ts';
import { isId, newId } from '../../base/ids.ts';
import { readMsisdn } from '../../base/msisdn.ts';
import type { Operator } from '../../base/operator.ts';
import { dayOf } from '../../base/operator-month.ts';
import { type PasswordFault, passwordFault } from '../../base/password-policy.ts';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import { isBreached } from '../../infra/auth/breached-passwords.ts';
import type { PasswordHasher } from '../../infra/auth/password-hasher.ts';
import { type AuditEntry, audit, type Db, inTransaction, runnerOf } from '../../infra/db/index.ts';
import type { Secrets } from '../../infra/secrets.ts';
import type { ChangeFeed } from './change-feed.ts';
import { dropEmailChange } from './email-change-store.ts';
import { type Home, sealHome } from './home.ts';
import { foldLoginId, isLoginId } from './rules/login-id.ts';
import {
  type Contractor,
  insertContractor,
  loadContractor,
  lockContractor,
  saveHome,
  updateContractor,
} from './store.ts';
import {
  insertSubscription,
  loadSubscriptions,
  lockSubscriptionRow,
  type Subscription,
  type SubscriptionRow,
  updateSubscription,
} from './subscription-store.ts';
import { noteChangeAtOnce } from './terms-store.ts';

export interface ContractorInput {
  readonly loginId: string;
  /** As they type it, or its hash from the system they come from (`rules/password-hash.ts`). */
  readonly password: string | { readonly hash: string };
  readonly name: string;
  readonly kana?: string | null;
  /** ISO date; null or missing for a company. */
  readonly birthDate?: string | null;
  readonly email: string;
  /** Whether their identity was checked against an official document. Missing: it was not. */
  readonly isIdentityVerified?: boolean;
  /** Somebody else has chosen the password: it opens nothing until it is changed. */
  readonly mustChangePassword?: boolean;
  readonly home?: Home | undefined;
}

export interface SubscriptionInput {
  readonly contractorId: string;
  /** As people write it (`090-1234-5678`) or E.164. */
  readonly msisdn: string;
  readonly planCode: string;
  readonly optionCodes?: readonly string[];
  readonly opensAt: Temporal.Instant;
  readonly endedAt?: Temporal.Instant | null;
  /** The registered user; missing when the contractor carries the phone. */
  readonly userName?: string | null;
  readonly userBirthDate?: string | null;
  /** Missing: on for minors, off for adults, not known where the age is not. */
  readonly filtering?: Filtering | null | undefined;
}

export type ContractorFault = 'login-id-malformed' | 'login-id-taken' | PasswordFault;
export type SubscriptionFault =
  | 'contractor-unknown'
  | 'plan-unknown'
  | 'option-unknown'
  | 'msisdn-malformed'
  | 'msisdn-taken'
  | 'ends-before-it-opens';

/** Called in the transaction that creates a subscription, or changes who carries it. */
export type SubscriptionHook = (tx: Db, subscription: Subscription) => Promise<unknown>;

export interface ActionDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly hasher: PasswordHasher;
  /** `show` seals where contractors live. */
  readonly secrets: Pick<Secrets, 'show'>;
  readonly onSubscriptionOpened: readonly SubscriptionHook[];
  readonly onUserChanged: SubscriptionHook;
  readonly changes: ChangeFeed;
}

const provisioning: AuditEntry['actor'] = { kind: 'provisioning' };

/** A new contractor with a login ID of their own. In the caller's transaction when one is given. */
export async function createContractor(
  deps: ActionDeps,
  input: ContractorInput,
  tx?: Db,
): Promise<Decision<Contractor, ContractorFault>> {
  const loginId = foldLoginId(input.loginId);
  if (!isLoginId(loginId)) return refuse('login-id-malformed');
  const prepared = await hashOf(deps, loginId, input.password);
  if (!prepared.ok) return prepared;
  const passwordHash = prepared.value;

  return within(deps.db, tx, async (own) => {
    const sql = runnerOf(own);
    const now = deps.clock.now();
    const contractorId = newId();
    const {
      name,
      email,
      kana = null,
      birthDate = null,
      isIdentityVerified = false,
      mustChangePassword = false,
    } = input;
    const created = await insertContractor(sql, now, {
      contractorId,
      loginId,
      passwordHash,
      name,
      kana,
      birthDate,
      email,
      isIdentityVerified,
      mustChangePassword,
    });
    if (!created) return refuse('login-id-taken');
    if (input.home) await saveHome(sql, contractorId, sealHome(deps.secrets.show, contractorId, input.home));
    await audit(sql, now, { actor: provisioning, action: 'contractors.contractor-created', contractorId });
    const change = { type: 'contractor.created', contractorId, subscriptionId: null, fields: [] } as const;
    await deps.changes.note(sql, now, [change]);
    return accept(created);
  });
}

/** What is kept of a first password; a hash that comes from elsewhere is kept as it is. */
async function hashOf(
  { hasher }: ActionDeps,
  loginId: string,
  password: ContractorInput['password'],
): Promise<Decision<string, PasswordFault>> {
  if (typeof password !== 'string') return accept(password.hash);
  const fault = passwordFault({ password, loginId, hasSecondFactor: false, isBreached: isBreached(password) });
  return fault ? refuse(fault) : accept(await hasher.hash(password));
}

/** A new subscription; what belongs to its opening (link code, first data) happens in the same transaction. */
export async function createSubscription(
  deps: ActionDeps,
  input: SubscriptionInput,
  tx?: Db,
): Promise<Decision<Subscription, SubscriptionFault>> {
  const msisdn = readMsisdn(input.msisdn);
  const { contractorId, planCode, opensAt, endedAt = null, userName = null, userBirthDate = null } = input;
  const optionCodes = [...new Set(input.optionCodes ?? [])];
  if (!isId(contractorId)) return refuse('contractor-unknown');
  if (!msisdn) return refuse('msisdn-malformed');
  const row = {
    subscriptionId: newId(),
    contractorId,
    msisdn,
    planCode,
    optionCodes,
    opensAt,
    endedAt,
    userName,
    userBirthDate,
    filtering: input.filtering ?? null,
  };
  const fault = faultOf(deps.operator, row);
  if (fault) return refuse(fault);

  return within(deps.db, tx, async (own) => {
    const sql = runnerOf(own);
    const now = deps.clock.now();
    const contractor = await loadContractor(sql, contractorId);
    if (!contractor) return refuse('contractor-unknown');
    const filtering = input.filtering === undefined ? usualFiltering(deps, row, contractor) : input.filtering;
    if (!(await insertSubscription(sql, now, { ...row, filtering }))) return refuse('msisdn-taken');
    const [created] = await loadSubscriptions(sql, [row.subscriptionId]);
    if (!created) throw new Error('the subscription just written is not there');
    const { subscriptionId } = created;
    await audit(sql, now, {
      actor: provisioning,
      action: 'contractors.subscription-created',
      contractorId,
      subscriptionId,
    });
    await deps.changes.note(sql, now, [{ type: 'subscription.created', contractorId, subscriptionId, fields: [] }]);
    for (const hook of deps.onSubscriptionOpened) await hook(own, created);
    return accept(created);
  });
}

/** By the age of who carries the phone on the day it opens. */
function usualFiltering(deps: ActionDeps, row: SubscriptionRow, contractor: Contractor): Filtering | null {
  const birthDate = row.userName === null ? (row.userBirthDate ?? contractor.birthDate) : row.userBirthDate;
  return filteringAtOpening(birthDate, dayOf(row.opensAt, deps.operator.timeZone));
}

export type ContractorChange = Partial<
  Pick<Contractor, 'name' | 'kana' | 'birthDate' | 'email' | 'isIdentityVerified'> & { readonly home: Home }
>;

/** Changes what is given; answers null when there is no such contractor. In the caller's transaction when one is given. */
export function changeContractor(
  deps: ActionDeps,
  contractorId: string,
  { home, ...change }: ContractorChange,
  tx?: Db,
): Promise<Contractor | null> {
  return within(deps.db, tx, async (own) => {
    const sql = runnerOf(own);
    const present = await lockContractor(sql, contractorId);
    if (!present) return null;
    const now = deps.clock.now();
    const fields = [...Object.keys(change), ...(home ? ['home'] : [])].sort();
    const detail = { fields: fields.join(' ') };
    if (home) await saveHome(sql, contractorId, sealHome(deps.secrets.show, contractorId, home));
    if (change.email !== undefined) await dropEmailChange(sql, contractorId);
    await audit(sql, now, { actor: provisioning, action: 'contractors.contractor-changed', contractorId, detail });
    const told = fields.map((field) => (field === 'isIdentityVerified' ? 'identityVerified' : field));
    await deps.changes.note(sql, now, [
      { type: 'contractor.changed', contractorId, subscriptionId: null, fields: told },
    ]);
    return updateContractor(sql, { ...present, ...change });
  });
}

export type SubscriptionChange = Partial<
  Pick<
    SubscriptionRow,
    'msisdn' | 'planCode' | 'optionCodes' | 'opensAt' | 'endedAt' | 'userName' | 'userBirthDate' | 'filtering'
  >
>;

/** Changes what is given; the number arrives as people write it. In the caller's transaction when one is given. */
export function changeSubscription(
  deps: ActionDeps,
  subscriptionId: string,
  change: SubscriptionChange,
  tx?: Db,
): Promise<Decision<Subscription, SubscriptionFault | 'not-found'>> {
  return within(deps.db, tx, async (own) => {
    const sql = runnerOf(own);
    const present = await lockSubscriptionRow(sql, subscriptionId);
    if (!present) return refuse('not-found');
    const msisdn = readMsisdn(change.msisdn ?? present.msisdn);
    if (!msisdn) return refuse('msisdn-malformed');
    const row = { ...present, ...change, msisdn };
    const fault = faultOf(deps.operator, row);
    if (fault) return refuse(fault);
    if (!(await updateSubscription(sql, row))) return refuse('msisdn-taken');
    await noteChangeAtOnce(sql, { from: present, to: row, now: deps.clock.now(), zone: deps.operator.timeZone });
    const now = deps.clock.now();
    const { contractorId } = row;
    const fields = Object.keys(change).sort();
    const detail = { fields: fields.join(' ') };
    const action = 'contractors.subscription-changed';
    await audit(sql, now, { actor: provisioning, action, contractorId, subscriptionId, detail });
    await deps.changes.note(sql, now, [{ type: 'subscription.changed', contractorId, subscriptionId, fields }]);
    const [changed] = await loadSubscriptions(sql, [subscriptionId]);
    if (changed && !isSameUser(present, row)) await deps.onUserChanged(own, changed);
    return changed ? accept(changed) : refuse('not-found');
  });
}

/** Whether the same person is registered, as far as name and birth date tell. */
export function isSameUser(one: RegisteredUser, other: RegisteredUser): boolean {
  return one.userName === other.userName && one.userBirthDate === other.userBirthDate;
}

type RegisteredUser = Pick<SubscriptionRow, 'userName' | 'userBirthDate'>;

function faultOf(operator: Operator, row: SubscriptionRow): SubscriptionFault | undefined {
  if (!operator.plans.some((plan) => plan.code === row.planCode)) return 'plan-unknown';
  const fits = (code: string) =>
    operator.billing.options.some((option) => option.code === code && option.planCodes.includes(row.planCode));
  if (!row.optionCodes.every(fits)) return 'option-unknown';
  if (row.endedAt && Temporal.Instant.compare(row.endedAt, row.opensAt) <= 0) return 'ends-before-it-opens';
  return undefined;
}

function within<Result>(db: Db, tx: Db | undefined, work: (tx: Db) => Promise<Result>): Promise<Result> {
  return tx ? work(tx) : inTransaction(db, work);
}
