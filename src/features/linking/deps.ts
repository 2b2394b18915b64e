import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../base/clock.ts';
import type { Language } from '../../base/language.ts';
import type { Operator } from '../../base/operator.ts';
import type { Db, SqlRunner } from '../../infra/db/index.ts';
import type { TryLimits } from '../../infra/db/try-limits.ts';
import type { Sessions } from '../../infra/http/session.ts';
import type { Secrets } from '../../infra/secrets.ts';
import type { Contractors } from '../contractors/index.ts';

/** What linking needs of the rest. */
export interface LinkingDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  /** Asks LINE for a token of one account-link dialogue: 10 minutes, one use. */
  readonly line: { issueLinkToken(lineUserId: string): Promise<string> };
  readonly contractors: Contractors;
  readonly sessions: Sessions;
  readonly limits: TryLimits;
  readonly secrets: Secrets;
  /** How people reach us, without a trailing slash. */
  readonly publicUrl: string;
  /** Origin of LINE's dialogues. */
  readonly accessBaseUrl: string;
  /** What else is lost when a contractor link is undone now, in sentences: points that are not granted yet. */
  readonly lostWithContractorLink?: (
    sql: SqlRunner,
    link: { contractorId: string; lineUserId: string },
    language: Language,
  ) => Promise<readonly string[]>;
  /** Where a contractor uses one-time codes a password alone links nothing; given by whoever keeps the codes. */
  readonly secondFactor?: {
    asksForCode(contractorId: string): Promise<boolean>;
    proveByCode(
      contractorId: string,
      typed: string,
    ): Promise<
      | { readonly ok: true }
      | { readonly ok: false; readonly code: 'wrong-code' }
      | { readonly ok: false; readonly code: 'too-many-tries'; readonly until: Temporal.Instant }
    >;
  };
  /** Bearer key of the provisioning interface. */
  readonly apiKey: string;
  /** A whole number from 0 to below its argument, unpredictable; `crypto.randomInt` unless a test says otherwise. */
  readonly chance?: (below: number) => number;
}
