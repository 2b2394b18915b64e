import type { Temporal } from 'temporal-polyfill';
import { firstBroken, type Rule } from '../../../base/refusal.ts';
import type { Role } from './roles.ts';

/** How long a one-time password that was handed over serves. */
const FIRST_PASSWORD_HOURS = 72;

/** What an admin does to an account. */
export type AccountChange =
  | { readonly kind: 'role'; readonly role: Role }
  | { readonly kind: 'close' }
  /** Open again, with a one-time password. */
  | { readonly kind: 'reopen' }
  /** Password and second step are gone; a one-time password begins anew. */
  | { readonly kind: 'reset' };

export interface AccountFacts {
  readonly change: AccountChange;
  readonly actor: { readonly staffId: string; readonly role: Role; readonly isOpen: boolean };
  readonly account: { readonly staffId: string; readonly role: Role; readonly isOpen: boolean };
  /** Open admins with a second step of their own, besides this account. */
  readonly otherAdmins: number;
}

export type AccountFault = 'not-admin' | 'own-sign-in' | 'nothing-changes' | 'is-closed' | 'last-admin';

/** Why an account is not changed, in the order looked at. */
export const accountRules = [
  {
    code: 'not-admin',
    says: 'Whoever is an admin at that moment changes accounts; nobody else does.',
    broken: ({ actor }) => actor.role !== 'admin' || !actor.isOpen,
  },
  {
    code: 'own-sign-in',
    says: 'Nobody resets their own sign-in this way: on their own page they change it without being locked out.',
    broken: ({ change, actor, account }) => change.kind === 'reset' && actor.staffId === account.staffId,
  },
  {
    code: 'nothing-changes',
    says: 'What is so already is not done again: closing, reopening, giving the same role.',
    broken: ({ change, account }) =>
      (change.kind === 'close' && !account.isOpen) ||
      (change.kind === 'reopen' && account.isOpen) ||
      (change.kind === 'role' && change.role === account.role),
  },
  {
    code: 'is-closed',
    says: 'A closed account is reopened before anything else in it is changed.',
    broken: ({ change, account }) => change.kind !== 'reopen' && !account.isOpen,
  },
  {
    code: 'last-admin',
    says: 'The last admin who can sign in is neither closed nor given another role.',
    broken: ({ change, account, otherAdmins }) =>
      (change.kind === 'close' || change.kind === 'role') && account.role === 'admin' && otherAdmins === 0,
  },
] as const satisfies readonly Rule<AccountFacts, AccountFault>[];

/** Why an account is not changed, or undefined. */
export function accountFault(facts: AccountFacts): AccountFault | undefined {
  return firstBroken<AccountFacts, AccountFault>(accountRules, facts);
}

/** Until when a one-time password handed over now serves. */
export function firstPasswordUntil(now: Temporal.Instant): Temporal.Instant {
  return now.add({ hours: FIRST_PASSWORD_HOURS });
}
