import type { Child } from 'hono/jsx';
import type { Clock } from '../../base/clock.ts';
import type { Language } from '../../base/language.ts';
import type { Operator } from '../../base/operator.ts';
import type { Passkeys } from '../../infra/auth/passkeys.ts';
import type { PasswordHasher } from '../../infra/auth/password-hasher.ts';
import type { Db } from '../../infra/db/index.ts';
import type { TryLimits } from '../../infra/db/try-limits.ts';
import type { Secrets } from '../../infra/secrets.ts';
import type { Role } from './rules/roles.ts';

/** One line of the console's navigation, shown to those roles alone. */
export interface ConsoleEntry {
  readonly key: string;
  /** Under `/console/`. */
  readonly href: string;
  readonly label: (language: Language) => string;
  /** One sentence on the console's first page. */
  readonly hint: (language: Language) => string;
  readonly roles: readonly Role[];
  /** How many wait for somebody, shown on the first page. */
  readonly waiting?: (db: Db) => Promise<number>;
}

/** Something everybody in the console must know while it lasts: a banner on every page. */
export interface ConsoleAlarm {
  readonly isOn: (db: Db) => Promise<boolean>;
  readonly says: (language: Language) => string;
  /** Where it is explained. */
  readonly href: string;
}

export interface StaffDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly limits: TryLimits;
  /** `show` keeps the seeds of one-time codes, `tokens` what stands between the two steps of a sign-in. */
  readonly secrets: Pick<Secrets, 'show' | 'tokens' | 'limits'>;
  readonly passkeys: Passkeys;
  readonly isSecure: boolean;
  /** What other features have in the console, in the order shown. */
  readonly entries: readonly ConsoleEntry[];
  readonly alarms: readonly ConsoleAlarm[];
  /** What the audit log's name for a deed says, in words. */
  readonly deedText: (action: string, language: Language) => string;
}

export interface StaffParts extends StaffDeps {
  readonly hasher: PasswordHasher;
}

export interface Described {
  readonly title: string;
  readonly rows: readonly { readonly term: string; readonly value: Child }[];
}
