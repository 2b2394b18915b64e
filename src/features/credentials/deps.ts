import type { Clock } from '../../base/clock.ts';
import type { Operator } from '../../base/operator.ts';
import type { Passkeys } from '../../infra/auth/passkeys.ts';
import type { Db } from '../../infra/db/index.ts';
import type { TryLimits } from '../../infra/db/try-limits.ts';
import type { Sessions } from '../../infra/http/session.ts';
import type { Secrets } from '../../infra/secrets.ts';
import type { Contractors } from '../contractors/index.ts';
import type { Linking } from '../linking/index.ts';
import type { lineAccountsOf } from '../official-account/index.ts';

export interface CredentialsDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  /** Where people reach My Page: mailed links begin with it. */
  readonly publicUrl: string;
  readonly sessions: Sessions;
  readonly passkeys: Passkeys;
  readonly limits: TryLimits;
  /** `show` keeps seeds, `tokens` seals what a browser carries between two steps, `limits` hides mailed digits. */
  readonly secrets: Pick<Secrets, 'show' | 'tokens' | 'limits'>;
  readonly isSecure: boolean;
  /** Whether mail leaves this installation. */
  readonly canMail: boolean;
  readonly contractors: Pick<
    Contractors,
    'contractor' | 'contractorOfLoginId' | 'preparePassword' | 'savePassword' | 'signIn'
  >;
  readonly linking: Pick<Linking, 'lineAccountsOfContractor'>;
  readonly lineAccountsOf: typeof lineAccountsOf;
}
