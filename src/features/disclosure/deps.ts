import type { Clock } from '../../base/clock.ts';
import type { Language } from '../../base/language.ts';
import type { Operator } from '../../base/operator.ts';
import type { Discloser } from '../../infra/db/disclosure.ts';
import type { Db } from '../../infra/db/index.ts';
import type { TryLimits } from '../../infra/db/try-limits.ts';
import type { Sessions } from '../../infra/http/session.ts';
import type { KeyRing } from '../../infra/secrets.ts';
import type { Contractors } from '../contractors/index.ts';
import type { Credentials } from '../credentials/index.ts';

export interface DisclosureDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly sessions: Sessions;
  readonly limits: TryLimits;
  /** Opens what lies sealed. */
  readonly key: KeyRing;
  readonly contractors: Pick<Contractors, 'contractor' | 'subscriptionsOf'>;
  readonly credentials: Pick<Credentials, 'tellContractor'>;
  /** Each feature's answer for its own tables. */
  readonly disclosers: readonly Discloser[];
  /** What the audit log's name for a deed says, in words. */
  readonly deedText: (action: string, language: Language) => string;
}
