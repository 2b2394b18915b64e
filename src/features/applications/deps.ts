import type { Clock } from '../../base/clock.ts';
import type { Operator } from '../../base/operator.ts';
import type { Db } from '../../infra/db/runner.ts';
import type { TryLimits } from '../../infra/db/try-limits.ts';
import type { Sessions } from '../../infra/http/session.ts';
import type { Secrets } from '../../infra/secrets.ts';
import type { Contractors } from '../contractors/index.ts';
import type { Credentials } from '../credentials/index.ts';
import type { Orders } from '../orders/index.ts';

export interface ApplicationDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  /** Where people reach us: mailed links and the talk's buttons begin with it. */
  readonly publicUrl: string;
  readonly sessions: Sessions;
  readonly limits: TryLimits;
  /** `show` seals drafts, `limits` hides mailed digits. */
  readonly secrets: Pick<Secrets, 'show' | 'limits'>;
  readonly isSecure: boolean;
  /** Whether mail leaves this installation. Without it an address cannot be proved, and nobody applies here. */
  readonly canMail: boolean;
  readonly contractors: Pick<Contractors, 'contractor' | 'subscriptionsOf'>;
  readonly orders: Pick<Orders, 'place' | 'order'>;
  readonly credentials: Pick<Credentials, 'requireSecondProof'>;
}
