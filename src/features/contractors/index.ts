import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../base/clock.ts';
import { isId } from '../../base/ids.ts';
import type { Language } from '../../base/language.ts';
import type { Operator } from '../../base/operator.ts';
import { type PasswordFault, passwordFault } from '../../base/password-policy.ts';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import { isBreached } from '../../infra/auth/breached-passwords.ts';
import { createPasswordHasher } from '../../infra/auth/password-hasher.ts';
import type { ImportSummary } from '../../infra/csv/csv-file.ts';
import type { Db, SqlRunner } from '../../infra/db/index.ts';
import type { TryLimits } from '../../infra/db/try-limits.ts';
import type { WebEnv } from '../../infra/http/web-env.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import type { TellEvent } from '../../infra/outside/standard-webhook.ts';
import type { Secrets } from '../../infra/secrets.ts';
import { provisioningApi } from './api.ts';
import { type ChangeFeed, createChangeFeed } from './change-feed.ts';
import {
  type ContractorChange,
  type ContractorFault,
  type ContractorInput,
  changeContractor,
  createContractor,
} from './contractor-actions.ts';
import type { OpenedHook, SubscriptionHook } from './deps.ts';
import {
  askForEmail,
  confirmEmail,
  type EmailAsked,
  type EmailConfirmed,
  type SendEmailCode,
  type TellEmailChanged,
  type WaitingEmail,
  waitingEmail,
} from './email-change.ts';
import { type FormerHook, forgetFormer } from './forget.ts';
import { type Home, homeOf } from './home.ts';
import { importContractors, importSubscriptions, type ProvisioningFile } from './import/import.ts';
import { applyPlanChanges, forgetOldEmailChanges } from './jobs.ts';
import { registerUser, type UserRegistration } from './registered-user.ts';
import { foldLoginId } from './rules/login-id.ts';
import { type SignInDecision, type SignInRequest, signIn } from './sign-in.ts';
import {
  type Contractor,
  findPeople,
  loadContractor,
  loadContractorByLoginId,
  saveLanguage,
  updatePassword,
} from './store.ts';
import {
  changeSubscription,
  createSubscription,
  type SubscriptionChange,
  type SubscriptionFault,
  type SubscriptionInput,
} from './subscription-actions.ts';
import {
  hasHolder,
  loadSubscriptionOfMsisdn,
  loadSubscriptions,
  loadSubscriptionsOf,
  loadSubscriptionsOfAll,
  type Subscription,
} from './subscription-store.ts';
import { createTermsBook, type TermsBook } from './terms.ts';

export type { PasswordFault } from '../../base/password-policy.ts';
export { contractorsDiscloser } from './disclose-store.ts';
export type { EmailAsked, EmailConfirmed, WaitingEmail } from './email-change.ts';
export type { Home } from './home.ts';
export type { UserFault } from './rules/registered-user.ts';
export { type ServiceState, serviceState } from './rules/service-state.ts';
export { type DatedChange, type Terms, termsIn } from './rules/terms.ts';
export type { Contractor } from './store.ts';
export type { Subscription } from './subscription-store.ts';
export type { PlanChange } from './terms-store.ts';

export interface ContractorsDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly limits: TryLimits;
  /** `limits` hides what provisioning remembers of a request and mailed codes, `show` seals where contractors live. */
  readonly secrets: Pick<Secrets, 'limits' | 'show'>;
  /** Bearer key of the provisioning interface. */
  readonly apiKey: string;
  /** What belongs to new subscriptions, in their transaction: their link codes, their first data. */
  readonly onSubscriptionsOpened: readonly OpenedHook[];
  /** What ends when somebody else is registered as carrying a subscription, in that transaction. */
  readonly onUserChanged: SubscriptionHook;
  /** Whom changes are told to; missing where there is nobody. */
  readonly tellChange?: TellEvent | null;
  /** What else leads to a contractor who is forgotten, in that transaction. */
  readonly onForgotten: readonly FormerHook[];
}

export interface Contractors {
  /** What the operator's own systems are told, also of what others tie to a contractor. */
  readonly changes: Pick<ChangeFeed, 'note' | 'waiting'>;
  /** Plans and options over time. */
  readonly terms: TermsBook;
  readonly jobs: readonly Job[];
  api(): OpenAPIHono<WebEnv>;
  signIn(request: SignInRequest): Promise<SignInDecision>;
  contractor(sql: SqlRunner, contractorId: string): Promise<Contractor | null>;
  /** Where they live and how they are called; null where it is not known. */
  homeOf(sql: SqlRunner, contractorId: string): Promise<Home | null>;
  /** By login ID as people type it. */
  contractorOfLoginId(sql: SqlRunner, loginId: string): Promise<Contractor | null>;
  /** Contractors of this name and birth date: most likely one and the same person. */
  peopleLike(sql: SqlRunner, person: { name: string; birthDate: string }): Promise<readonly Contractor[]>;
  /** Why a password cannot be chosen, or the hash to keep of it. Takes some 20 ms; do it before a transaction. */
  preparePassword(choice: {
    loginId: string;
    password: string;
    hasSecondFactor: boolean;
  }): Promise<Decision<{ passwordHash: string }, PasswordFault>>;
  /** Remembers in which language a contractor reads My Page: mails are written in it. */
  rememberLanguage(sql: SqlRunner, contractorId: string, language: Language): Promise<void>;
  /** Keeps a prepared password, in the caller's transaction. Whoever asks has proved who they are. */
  savePassword(sql: SqlRunner, contractorId: string, passwordHash: string): Promise<void>;
  /** A contractor's subscriptions, oldest first, those that ended included. */
  subscriptionsOf(sql: SqlRunner, contractorId: string): Promise<readonly Subscription[]>;
  /** Those of several contractors in one statement, each contractor's oldest first. */
  subscriptionsOfAll(sql: SqlRunner, contractorIds: readonly string[]): Promise<readonly Subscription[]>;
  /** By id; ids that are none are simply missing. */
  subscriptions(sql: SqlRunner, subscriptionIds: readonly string[]): Promise<Map<string, Subscription>>;
  /** Whose a number (E.164 digits without the plus sign) is at a moment, whatever its state. */
  subscriptionOfMsisdn(sql: SqlRunner, at: Temporal.Instant, msisdn: string): Promise<Subscription | null>;
  /** Whether a number is somebody's from a moment on, or will be. */
  hasHolder(sql: SqlRunner, from: Temporal.Instant, msisdn: string): Promise<boolean>;
  /** In the caller's transaction when one is given. */
  createContractor(input: ContractorInput, tx?: Db): Promise<Decision<Contractor, ContractorFault>>;
  createSubscription(input: SubscriptionInput, tx?: Db): Promise<Decision<Subscription, SubscriptionFault>>;
  /** Registers who carries a phone, in the caller's transaction. */
  registerUser(tx: Db, asked: UserRegistration): ReturnType<typeof registerUser>;
  /** Has a code sent to a new mail address, which changes nothing before it is entered. */
  askForEmail(
    asked: { contractorId: string; email: string; requestId: string },
    send: SendEmailCode,
  ): Promise<EmailAsked>;
  /** Makes the new address the contractor's when the code fits. */
  confirmEmail(asked: { contractorId: string; typed: string }, tell: TellEmailChanged): Promise<EmailConfirmed>;
  /** The address that waits for its code. */
  waitingEmail(sql: SqlRunner, contractorId: string): Promise<WaitingEmail | null>;
  changeContractor(contractorId: string, change: ContractorChange): Promise<Contractor | null>;
  /** Takes CSV files of the back office: `npm run contractors:import` and `subscriptions:import`. */
  importContractors(file: ProvisioningFile): Promise<ImportSummary>;
  importSubscriptions(file: ProvisioningFile): Promise<ImportSummary>;
  changeSubscription(
    subscriptionId: string,
    change: SubscriptionChange,
  ): Promise<Decision<Subscription, SubscriptionFault | 'not-found'>>;
}

/** Contractors and their subscriptions, ready for the composition. */
export function createContractors(deps: ContractorsDeps): Contractors {
  const changes = createChangeFeed(deps.db, deps.tellChange ?? null);
  const own = { ...deps, changes, hasher: createPasswordHasher() };
  const contractors: Contractors = {
    changes,
    terms: createTermsBook(own),
    jobs: [applyPlanChanges(own), forgetOldEmailChanges(deps), forgetFormer(own), ...changes.jobs],
    api: () => provisioningApi({ ...deps, hashKey: deps.secrets.limits }, contractors),
    signIn: (request) => signIn(own, request),
    contractor: async (sql, contractorId) => (isId(contractorId) ? loadContractor(sql, contractorId) : null),
    homeOf: async (sql, contractorId) => (isId(contractorId) ? homeOf(sql, deps.secrets.show, contractorId) : null),
    contractorOfLoginId: (sql, loginId) => loadContractorByLoginId(sql, foldLoginId(loginId)),
    peopleLike: findPeople,
    async preparePassword({ loginId, password, hasSecondFactor }) {
      const fault = passwordFault({ password, loginId, hasSecondFactor, isBreached: isBreached(password) });
      return fault ? refuse(fault) : accept({ passwordHash: await own.hasher.hash(password) });
    },
    rememberLanguage: saveLanguage,
    savePassword: updatePassword,
    subscriptionsOf: async (sql, contractorId) => (isId(contractorId) ? loadSubscriptionsOf(sql, contractorId) : []),
    subscriptionsOfAll: (sql, contractorIds) => loadSubscriptionsOfAll(sql, contractorIds.filter(isId)),
    async subscriptions(sql, subscriptionIds) {
      const found = await loadSubscriptions(sql, subscriptionIds.filter(isId));
      return new Map(found.map((subscription) => [subscription.subscriptionId, subscription]));
    },
    subscriptionOfMsisdn: loadSubscriptionOfMsisdn,
    hasHolder,
    createContractor: (input, tx) => createContractor(own, input, tx),
    createSubscription: (input, tx) => createSubscription(own, input, tx),
    registerUser: (tx, asked) => registerUser(own, tx, asked),
    askForEmail: (asked, send) => askForEmail(own, asked, send),
    confirmEmail: (asked, tell) => confirmEmail(own, asked, tell),
    waitingEmail: async (sql, contractorId) => (isId(contractorId) ? waitingEmail(own, sql, contractorId) : null),
    importContractors: (file) => importContractors(own, file),
    importSubscriptions: (file) => importSubscriptions(own, file),
    changeContractor: async (contractorId, change) =>
      isId(contractorId) ? changeContractor(own, contractorId, change) : null,
    changeSubscription: async (subscriptionId, change) =>
      isId(subscriptionId) ? changeSubscription(own, subscriptionId, change) : refuse('not-found'),
  };
  return contractors;
}
